"""The job that counts: yesterday and today anew each time, days before them only when nobody counted them yet."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI, Clock
from lianfang.database import Database
from lianfang.events import Event
from lianfang.jobs import Job
from services.console.figures.models import Figure
from services.registry.figures import count_verdicts

OPENED, ENTERED, STAYED, VERDICTS = "opened", "entered", "stayed", "verdicts"
FARTHEST = timedelta(days=400)
_CASE = "case"


def figures_job(database: Database, clock: Clock) -> Job:
    """Every ten minutes."""

    async def run() -> None:
        today = clock().astimezone(TAIPEI).date()
        for day in await database.look(lambda session: list(_days(session, today))):
            await database.together(partial(count_day, day=day))

    return Job("figures", timedelta(minutes=10), run)


def count_day(session: Session, day: date) -> None:
    """Count one day of Taipei anew."""
    since = datetime.combine(day, time(), TAIPEI)
    until = since + timedelta(days=1)
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for name, key, seconds in _moves(session, since, until):
        counts[name, key][0] += 1
        counts[name, key][1] += seconds
    for verdict, count in count_verdicts(session, since, until).items():
        counts[VERDICTS, verdict][0] = count
    session.execute(delete(Figure).where(Figure.day == day))
    session.add_all(
        Figure(day=day, name=name, key=key, count=count, seconds=seconds)
        for (name, key), (count, seconds) in counts.items()
    )


def _days(session: Session, today: date) -> Iterator[date]:
    counted = session.scalar(select(func.max(Figure.day)))
    if counted is None:
        first = session.scalar(select(func.min(Event.at)))
        counted = first.astimezone(TAIPEI).date() if first else today
    day = max(min(counted, today) - timedelta(days=1), today - FARTHEST)
    while day <= today:
        yield day
        day += timedelta(days=1)


def _moves(session: Session, since: datetime, until: datetime) -> Iterator[tuple[str, str, int]]:
    """(name, key, seconds): a case opened in its lane, entered a state, or left one after so long."""
    that_day = select(Event.entity_id).where(Event.entity == _CASE, Event.at >= since, Event.at < until)
    moved = Event.from_state.is_(None) | (Event.from_state != Event.to_state)
    before = func.lag(Event.at, type_=Event.at.type).over(partition_by=Event.entity_id, order_by=Event.number)
    moves = (
        select(Event.at, Event.from_state, Event.to_state, Event.params, before.label("before"))
        .where(Event.entity == _CASE, Event.entity_id.in_(that_day), moved)
        .subquery()
    )
    for row in session.execute(select(moves).where(moves.c.at >= since, moves.c.at < until)):
        lane = row.params.get("lane", "")
        if row.from_state is None:
            yield OPENED, lane, 0
        elif row.before is not None:
            yield STAYED, f"{lane}.{row.from_state}", int((row.at - row.before).total_seconds())
        yield ENTERED, f"{lane}.{row.to_state}", 0
