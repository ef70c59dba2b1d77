"""The inbox: stored once, one conversation in order, leases that run out, nothing kept that must not be."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.inbox import LEASE, Inbox
from bot.messages import Inbound
from bot.models import InboxRow
from lianfang.database import Database
from lianfang.privacy import Vault
from tests.conftest import Hands


def said(number: int, conversation: str = "U1", **changes: object) -> Inbound:
    event = Inbound(
        channel="line",
        event_id=f"e{number}",
        kind="text",
        conversation=conversation,
        person=conversation,
        is_group=False,
        sent_at=Hands.start(),
        message_id=f"m{number}",
        reply_to=f"r{number}",
        text=f"第 {number} 句",
    )
    return replace(event, **changes)  # type: ignore[arg-type]


async def rows_of(database: Database) -> list[InboxRow]:
    async with database.read() as session:
        return list((await session.scalars(select(InboxRow).order_by(InboxRow.number))).all())


async def test_a_repeat_is_stored_once(database: Database, vault: Vault, clock: Hands) -> None:
    inbox = Inbox(database, vault, clock)
    assert await inbox.store([said(1), said(2)]) == 2
    assert await inbox.store([said(2), said(3), said(3)]) == 1
    assert await inbox.store([said(1, channel="telegram")]) == 1
    assert len(await rows_of(database)) == 4


async def test_secrets_are_gone_before_the_insert(database: Database, vault: Vault, clock: Hands) -> None:
    inbox = Inbox(database, vault, clock)
    await inbox.store([said(1, "Usecret", text="我的身分證 A123456789 驗證碼 482913")])
    row = (await rows_of(database))[0]
    assert row.payload is not None
    stored = vault.decrypt(row.payload)
    assert "A123456789" not in stored
    assert "482913" not in stored
    assert b"Usecret" not in row.payload
    assert "Usecret" not in (row.conversation or "")


async def test_of_a_group_message_only_the_event_id_is_kept(
    database: Database, vault: Vault, clock: Hands
) -> None:
    inbox = Inbox(database, vault, clock)
    await inbox.store([said(1, "G1", kind="group_message", is_group=True, text=None, person=None)])
    row = (await rows_of(database))[0]
    assert (row.state, row.event_id) == ("ignored", "e1")
    assert (row.payload, row.conversation, row.message, row.person) == (None, None, None, None)
    assert await inbox.claim(10) == []


async def test_one_conversation_in_order_many_side_by_side(
    database: Database, vault: Vault, clock: Hands
) -> None:
    inbox = Inbox(database, vault, clock)
    await inbox.store([said(1, "A"), said(2, "A"), said(3, "B"), said(4, "A")])
    first = await inbox.claim(10)
    assert [one.inbound.event_id for one in first] == ["e1", "e3"]
    assert await inbox.claim(10) == []
    await inbox.finish(first[0], "answered")
    second = await inbox.claim(10)
    assert [one.inbound.event_id for one in second] == ["e2"]


async def test_a_row_waiting_for_its_retry_holds_its_conversation_back(
    database: Database, vault: Vault, clock: Hands
) -> None:
    inbox = Inbox(database, vault, clock)
    await inbox.store([said(1, "A"), said(2, "A")])
    (one,) = await inbox.claim(10)
    await inbox.retry(one, timedelta(seconds=30), sent_parts=0, held=True)
    assert await inbox.claim(10) == []
    clock.move(seconds=31)
    (again,) = await inbox.claim(10)
    assert (again.inbound.event_id, again.attempts, again.held) == ("e1", 2, True)


async def test_a_dead_workers_row_is_taken_over_and_the_dead_one_changes_nothing_any_more(
    database: Database, vault: Vault, clock: Hands
) -> None:
    inbox = Inbox(database, vault, clock)
    await inbox.store([said(1)])
    (slow,) = await inbox.claim(10)
    clock.move(seconds=LEASE.total_seconds() + 1)
    (fast,) = await inbox.claim(10)
    keep, keep_too = (
        lambda session, claimed=claimed, text=text: inbox.keep_answer(
            session, claimed, [{"text": text}], "p_1"
        )
        for claimed, text in ((fast, "嗨"), (slow, "又嗨"))
    )
    assert await database.together(keep)
    assert not await database.together(keep_too)
    clock.move(seconds=LEASE.total_seconds() + 1)
    (resumed,) = await inbox.claim(10)
    assert resumed.answer == [{"text": "嗨"}]
    assert resumed.uncertain


async def test_a_restarted_gateway_frees_its_own_leases_at_once(
    database: Database, vault: Vault, clock: Hands
) -> None:
    mine, other = Inbox(database, vault, clock, "mine"), Inbox(database, vault, clock, "other")
    await mine.store([said(1, "A"), said(2, "B")])
    await mine.claim(1)
    await other.claim(1)
    assert await mine.claim(10) == []
    await mine.free_own_leases()
    (again,) = await mine.claim(10)
    assert (again.inbound.event_id, again.uncertain) == ("e1", False)


async def test_unsend_takes_the_text_and_the_answer_back(
    database: Database, vault: Vault, clock: Hands
) -> None:
    inbox = Inbox(database, vault, clock)
    await inbox.store([said(1)])
    unsent = said(9, kind="unsent", message_id="m1", text=None, reply_to=None)
    await inbox.store([unsent])
    first, second = await rows_of(database)
    assert (first.state, first.payload, first.outcome) == ("ignored", None, "taken_back")
    assert await inbox.event_of_message(unsent) == first.id
    assert [one.inbound.kind for one in await inbox.claim(10)] == ["unsent"]
    assert second.state == "new"


async def test_a_message_that_comes_after_its_unsend_is_not_kept(
    database: Database, vault: Vault, clock: Hands
) -> None:
    inbox = Inbox(database, vault, clock)
    await inbox.store([said(9, kind="unsent", message_id="m1", text=None, reply_to=None), said(1)])
    (unsent,) = await inbox.claim(10)
    await inbox.finish(unsent, "unsent", forget=True)
    assert await inbox.claim(10) == []
    _, message = await rows_of(database)
    assert (message.state, message.payload, message.outcome) == ("ignored", None, "taken_back")


async def test_an_unsend_from_another_chat_takes_nothing(
    database: Database, vault: Vault, clock: Hands
) -> None:
    inbox = Inbox(database, vault, clock)
    await inbox.store([said(1, "A")])
    await inbox.store([said(9, "B", kind="unsent", message_id="m1", text=None)])
    assert (await rows_of(database))[0].payload is not None
