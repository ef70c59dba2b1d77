"""People ask to lock cards: what matches is locked at once, everything else looks alike."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from lianfang.history import Sought, find_events
from tests.contract.locking import SERIAL, Counter, Json

# What differs between two cases of the same kind.
OWN = {"number"}
WRONG = "MCAB9999999999"


def alike(case: Json) -> Json:
    return {name: value for name, value in case.items() if name not in OWN}


async def test_a_sold_card_is_locked_and_its_issuer_is_refused(counter: Counter) -> None:
    sold = await counter.sell(face_value=1000)
    assert (sold["status"], sold["state"]) == (201, "held")

    case = await counter.lock()

    told = (case["state"], case["words"], case["status"], case["last4"], case["amount"])
    assert told == ("provisional", "locked", "live", "7890", 1000)
    assert case["expires_at"] == "2026-11-25T06:05:00.000Z"
    assert case["proof"].startswith("LP-")
    assert case["proof_image"] == f"https://lianfang.example/verify/{case['proof']}.png"
    assert await counter.permit() == {"result": "refused", "reason": "locked", "status": 200}
    assert await counter.deliveries() == ["lock.placed"]
    assert await counter.notices() == []
    assert await counter.history("card") == [
        ("held", "held", "sold"),
        ("held", "locked", "lock"),
        ("locked", "locked", "crediting_refused"),
    ]


async def test_two_cards_of_one_purchase_are_two_cases(counter: Counter) -> None:
    await counter.sell("MCAB1234567890", ref="r1")
    await counter.sell("MCAB1234567891", ref="r2")
    cards = [
        {"issuer": "MyCard", "serial": "mcab-1234-5678-90"},
        {"issuer": "mycard", "serial": "ＭＣＡＢ1234567891"},
    ]

    await counter.lock(cards=cards)

    assert sorted((case["state"], case["last4"]) for case in await counter.mine()) == [
        ("provisional", "7890"),
        ("provisional", "7891"),
    ]
    assert SERIAL not in str(await counter.mine())


async def test_wrong_foreign_and_unknown_serials_look_alike(counter: Counter) -> None:
    await counter.sell(WRONG, ref="r1")
    await counter.sell("MCAB8888889999", ref="r2")
    await counter.lock("p_owner", "MCAB8888889999")

    wrong = await counter.lock("p_1", WRONG, hours_ago=2)
    foreign = await counter.lock("p_2", "MCAB8888889999", chain="hilife")
    unknown = await counter.lock("p_3", "MCAB7777779999")
    no_serial = await counter.lock(
        "p_4", "x9999", cards=[{"issuer": "mycard", "serial": "9", "last4": "9999"}]
    )

    assert wrong["words"] == "requested"
    assert (
        alike(wrong) | {"chain": None}
        == alike(unknown) | {"chain": None}
        == alike(no_serial) | {"chain": None}
    )
    assert {name for name in wrong if wrong[name] != foreign[name] and not name.startswith("chain")} == OWN
    assert (await counter.card("r1"))["state"] == "held"


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"hours_ago": 27}, "provisional"),
        ({"hours_ago": 73}, "provisional"),
        ({"hours_ago": 75}, "requested"),
        ({"hours_ago": 25}, "requested"),
        ({"chain": "全家"}, "provisional"),
        ({"chain": "7-ELEVEN"}, "requested"),
        ({"chain": "轉角雜貨店"}, "requested"),
        ({"hours_ago": None}, "requested"),
        ({"hours_ago": None, "chain": None, "invoice": "ab-12345678"}, "provisional"),
        ({"chain": "7-ELEVEN", "invoice": "AB12345678"}, "provisional"),
        ({"hours_ago": None, "invoice": "AB12345679"}, "requested"),
        ({"serial": None, "invoice": "AB12345678"}, "provisional"),
        ({"serial": None, "invoice": "AB12345678", "chain": "7-ELEVEN"}, "requested"),
        ({"serial": None, "invoice": "AB12345678", "hours_ago": None}, "requested"),
        ({"invoice": "AB12345678", "amount": 1000}, "confirmed"),
        ({"invoice": "AB12345678", "store": "Taipei Main"}, "confirmed"),
        ({"invoice": "AB12345678", "amount": 999}, "provisional"),
    ],
)
async def test_what_matches_a_sale(counter: Counter, told: Json, state: str) -> None:
    await counter.sell(hours_ago=50, invoice_number="AB-12345678", total=1000, store="Taipei Main")

    case = await counter.lock(**told)

    assert case["state"] == state
    assert (await counter.card())["state"] == ("held" if state == "requested" else "locked")


async def test_several_cards_on_one_invoice_are_told_by_their_last_digits(counter: Counter) -> None:
    for ref, serial in (("r1", "MCAB1111111111"), ("r2", "MCAB2222222222"), ("r3", "MCAB3333333333")):
        await counter.sell(serial, ref=ref, invoice_number="AB12345678")
    cards = [{"issuer": "mycard", "last4": "3333"}, {"issuer": "mycard"}]

    await counter.lock(cards=cards, invoice="AB12345678")

    states = [(await counter.card(ref))["state"] for ref in ("r1", "r2", "r3")]
    assert states == ["locked", "held", "locked"]


async def test_a_sale_registered_later_serves_who_asked_before(counter: Counter) -> None:
    asked = await counter.lock("p_1", hours_ago=50)
    second = await counter.lock("p_2", hours_ago=50)
    wrong = await counter.lock("p_3", hours_ago=2)
    assert {case["state"] for case in (asked, second, wrong)} == {"requested"}

    sold = await counter.sell(hours_ago=50)

    assert sold["state"] == "locked"
    assert [case["words"] for case in await counter.mine("p_1")] == ["locked"]
    assert [case["words"] for case in (*await counter.mine("p_2"), *await counter.mine("p_3"))] == [
        "requested"
    ] * 2
    ((key, params),) = await counter.notices("p_1")
    assert (key, params["number"], params["last4"], params["demo"]) == (
        "notice.lock_placed",
        asked["number"],
        "7890",
        "",
    )
    assert await counter.notices("p_2") == []


async def test_a_sale_registered_later_serves_who_knew_the_invoice_only(counter: Counter) -> None:
    await counter.lock("p_1", None, invoice="AB12345678")

    assert (await counter.sell(invoice_number="AB12345678"))["state"] == "locked"
    assert (await counter.sell("MCAB2222222222", ref="r2", invoice_number="AB12345678"))["state"] == "held"


@pytest.mark.parametrize("sold_first", [True, False])
async def test_two_issuers_on_one_receipt_are_kept_apart(counter: Counter, *, sold_first: bool) -> None:
    async def sell_both() -> None:
        for issuer in ("gash", "mycard"):
            await counter.sell(f"{issuer.upper()}12345678", issuer=issuer, invoice_number="AB12345678")

    if sold_first:
        await sell_both()
    await counter.lock("p_1", None, invoice="AB12345678")
    if not sold_first:
        await sell_both()

    assert (await counter.card())["state"] == "locked"
    assert (await counter.card(issuer="gash"))["state"] == "held"


async def test_a_young_table_is_searched_by_the_index_that_is_meant(counter: Counter) -> None:
    for number in range(150):
        await counter.sell(f"MCAB12345678{number:04d}", ref=f"r{number}")
        if number % 3 == 0:
            await counter.lock(f"p_w{number}", f"MCAB99999999{number:04d}")
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        statements.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert (await counter.lock(serial="MCAB123456780007"))["words"] == "locked"
        assert (await counter.permit("r8"))["result"] == "permitted"
        await counter.sell("MCAB999999990003", ref="later", invoice_number="AB12345678")
        if counter.database.is_sqlite:
            last_month = Sought(
                entity="case", since=counter.clock() - timedelta(days=30), until=counter.clock()
            )
            await counter.database.look(lambda session: find_events(session, last_month))
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    grown = ("FROM cards", "FROM events", "FROM locks \nWHERE")
    searches = [(told, values) for told, values in statements if any(table in told for table in grown)]
    assert len(searches) > 8
    async with counter.database.read() as session:
        connection = await session.connection()
        if not counter.database.is_sqlite:
            await connection.exec_driver_sql("SET enable_seqscan = off")  # which few rows may be cheaper by
            # As young as the tables look: other tests on this server may have left statistics.
            await connection.exec_driver_sql("DELETE FROM pg_statistic")
            await connection.exec_driver_sql(
                "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relname IN ('cards', 'events', 'locks')"
            )
        explain = "EXPLAIN QUERY PLAN" if counter.database.is_sqlite else "EXPLAIN"
        for statement, values in searches:
            plan = str((await connection.exec_driver_sql(f"{explain} {statement}", values)).all())
            alone = r"\((entity|issuer|card)=\?\)|Index Cond: \((\((entity|issuer)\)|card IS NULL)"
            assert not re.search(rf"SCAN (cards|events|locks)|{alone}", plan), plan


async def test_asked_again_it_is_the_same_case(counter: Counter) -> None:
    first = await counter.lock(hours_ago=2)
    again = await counter.lock(hours_ago=2)
    assert (again["number"], again["again"], first["again"]) == (first["number"], True, False)
    await counter.sell()

    locked = await counter.lock()
    once_more = await counter.lock(chain=None, hours_ago=None)

    assert {case["number"] for case in (locked, once_more)} == {first["number"]}
    assert (locked["state"], once_more["state"]) == ("provisional", "provisional")
    assert len(await counter.mine()) == 1


async def test_the_same_request_twice_is_answered_alike(counter: Counter) -> None:
    await counter.sell()

    first = await counter.lock(key="in_1:lock")
    second = await counter.lock(key="in_1:lock")

    assert first == second
    assert await counter.deliveries() == ["lock.placed"]


async def test_somebody_elses_lock_makes_a_further_request_wait(counter: Counter) -> None:
    await counter.sell()
    await counter.lock("p_1")

    second = await counter.lock("p_2")
    assert (second["words"], second["waiting"], second["proof"]) == ("requested", False, None)

    (own,) = await counter.mine("p_1")
    assert (await counter.tell("p_1", f"/v1/locks/{own['number']}/release"))["outcome"] == "released"
    assert [case["words"] for case in await counter.mine("p_2")] == ["locked"]
    assert [key for key, _ in await counter.notices("p_2")] == ["notice.lock_placed"]
    assert await counter.deliveries() == ["lock.placed", "lock.released", "lock.placed"]


async def test_an_issuer_that_has_not_joined_is_recorded_and_nothing_is_claimed(counter: Counter) -> None:
    case = await counter.lock(serial="GA12345678", issuer="貝殼幣")

    assert (case["words"], case["status"], case["way"], case["issuer"]) == (
        "recorded",
        "none",
        "manual",
        "garena",
    )
    assert await counter.deliveries() == []
    assert (await counter.lock(serial="GA12345678", issuer="garena"))["number"] == case["number"]
    closed = await counter.tell("p_1", f"/v1/locks/{case['number']}/release")
    assert (closed["outcome"], closed["state"]) == ("withdrawn", "closed")


async def test_an_unknown_issuer_is_refused(counter: Counter) -> None:
    body = {"cards": [{"issuer": "nobody"}], "first_message_at": counter.hours_ago(1), "channel": "line"}

    answer = await counter.tell("p_1", "/v1/locks/requests", body)

    assert (answer["status"], answer["code"]) == (422, "unknown_issuer")


async def test_nobody_guesses_for_long(counter: Counter) -> None:
    await counter.sell()
    for hours in range(10):
        await counter.lock(serial=f"MCAB000000000{hours}")

    held_back = await counter.lock()
    assert held_back["words"] == "requested"
    assert (await counter.card())["state"] == "held"

    counter.clock.move(hours=1, seconds=1)
    assert (await counter.lock(hours_ago=51))["words"] == "locked"


async def test_a_thief_cannot_use_up_the_victims_tries(counter: Counter) -> None:
    await counter.sell()
    for number in range(6):
        await counter.lock(f"p_thief{number}", hours_ago=2)
    for hours in (3, 4):
        await counter.lock("p_thief0", hours_ago=hours)

    assert (await counter.lock("p_thief0"))["words"] == "requested"
    for told in ({"chain": None, "hours_ago": None}, {"hours_ago": 2}, {"hours_ago": 3}):
        assert (await counter.lock("p_victim", **told))["words"] == "requested"
    assert (await counter.lock("p_victim"))["words"] == "locked"


async def test_others_tries_do_not_keep_an_invoice_from_being_compared(counter: Counter) -> None:
    await counter.sell(invoice_number="AB12345678", total=1000)
    for number in range(6):
        await counter.lock(f"p_thief{number}", hours_ago=2)
    for hours in (2, 3, 4, 5):
        case = await counter.lock("p_victim", hours_ago=hours)
    assert case["words"] == "requested"

    receipt = {"invoice": "AB12345678", "amount": 1000}
    found = await counter.tell("p_victim", f"/v1/locks/{case['number']}/confirm", receipt)

    assert (found["outcome"], found["words"]) == ("confirmed", "confirmed")


async def test_a_person_guesses_five_times_for_a_serial_whatever_is_told(counter: Counter) -> None:
    await counter.sell(invoice_number="AB12345678")
    for number in range(5):
        await counter.lock(hours_ago=None, invoice=f"AB0000000{number}")

    assert (await counter.lock(hours_ago=None, invoice="AB12345678"))["words"] == "requested"
    counter.clock.move(hours=24, seconds=1)
    assert (await counter.lock(hours_ago=None, invoice="AB12345678"))["words"] == "locked"


def of_one_purchase(places: range) -> list[Json]:
    return [{"issuer": "mycard", "serial": f"MCAB00000000{place:02}"} for place in places]


async def test_many_cards_of_one_purchase_are_one_try(counter: Counter) -> None:
    for place in range(12):
        await counter.sell(f"MCAB00000000{place:02}", ref=f"r{place}")

    await counter.lock(cards=of_one_purchase(range(10)), hours_ago=2)
    await counter.lock(cards=of_one_purchase(range(10)))
    await counter.lock(cards=of_one_purchase(range(10, 12)))

    assert {case["state"] for case in await counter.mine()} == {"provisional"}
    assert len(await counter.mine()) == 12


async def test_many_cards_that_are_registered_later_are_served_then(counter: Counter) -> None:
    await counter.lock(cards=of_one_purchase(range(10)))
    await counter.lock(cards=of_one_purchase(range(10, 12)))

    sold = [await counter.sell(f"MCAB00000000{place:02}", ref=f"r{place}") for place in range(12)]

    assert {one["state"] for one in sold} == {"locked"}


async def test_a_person_does_not_try_more_than_thirty_serials_in_an_hour(counter: Counter) -> None:
    for start in (0, 10, 20):
        await counter.lock(cards=of_one_purchase(range(start, start + 10)))
    await counter.sell()

    assert (await counter.lock())["words"] == "requested"
    assert (await counter.sell("MCAB0000000000", ref="r2"))["state"] == "locked"
    counter.clock.move(hours=1, seconds=1)
    assert (await counter.lock(hours_ago=51))["words"] == "locked"


async def test_what_is_told_bit_by_bit_counts_when_it_is_enough(counter: Counter) -> None:
    for number in range(10):
        serial = f"MCAB000000000{number}"
        await counter.lock(serial=serial, hours_ago=None)
        await counter.lock(serial=serial, chain=None)

    await counter.lock()

    assert (await counter.sell("MCAB0000000000", ref="r2"))["state"] == "locked"
    assert (await counter.sell())["state"] == "held"


async def test_what_was_held_back_is_not_served_by_a_later_sale(counter: Counter) -> None:
    for hours in range(10):
        await counter.lock(serial=f"MCAB000000000{hours}")
    await counter.lock()

    assert (await counter.sell())["state"] == "held"
