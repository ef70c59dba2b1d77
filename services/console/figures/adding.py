"""Adds up days to months."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.console.figures.models import Figure

MONTHS = 12


@dataclass(frozen=True)
class Months:
    """`months` as `2026-11`, oldest first; `counts[name, key][month]`, `seconds` likewise."""

    months: tuple[str, ...]
    counts: dict[tuple[str, str], dict[str, int]]
    seconds: dict[tuple[str, str], dict[str, int]]

    def begun(self) -> "Months":
        """Without the months before anything was counted; at least the present one."""
        counted = {month for counts in self.counts.values() for month, count in counts.items() if count}
        first = min(counted, default=self.months[-1])
        return replace(self, months=tuple(month for month in self.months if month >= first))

    def keys(self, name: str) -> list[str]:
        return sorted(key for one, key in self.counts if one == name)

    def total(self, name: str, key: str) -> int:
        return sum(self.counts.get((name, key), {}).values())

    def hours(self, name: str, key: str) -> float:
        """The mean over all months, in hours."""
        count = self.total(name, key)
        return sum(self.seconds[name, key].values()) / count / 3600 if count else 0.0

    def series(self, name: str, key: str) -> list[int]:
        """One count for each month."""
        counts = self.counts.get((name, key), {})
        return [counts.get(month, 0) for month in self.months]


def last_months(session: Session, today: date) -> Months:
    """The present month and those before it."""
    first_year, first_month = divmod(today.year * 12 + today.month - MONTHS, 12)
    months = tuple(
        f"{year:04d}-{month + 1:02d}"
        for year, month in (divmod(first_year * 12 + first_month + step, 12) for step in range(MONTHS))
    )
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    seconds: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    since = date(first_year, first_month + 1, 1)
    rows = session.execute(
        select(Figure.day, Figure.name, Figure.key, Figure.count, Figure.seconds).where(Figure.day >= since)
    )
    for day, name, key, count, length in rows:
        month = f"{day:%Y-%m}"
        counts[name, key][month] += count
        seconds[name, key][month] += length
    return Months(months, counts, seconds)
