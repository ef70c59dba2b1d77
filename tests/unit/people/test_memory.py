"""People: recognised by a keyed index, language as design says, privacy shown once, erased for good."""

from typing import Any

from sqlalchemy import select

from lianfang.database import Database
from lianfang.events import Event
from lianfang.privacy import Vault
from services.people import memory
from services.people.models import Address
from tests.conftest import Hands


async def meet(
    database: Database, vault: Vault, clock: Hands, event: str = "in_1", **changes: Any
) -> memory.Recognised:
    facts: dict[str, Any] = {"channel": "line", "address": "U1"} | changes
    async with database.write() as session:
        return await session.run_sync(memory.recognise, vault, memory.Contact(event=event, **facts), clock())


async def test_the_same_address_is_the_same_person(database: Database, vault: Vault, clock: Hands) -> None:
    first, again = await meet(database, vault, clock), await meet(database, vault, clock, "in_2")
    other = await meet(database, vault, clock, "in_3", address="U2")
    same_id_elsewhere = await meet(database, vault, clock, "in_4", channel="telegram")
    assert first.person == again.person
    assert len({first.person, other.person, same_id_elsewhere.person}) == 3


async def test_the_address_is_not_stored_in_the_clear(database: Database, vault: Vault, clock: Hands) -> None:
    await meet(database, vault, clock, address="Usecret")
    async with database.read() as session:
        row = (await session.scalars(select(Address))).one()
        assert b"Usecret" not in row.address
        assert "Usecret" not in row.address_index
        assert await memory.reach(session, vault, row.person, None) == ("line", "Usecret")


async def test_language_choice_beats_first_sentence_beats_app(
    database: Database, vault: Vault, clock: Hands
) -> None:
    assert (await meet(database, vault, clock, "in_0")).language == "zh-TW"
    known = await meet(database, vault, clock, "in_1", app_language="en")
    assert known.language == "en"
    assert (
        await meet(database, vault, clock, "in_2", language_heard="zh-TW", app_language="en")
    ).language == ("zh-TW")
    later = await meet(database, vault, clock, "in_3", language_heard="en")
    assert later.language == "zh-TW"
    async with database.write() as session:
        assert await memory.choose_language(session, known.person, "en", now=clock(), trace="in_4")
    assert (await meet(database, vault, clock, "in_5", language_heard="zh-TW")).language == "en"


async def test_privacy_is_shown_with_the_first_event_and_its_repeat_only(
    database: Database, vault: Vault, clock: Hands
) -> None:
    assert (await meet(database, vault, clock, "in_1")).show_privacy
    assert (await meet(database, vault, clock, "in_1")).show_privacy
    assert not (await meet(database, vault, clock, "in_2")).show_privacy


async def test_after_erasure_the_person_is_a_stranger(database: Database, vault: Vault, clock: Hands) -> None:
    before = await meet(database, vault, clock)
    async with database.write() as session:
        touched = await memory.erase(session, before.person, event="in_2", now=clock())
    assert touched["persons"] == touched["addresses"] == touched["consents"] == 1
    after = await meet(database, vault, clock, "in_3")
    assert after.person != before.person
    assert after.show_privacy
    async with database.read() as session:
        states = (await session.scalars(select(Event.to_state).where(Event.entity_id == before.person))).all()
    assert set(states) == {"known", "erased"}
