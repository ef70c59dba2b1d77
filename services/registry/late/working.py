"""Works the queue off: what is due is asked outside any transaction and noted with each check that waits for it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lianfang.clock import Clock
from lianfang.database import Database
from services.registry.late.asking import Answer, ask_all, keep
from services.registry.late.models import LateLookUp
from services.registry.late.port import Adapter
from services.registry.models import Check, CheckRequest

AT_ONCE = 40
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))


async def look_up_due(database: Database, clock: Clock, adapters: Mapping[str, Adapter]) -> int:
    """One round; returns how many look-ups were dealt with. Repeated after a crash it asks again, or its cache."""
    due, useless = await _due(database, clock(), adapters)
    if not due and not useless:
        return 0
    answers = await ask_all(database, clock, adapters, {(row.kind, row.value) for row in due})
    async with database.write() as session:
        if useless:
            await session.execute(delete(LateLookUp).where(_among(useless)))
        await keep(session, answers)
        for row in due:
            await _note(session, row, answers[row.kind, row.value], clock())
    return len(due)


def still_useful() -> ColumnElement[bool]:
    """Its check and text are there, no later check took its place, and the verdict can still become worse."""
    later = aliased(Check)
    return and_(
        exists().where(
            Check.id == LateLookUp.check_id, Check.verdict != "fraud", CheckRequest.check_id == Check.id
        ),
        ~exists().where(later.person == LateLookUp.person, later.supersedes == LateLookUp.check_id),
    )


async def _due(
    database: Database, now: datetime, enabled: Collection[str]
) -> tuple[list[LateLookUp], list[LateLookUp]]:
    waiting = (
        select(LateLookUp, still_useful())
        .where(LateLookUp.state == "waiting", LateLookUp.due_at <= now)
        .order_by(LateLookUp.due_at)
        .limit(AT_ONCE)
    )
    async with database.read() as session:
        rows = [(row, useful and row.kind in enabled) for row, useful in await session.execute(waiting)]
    return [row for row, useful in rows if useful], [row for row, useful in rows if not useful]


async def _note(session: AsyncSession, row: LateLookUp, answer: Answer | None, now: datetime) -> None:
    """An UPDATE, which changes nothing when the person's data was deleted meanwhile."""
    values: dict[str, Any]
    if answer is not None:
        state = "nothing" if answer.told is None else "found"
        values = {"state": state, "finding": answer.told, "found_at": answer.fetched_at}
    elif row.attempts < len(WAITS):
        values = {"due_at": now + WAITS[row.attempts]}
    else:
        values = {"state": "given_up"}
    noted = update(LateLookUp).where(_among([row]), LateLookUp.state == "waiting")
    await session.execute(
        noted.values(attempts=row.attempts + 1, **values).execution_options(synchronize_session=False)
    )


def _among(rows: Sequence[LateLookUp]) -> ColumnElement[bool]:
    keys = [(row.check_id, row.kind, row.value) for row in rows]
    return tuple_(LateLookUp.check_id, LateLookUp.kind, LateLookUp.value).in_(keys)
