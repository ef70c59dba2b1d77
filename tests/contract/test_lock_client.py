"""The typed client says what the service answers."""

from lianfang import retention
from lianfang.client import InternalClient
from services.cases.deadlines import run_deadlines
from services.locks.client import Card, LocksClient, Purchase, Receipt, Story
from services.locks.lane import LOCK
from tests.conftest import PATIENCE
from tests.contract.locking import KEY, SERIAL, Counter


async def test_from_the_first_wish_to_the_proof(counter: Counter) -> None:
    await counter.sell(invoice_number="AB12345678", total=1000)
    http = InternalClient(str(counter.internal.make_url("")).rstrip("/"), KEY, patience=PATIENCE)
    locks = LocksClient(http)
    story = Story(first_message_at=counter.hours_ago(0), channel="line", given_to_scammer=True)
    bought = Purchase(chain="全家", bought_at=counter.hours_ago(49))
    try:
        (case,) = await locks.request("p_1", [Card("MyCard", SERIAL)], bought, story, event="in_1")
        (same,) = await locks.request("p_1", [Card("MyCard", SERIAL)], bought, story, event="in_1")
        confirmed = await locks.confirm("p_1", case.number, Receipt("AB12345678", amount=1000), event="in_2")
        proof = await locks.proof("p_1", case.number)
        objected = await locks.object_to_card("p_2", Card("mycard", SERIAL), bought, event="in_3")
        nothing = await locks.object_to_card("p_2", Card("mycard", "MCAB0000000000"), bought, event="in_4")
        own = await locks.object("p_1", case.number, event="in_5")
        released = await locks.release("p_1", case.number, event="in_6")
        issuers = await locks.issuers()
    finally:
        await http.close()

    assert (case.words, case.last4, case.chain_zh, case.needs[0]) == ("locked", "7890", "全家", "serial")
    assert same == case
    assert (confirmed.outcome, confirmed.words, confirmed.confirmed_by) == (
        "confirmed",
        "confirmed",
        "receipt",
    )
    assert proof is not None
    assert proof.proof == case.proof
    assert objected is not None
    assert (objected.number, objected.outcome, objected.proof) == (case.number, "objected", None)
    assert nothing is None
    assert (own.outcome, released.outcome, released.words) == ("recorded", "released", "released")
    assert {one.id: one.outsider for one in issuers}["steam"] is True


async def test_a_forgotten_persons_lock_goes_its_way(counter: Counter) -> None:
    await counter.sell()
    case = await counter.lock()
    async with counter.database.write() as session:
        await retention.erase(session, "p_1", except_rows={})

    assert await counter.mine() == []
    assert (await counter.permit())["reason"] == "locked"
    counter.clock.move(hours=72)
    await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK})
    assert (await counter.permit())["result"] == "permitted"
    assert await counter.notices() == []
    assert (await counter.call("familymart", f"/v1/refunds/{case['proof']}"))["code"] == "proof_not_found"
