"""The history: chained by entity, sealed over time, and every later change to it is found."""

from sqlalchemy import delete, update

from lianfang.database import Database
from lianfang.events import SYSTEM, Actor, Event, record, seal, verify
from tests.conftest import Hands


async def write_history(database: Database, clock: Hands) -> None:
    for state in ("known", "told", "erased"):
        async with database.write() as session:
            await record(
                session,
                at=clock(),
                actor=Actor("person", "p_1"),
                entity="person",
                entity_id="p_1",
                to_state=state,
                params={"n": 1, "名": "字"},
            )
        clock.move(seconds=1.5)
    async with database.write() as session:
        await record(session, at=clock(), actor=SYSTEM, entity="person", entity_id="p_2", to_state="known")


async def test_an_untouched_history_verifies(database: Database, clock: Hands) -> None:
    await write_history(database, clock)
    async with database.write() as session:
        assert await seal(session, clock()) == 4
        assert await seal(session, clock()) == 0
    async with database.read() as session:
        assert await verify(session) == []


async def test_a_changed_event_is_found(database: Database, clock: Hands) -> None:
    await write_history(database, clock)
    async with database.write() as session:
        await session.execute(update(Event).where(Event.to_state == "told").values(reason="nothing"))
    async with database.read() as session:
        assert await verify(session) == ["person/p_1#2"]


async def test_a_removed_last_event_is_found_by_the_seal(database: Database, clock: Hands) -> None:
    await write_history(database, clock)
    async with database.write() as session:
        await seal(session, clock())
        await session.execute(delete(Event).where(Event.entity_id == "p_2"))
    async with database.read() as session:
        assert len(await verify(session)) == 1
