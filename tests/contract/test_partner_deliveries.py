"""Deliveries over real HTTP: signed, at least once, in order, ended once with what the partner said."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.database import Database
from lianfang.events import Event
from lianfang.ids import new_id
from lianfang.privacy import Vault
from services.partners import joining
from services.partners.deliveries import Delivery, deliver
from services.partners.delivering import Delivering
from services.partners.models import DeliveryRow
from tests.conftest import Hands
from tests.fakes.partner import OK, FakePartner, answer
from tests.processes.chain import until

BUDGET = 0.3
Ended = tuple[str, str, int, dict[str, Any] | None]


@dataclass
class Desk:
    """A database with the partner `razer`, who listens, and a worker whose handler remembers what ended."""

    database: Database
    vault: Vault
    clock: Hands
    partner: FakePartner
    ended: list[Ended] = field(default_factory=list)
    fails: bool = False

    def worker(self) -> Delivering:
        handlers = {"lock.requested": self._remember, "lock.released": self._remember}
        return Delivering(self.database, self.vault, self.clock, handlers, loopback=True, budget=BUDGET)

    def _remember(
        self, _session: Session, delivery: Delivery, status: int, body: dict[str, Any] | None
    ) -> None:
        if self.fails:
            raise ZeroDivisionError
        self.ended.append((delivery.entity_id, delivery.state, status, body))

    async def tell(self, about: str, kind: str = "lock.requested", **more: Any) -> None:
        told: dict[str, Any] = {
            "partner": "razer",
            "kind": kind,
            "entity": "case",
            "entity_id": about,
            "body": {"serial": "MCAB1234567890"},
            "dedupe_key": f"{kind}:{about}",
            "now": self.clock(),
        }
        await self.database.together(lambda session: deliver(session, self.vault, **told | more))

    async def rounds(self, count: int, **move: float) -> None:
        """Some rounds of one worker, the clock moved after each."""
        worker = self.worker()
        for _ in range(count):
            await worker.send_due()
            self.clock.move(**move)
        await worker.close()

    async def rows(self) -> list[DeliveryRow]:
        async with self.database.read() as session:
            return list(await session.scalars(select(DeliveryRow).order_by(DeliveryRow.id)))


@pytest.fixture
async def desk(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Desk]:
    partner = FakePartner(clock)
    url = await partner.start()

    def join(session: Session) -> str:
        joining.add_partner(
            session, "razer", kind="issuer", name_zh="雷蛇", name_en="Razer", status="sandbox", now=clock()
        )
        return joining.set_webhook(session, vault, "razer", url, clock(), loopback=True)

    partner.secret = await database.together(join)
    yield Desk(database, vault, clock, partner)
    await partner.stop()


async def test_it_arrives_signed_ends_with_the_answer_and_is_wiped(desk: Desk) -> None:
    await desk.tell("cs_1")
    (row,) = await desk.rows()
    assert row.body is not None
    assert b"MCAB1234567890" not in row.body
    await desk.rounds(2)
    assert desk.ended == [("cs_1", "answered", 200, {"result": "noted"})]
    (received,) = desk.partner.received
    assert received == {
        "id": row.id,
        "kind": "lock.requested",
        "created_at": "2026-11-22T06:05:00.000Z",
        "data": {"serial": "MCAB1234567890"},
    }
    (row,) = await desk.rows()
    assert (row.state, row.body, row.attempts, row.answer_code) == ("answered", None, 1, 200)
    assert row.ended_at == desk.clock()
    assert desk.partner.forged == 0


async def test_each_end_is_an_event_in_the_same_transaction(desk: Desk) -> None:
    await desk.tell("cs_1")
    await desk.rounds(1)
    async with desk.database.read() as session:
        found = list(
            await session.scalars(select(Event).where(Event.entity == "delivery").order_by(Event.id))
        )
    assert [(event.from_state, event.to_state, event.actor_kind) for event in found] == [
        (None, "waiting", "job"),
        ("waiting", "answered", "partner"),
    ]


async def test_what_is_told_twice_is_sent_once(desk: Desk) -> None:
    await desk.tell("cs_1")
    await desk.tell("cs_1")
    await desk.rounds(2)
    assert len(desk.partner.seen) == 1


async def test_a_refusal_is_final_and_told_to_the_handler(desk: Desk) -> None:
    desk.partner.says = [answer(404, '{"code":"unknown_card"}')]
    await desk.tell("cs_1")
    await desk.rounds(3, seconds=10)
    assert desk.ended == [("cs_1", "refused", 404, {"code": "unknown_card"})]
    assert len(desk.partner.seen) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(answer(503, "down"), id="down"),
        pytest.param(answer(500), id="broken"),
        pytest.param(answer(200, "<html>welcome</html>"), id="nonsense"),
        pytest.param(answer(200, '"ok"'), id="no object"),
        pytest.param(answer(200, "{}" + " " * 70_000), id="endless"),
        pytest.param(answer(302, Location="http://127.0.0.1:1/"), id="sends us elsewhere"),
        pytest.param(answer(401), id="has not taken over the new secret"),
        pytest.param(None, id="silent"),
    ],
)
async def test_after_trouble_it_is_tried_again_under_the_same_id(desk: Desk, trouble: Any) -> None:
    desk.partner.says = [trouble, OK]
    await desk.tell("cs_1")
    await desk.rounds(1, seconds=1)
    assert desk.ended == []
    await desk.rounds(1, seconds=1)  # two seconds have not passed
    assert len(desk.partner.seen) == 1
    await desk.rounds(1)
    assert desk.ended == [("cs_1", "answered", 200, {"result": "noted"})]
    assert len(desk.partner.seen) == 2
    assert len(set(desk.partner.seen)) == 1


async def test_a_partner_may_ask_for_time(desk: Desk) -> None:
    desk.partner.says = [answer(429, Retry_After="120"), OK]
    await desk.tell("cs_1")
    await desk.rounds(2, seconds=119)
    assert len(desk.partner.seen) == 1
    desk.clock.move(seconds=1)
    await desk.rounds(1)
    assert len(desk.partner.seen) == 2


async def test_after_three_days_it_is_given_up_sent_or_not(desk: Desk) -> None:
    def join(session: Session) -> None:
        joining.add_partner(
            session, "gash", kind="issuer", name_zh="GASH", name_en="GASH", status="live", now=desk.clock()
        )

    await desk.database.together(join)
    desk.partner.says = [answer(503)]
    await desk.tell("cs_1")
    await desk.tell("cs_2", partner="gash")
    await desk.rounds(1, days=2.99)
    await desk.rounds(1)
    assert desk.ended == []
    assert [row.body is None for row in await desk.rows()] == [False, False]
    desk.clock.move(hours=1)
    await desk.rounds(1)
    assert sorted(desk.ended) == [("cs_1", "given_up", 503, None), ("cs_2", "given_up", 0, None)]
    assert [row.body for row in await desk.rows()] == [None, None]
    assert len(desk.partner.seen) == 2


async def test_who_has_no_address_yet_gets_it_when_there_is_one(desk: Desk) -> None:
    def join(session: Session) -> None:
        joining.add_partner(
            session, "gash", kind="issuer", name_zh="GASH", name_en="GASH", status="live", now=desk.clock()
        )

    await desk.database.together(join)
    await desk.tell("cs_1", partner="gash")
    await desk.rounds(1, hours=1)
    (row,) = await desk.rows()
    assert (row.state, row.attempts) == ("waiting", 0)

    def listen(session: Session) -> str:
        url = str(desk.partner._server and desk.partner._server.make_url("/gash"))
        return joining.set_webhook(session, desk.vault, "gash", url, desk.clock(), loopback=True)

    desk.partner.secret = await desk.database.together(listen)
    await desk.rounds(1)
    assert desk.ended == [("cs_1", "answered", 200, {"result": "noted"})]


async def test_who_has_left_is_told_nothing(desk: Desk) -> None:
    await desk.tell("cs_1")
    await desk.database.together(lambda s: joining.set_status(s, "razer", "none", desk.clock()))
    await desk.rounds(2, hours=1)
    assert desk.partner.seen == []


async def test_what_concerns_one_lock_never_overtakes(desk: Desk) -> None:
    desk.partner.says = [answer(503), OK]
    await desk.tell("cs_1")
    await desk.tell("cs_1", "lock.released")
    await desk.tell("cs_2")
    await desk.rounds(4, seconds=3)
    assert [received["kind"] for received in desk.partner.received if received["data"]] == [
        "lock.requested",
        "lock.requested",
        "lock.released",
    ]
    assert [about for about, *_ in desk.ended if about == "cs_1"] == ["cs_1", "cs_1"]


async def test_later_is_later(desk: Desk) -> None:
    await desk.tell("cs_1", not_before=desk.clock() + timedelta(seconds=60))
    await desk.rounds(1, seconds=60)
    assert desk.partner.seen == []
    await desk.rounds(1)
    assert len(desk.partner.seen) == 1


async def test_workers_side_by_side_send_each_once(desk: Desk) -> None:
    for number in range(30):
        await desk.tell(f"cs_{number}")
    workers = [desk.worker() for _ in range(4)]
    for _ in range(3):
        await asyncio.gather(*(worker.send_due() for worker in workers))
    for worker in workers:
        await worker.close()
    assert len(desk.partner.seen) == 30
    assert sorted(about for about, *_ in desk.ended) == sorted(f"cs_{number}" for number in range(30))


async def test_a_worker_that_dies_after_sending_is_replaced_after_its_lease(desk: Desk) -> None:
    desk.fails = True
    await desk.tell("cs_1")
    await desk.rounds(1, seconds=59)
    await desk.rounds(1, seconds=1)
    assert len(desk.partner.seen) == 1
    assert (await desk.rows())[0].state == "waiting"
    desk.fails = False
    await desk.rounds(1)
    assert desk.ended == [("cs_1", "answered", 200, {"result": "noted"})]
    assert len(desk.partner.received) == 1


async def test_one_that_cannot_be_read_holds_nobody_up(desk: Desk) -> None:
    await desk.tell("cs_1")
    (row,) = await desk.rows()

    async with desk.database.write() as session:
        found = await session.get_one(DeliveryRow, row.id)
        found.body = b"of a key that is lost"
    await desk.tell("cs_2")
    await desk.rounds(1)
    assert [about for about, *_ in desk.ended] == ["cs_2"]


async def test_production_posts_to_no_plain_http(desk: Desk) -> None:
    await desk.tell("cs_1")
    worker = Delivering(desk.database, desk.vault, desk.clock, {}, loopback=False, budget=BUDGET)
    await worker.send_due()
    await worker.close()
    assert desk.partner.seen == []
    assert (await desk.rows())[0].state == "waiting"


async def test_a_kind_without_a_handler_just_ends(desk: Desk) -> None:
    await desk.tell("cs_1", "refund.done")
    await desk.rounds(1)
    assert [row.state for row in await desk.rows()] == ["answered"]


async def test_the_worker_runs_until_it_is_stopped(desk: Desk) -> None:
    stop, told = asyncio.Event(), new_id("cs")
    await desk.tell(told)
    running = asyncio.create_task(desk.worker().run(stop))

    async def ended() -> list[Ended]:
        return desk.ended

    await until(ended, within=10, every=0.01)
    stop.set()
    await running
    assert desk.ended == [(told, "answered", 200, {"result": "noted"})]
