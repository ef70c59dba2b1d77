"""Cases as officers work them: what waits in each state of a lane, longest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from services.cases.models import Case

AT_ONCE = 50
COUNTED = 1000  # further ones are "more than that": nobody works through a count
Place = tuple[datetime, str]  # changed_at and id: where a page ended


@dataclass(frozen=True)
class Queue:
    """What waits in one state: how many, since when the longest, the nearest deadline."""

    lane: str
    state: str
    waiting: int
    oldest: datetime | None
    due: datetime | None


@dataclass(frozen=True)
class Waiting:
    """One case in a queue."""

    id: str
    number: str
    opened_at: datetime
    changed_at: datetime
    due_at: datetime | None

    @property
    def place(self) -> Place:
        return self.changed_at, self.id


def look_over(session: Session, places: Iterable[tuple[str, str]]) -> list[Queue]:
    """One queue for each (lane, state), in that order; of more than COUNTED + 1 cases those that wait longest."""
    queues = []
    for lane, state in places:
        times = _waiting(lane, state).with_only_columns(Case.changed_at, Case.due_at)
        some = times.order_by(Case.changed_at, Case.id).limit(COUNTED + 1).subquery()
        waiting, oldest, due = session.execute(
            select(func.count(), func.min(some.c.changed_at), func.min(some.c.due_at))
        ).one()
        queues.append(Queue(lane, state, waiting, oldest, due))
    return queues


def page_of(
    session: Session, lane: str, state: str, *, after: Place | None, limit: int = AT_ONCE
) -> list[Waiting]:
    """Longest waiting first, behind the place `after`; one more than `limit` when there are more."""
    wanted = _waiting(lane, state)
    if after is not None:
        at, last = after
        wanted = wanted.where(Case.changed_at >= at, tuple_(Case.changed_at, Case.id) > (at, last))
    rows = session.scalars(wanted.order_by(Case.changed_at, Case.id).limit(limit + 1))
    return [Waiting(row.id, row.number, row.opened_at, row.changed_at, row.due_at) for row in rows]


def _waiting(lane: str, state: str) -> Select[Case]:
    return select(Case).where(Case.lane == lane, Case.state == state, Case.joined_to.is_(None))
