"""Retention: every table declares it, the job enforces it, a person's erasure walks it."""

from datetime import timedelta

from sqlalchemy import select

from bot.models import InboxRow, Tap
from lianfang.database import Base, Database
from lianfang.privacy import Vault
from lianfang.retention import declared, enforce, erase, tables
from services.people import memory
from services.people.models import Address, Person
from tests.conftest import Hands


def test_every_table_declares_subject_retention_and_on_delete() -> None:
    for table in Base.metadata.sorted_tables:
        retention = declared(table)
        assert retention.why, table.name
        for column in (retention.subject, retention.after, *retention.wipe):
            assert column is None or column in table.c, f"{table.name}.{column}"
        assert (retention.keep is None) == (retention.after is None), table.name
        if retention.subject is not None:
            assert retention.on_delete != "keep", f"{table.name} keeps a person's rows"
        if retention.on_delete == "wipe":
            assert retention.wipe, table.name


def test_children_come_before_their_parents() -> None:
    names = [table.name for table in tables()]
    assert names.index("addresses") < names.index("persons")


def inbox_row(number: int, clock: Hands, person: str | None) -> InboxRow:
    return InboxRow(
        id=f"in_{number}",
        channel="line",
        event_id=f"e{number}",
        conversation="k1:c",
        person=person,
        state="done",
        payload=b"text",
        answer=b"answer",
        sent_parts=1,
        uncertain=False,
        held=False,
        attempts=1,
        received_at=clock(),
        due_at=clock(),
        done_at=clock(),
    )


async def test_text_goes_after_a_day_and_the_row_after_a_week(database: Database, clock: Hands) -> None:
    async with database.write() as session:
        session.add(inbox_row(1, clock, None))
    clock.move(hours=23)
    assert await enforce(database, clock) == {}
    clock.move(hours=2)
    assert await enforce(database, clock) == {"inbox": 1}
    async with database.read() as session:
        row = (await session.scalars(select(InboxRow))).one()
        assert (row.payload, row.answer, row.event_id) == (None, None, "e1")
    clock.move(days=7)
    assert await enforce(database, clock) == {"inbox": 1}
    async with database.read() as session:
        assert (await session.scalars(select(InboxRow))).all() == []


async def test_erasing_a_person_leaves_others_and_the_event_to_answer(
    database: Database, vault: Vault, clock: Hands
) -> None:
    persons = []
    for address in ("U1", "U2"):
        async with database.write() as session:
            known = await session.run_sync(
                memory.recognise, vault, memory.Contact("line", address, "in_1"), clock()
            )
            persons.append(known.person)
    async with database.write() as session:
        session.add(inbox_row(1, clock, persons[0]))
        session.add(inbox_row(2, clock, persons[0]))
        session.add(inbox_row(3, clock, persons[1]))
        for number, person in enumerate(persons):
            session.add(
                Tap(
                    id=f"t_{number}",
                    person=person,
                    conversation="k1:c",
                    goal="help",
                    params={},
                    expires=clock() + timedelta(days=1),
                )
            )
    async with database.write() as session:
        await erase(session, persons[0], except_rows={"inbox": "in_1"})
    async with database.read() as session:
        assert set(await session.scalars(select(InboxRow.id))) == {"in_1", "in_3"}
        assert list(await session.scalars(select(Person.id))) == [persons[1]]
        assert list(await session.scalars(select(Address.person))) == [persons[1]]
        assert list(await session.scalars(select(Tap.id))) == ["t_1"]
