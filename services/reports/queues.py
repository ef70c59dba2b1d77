"""Officers' queues: what waits for a role, the most pressing first, by keyset so that the last page costs the first's."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from services.cases.queues import Queue
from services.reports.models import Report
from services.reports.steps import states_of

AT_ONCE = 50


@dataclass(frozen=True)
class Waiting:
    """One case in a queue; `shown` is defanged or masked, `others` reported the same, `late`: its deadline passed."""

    case: str
    number: str
    lane: str
    kind: str
    state: str
    shown: str
    others: int
    brand: str | None
    merchant: bool
    money_lost: int
    opened_at: datetime
    changed_at: datetime
    due_at: datetime | None
    late: bool


@dataclass(frozen=True)
class Page:
    """`next`: the cursor of the page behind, None at the end."""

    cases: tuple[Waiting, ...]
    next: str | None


def queue(session: Session, lane: str, role: str, *, after: str | None = None, limit: int = AT_ONCE) -> Page:
    """What waits for this role in this lane, behind the cursor `after`."""
    behind = _read_cursor(after)
    pages = [_of_state(session, lane, state, behind, limit + 1) for state in states_of(lane, role)]
    return _page(list(islice(heapq.merge(*pages, key=lambda row: (row.rank, row.case)), limit + 1)), limit)


def waiting_in(
    session: Session, lane: str, state: str, *, after: str | None = None, limit: int = AT_ONCE
) -> Page:
    """The same for one state."""
    rows = _of_state(session, lane, state, _read_cursor(after), limit + 1)
    return _page(rows, limit)


def look_over(session: Session, lane: str, states: Sequence[str]) -> list[Queue]:
    """One queue for each state, in that order: how many wait, since when the longest, the nearest deadline."""
    wanted = select(Report.state, func.count(), func.min(Report.changed_at), func.min(Report.due_at)).where(
        Report.lane == lane, Report.state.in_(states)
    )
    found = {state: rest for state, *rest in session.execute(wanted.group_by(Report.state))}
    return [Queue(lane, state, *found.get(state, (0, None, None))) for state in states]


def _page(rows: Sequence[Report], limit: int) -> Page:
    shown = rows[:limit]
    last = shown[-1] if len(rows) > limit else None
    return Page(tuple(_waiting(row) for row in shown), f"{last.rank}:{last.case}" if last else None)


def _of_state(
    session: Session, lane: str, state: str, behind: tuple[int, str] | None, limit: int
) -> list[Report]:
    wanted = select(Report).where(Report.lane == lane, Report.state == state)
    if behind is not None:
        wanted = wanted.where(tuple_(Report.rank, Report.case) > behind)
    return list(session.scalars(wanted.order_by(Report.rank, Report.case).limit(limit)))


def _read_cursor(cursor: str | None) -> tuple[int, str] | None:
    rank, _, case = (cursor or "").partition(":")
    return (int(rank), case) if rank.lstrip("-").isdecimal() and rank.isascii() and case else None


def _waiting(row: Report) -> Waiting:
    return Waiting(
        case=row.case,
        number=row.number,
        lane=row.lane,
        kind=row.kind,
        state=row.state,
        shown=row.shown,
        others=max(row.reporters - 1, 0),
        brand=row.brand,
        merchant=row.merchant,
        money_lost=row.money_lost,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        due_at=row.due_at,
        late=row.late,
    )
