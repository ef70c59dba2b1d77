"""The figures page: reports, decisions, hours per hop, verdicts and locks of the last twelve months."""

from dataclasses import dataclass

from aiohttp import web

from lianfang.clock import TAIPEI
from services.console.asked import DESKS, Asked
from services.console.desk import Desk
from services.console.drawing import draw
from services.console.figures.adding import Months, last_months
from services.console.figures.charts import Chart, grouped_bars
from services.console.figures.counting import ENTERED, OPENED, STAYED, VERDICTS
from services.console.routing import Pages

pages = Pages()
SHOWN_VERDICTS = ("fraud", "suspicious", "unknown", "official")
MOST_DRAWN = 6  # series that can be told apart; the others stand in the table

Series = tuple[str, list[int]]


@dataclass(frozen=True)
class Drawn:
    """One chart with its numbers: `name` is a key of words, `series` (key, counts by month), `drawn` those in it."""

    name: str
    kind: str
    series: list[Series]
    drawn: list[Series]
    chart: Chart


@pages.get("/figures", "figures")
async def figures(asked: Asked) -> web.StreamResponse:
    today = asked.now.astimezone(TAIPEI).date()
    months = (await asked.look(lambda session: last_months(session, today))).begun()
    desks = asked.request.app[DESKS]
    charts = [
        _drawn(months, "reports", "lane", OPENED, [lane for lane in desks if months.total(OPENED, lane)]),
        _drawn(
            months, "verdicts", "verdict", VERDICTS, [v for v in SHOWN_VERDICTS if months.total(VERDICTS, v)]
        ),
        *(
            _drawn(months, f"entered_{lane}", "state", ENTERED, _of(months, ENTERED, desk))
            for lane, desk in desks.items()
        ),
    ]
    hops = [
        (lane, key.partition(".")[2], months.total(STAYED, key), months.hours(STAYED, key))
        for lane, desk in desks.items()
        for key in _of(months, STAYED, desk)
        if key in _officers_turn(desk)
    ]
    longest = max((hours for *_, hours in hops), default=0.0)
    return draw(
        asked,
        "figures.html",
        months=months.months,
        charts=[one for one in charts if one.series],
        hops=hops,
        longest=longest,
    )


def _of(months: Months, name: str, desk: Desk) -> list[str]:
    """What there is of this desk's states, in the order of its steps."""
    order = [f"{desk.lane}.{state}" for (state, _), step in desk.steps.items() if not step.undo]
    order += [f"{desk.lane}.{step.to}" for step in desk.steps.values()]
    there = [key for key in months.keys(name) if key.startswith(f"{desk.lane}.")]
    return sorted(there, key=lambda key: order.index(key) if key in order else len(order))


def _officers_turn(desk: Desk) -> frozenset[str]:
    """The states in which somebody has to act; in others a case stays for as long as it holds."""
    return frozenset(f"{desk.lane}.{state}" for (state, _), step in desk.steps.items() if not step.undo)


def _drawn(months: Months, name: str, kind: str, figure: str, keys: list[str]) -> Drawn:
    series = [(key, months.series(figure, key)) for key in keys]
    most = sorted(series, key=lambda one: -sum(one[1]))[:MOST_DRAWN]
    drawn = [one for one in series if one in most]
    labels = [month[2:].replace("-", "/") for month in months.months]
    return Drawn(name, kind, series, drawn, grouped_bars(labels, [counts for _, counts in drawn]))
