"""Bars as geometry: what a template draws as SVG, with nothing to be computed in the browser."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 260
LEFT, BOTTOM, TOP = 64, 32, 12
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    series: int
    count: int
    label: str


@dataclass(frozen=True)
class Line:
    """A line of the grid with its number."""

    y: float
    value: int


@dataclass(frozen=True)
class Chart:
    """Groups of bars, one group a month; `middles` are where the months' names stand."""

    bars: Sequence[Bar]
    lines: Sequence[Line]
    middles: Sequence[tuple[float, str]]


def grouped_bars(labels: Sequence[str], series: Sequence[Sequence[int]]) -> Chart:
    """`series[n][m]`: the count of series n in month m."""
    top = round_up(max((count for one in series for count in one), default=0))
    group = (WIDTH - LEFT) / max(len(labels), 1)
    width = group * 0.8 / max(len(series), 1)
    tall = HEIGHT - BOTTOM - TOP
    bars = [
        Bar(
            x=round(LEFT + month * group + group * 0.1 + number * width, 1),
            y=round(TOP + tall * (1 - count / top), 1),
            width=round(max(width - 1, 1), 1),
            height=round(tall * count / top, 1),
            series=number,
            count=count,
            label=labels[month],
        )
        for number, one in enumerate(series)
        for month, count in enumerate(one)
    ]
    lines = [Line(y=round(TOP + tall * (1 - part / 4), 1), value=top * part // 4) for part in range(5)]
    middles = [(round(LEFT + (month + 0.5) * group, 1), label) for month, label in enumerate(labels)]
    return Chart(bars, lines, middles)


def round_up(most: int) -> int:
    """The next of 4, 8, 20, 40, 80, 200 … so that four lines of the grid have whole numbers."""
    size = 4
    while True:
        for step in _STEPS:
            if size * step >= most:
                return size * step
        size *= 10
