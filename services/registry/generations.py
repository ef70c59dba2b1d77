"""Generations of imported data: begin, make current by one row, undo, drop all but the last two."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import SYSTEM, record
from services.registry.models import (
    Current,
    Generation,
    Indicator,
    Organisation,
    OrganisationContact,
    OrganisationDomain,
    SpecialNumber,
)

KEPT = 2
ABANDONED_AFTER = timedelta(hours=1)
ROWS_AT_ONCE = 250
# Between two short transactions everybody else gets the database.
PAUSE_SECONDS = 0.02
_FACTS = (OrganisationContact, OrganisationDomain, Organisation, SpecialNumber)


class NothingToUndo(Exception):
    """There is no earlier generation of this kind."""


async def current_of(session: AsyncSession, kind: str) -> Generation | None:
    """The generation that is read now."""
    return cast(
        "Generation | None",
        await session.scalar(
            select(Generation)
            .join(Current, Current.generation_id == Generation.id)
            .where(Current.kind == kind)
        ),
    )


async def make_current(session: AsyncSession, generation: Generation, now: datetime, reason: str) -> None:
    """From this commit on, `generation` is what is read."""
    before = await session.get(Current, generation.kind)
    await record(
        session,
        at=now,
        actor=SYSTEM,
        entity="registry",
        entity_id=generation.kind,
        from_state=None if before is None else f"generation {before.generation_id}",
        to_state=f"generation {generation.id}",
        reason=reason,
        params={"rows": generation.rows, "rejected": generation.rejected, "sha256": generation.sha256},
    )
    if before is None:
        session.add(Current(kind=generation.kind, generation_id=generation.id))
    else:
        before.generation_id = generation.id


async def undo(database: Database, kind: str, clock: Clock) -> Generation:
    """Return to the generation before the current one. Raises NothingToUndo."""
    async with database.write() as session:
        present = await current_of(session, kind)
        earlier = None
        if present is not None:
            earlier = await session.scalar(
                select(Generation)
                .where(Generation.kind == kind, Generation.state == "complete", Generation.id < present.id)
                .order_by(Generation.id.desc())
                .limit(1)
            )
        if earlier is None:
            raise NothingToUndo(kind)
        await make_current(session, earlier, clock(), "undone")
        return earlier


async def finish(database: Database, generation_id: int, rows: int, clock: Clock) -> None:
    """All rows are in: complete and current."""
    async with database.write() as session:
        generation = await session.get_one(Generation, generation_id)
        generation.state = "complete"
        generation.rows = rows
        await make_current(session, generation, clock(), "imported")


async def prune(database: Database, kind: str, clock: Clock) -> None:
    """Drop all but the last two complete generations, and what a crashed import left behind."""
    async with database.read() as session:
        generations = (
            await session.scalars(
                select(Generation).where(Generation.kind == kind).order_by(Generation.id.desc())
            )
        ).all()
        present = await current_of(session, kind)
    complete = [generation for generation in generations if generation.state == "complete"]
    kept = {generation.id for generation in complete[:KEPT]}
    if present is not None:
        kept.add(present.id)
    abandoned = clock() - ABANDONED_AFTER
    for generation in generations:
        if generation.id in kept or (generation.state != "complete" and generation.imported_at > abandoned):
            continue
        await drop(database, generation.id)


async def drop(database: Database, generation_id: int) -> None:
    """Delete a generation with its rows, a few hundred at a time."""
    async with database.write() as session:
        await session.execute(
            update(Generation).where(Generation.id == generation_id).values(state="dropped")
        )
    some = select(Indicator.id).where(Indicator.generation_id == generation_id).limit(ROWS_AT_ONCE * 4)
    while True:
        async with database.write() as session:
            result = await session.execute(delete(Indicator).where(Indicator.id.in_(some)))
        if cast("CursorResult[Any]", result).rowcount == 0:
            break
        await asyncio.sleep(PAUSE_SECONDS)
    async with database.write() as session:
        for table in _FACTS:
            await session.execute(delete(table).where(table.generation_id == generation_id))
        await session.execute(delete(Generation).where(Generation.id == generation_id))
