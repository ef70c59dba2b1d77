"""Issuers ask before they credit and report what they did: crediting and locking never both happen."""

import asyncio

import pytest

from tests.contract.locking import Counter, Json


async def test_points_are_held_for_two_days_and_then_credited_once(counter: Counter) -> None:
    sold = await counter.sell(hours_ago=1)
    early = await counter.permit()
    assert (early["result"], early["reason"], early["until"]) == ("refused", "held", sold["held_until"])

    counter.clock.move(hours=47)
    permitted, repeated = await counter.permit(), await counter.permit()
    assert permitted["result"] == "permitted"
    assert permitted == repeated

    assert (await counter.report("credited", permitted["permission"]))["state"] == "credited"
    assert (await counter.report("credited", permitted["permission"]))["state"] == "credited"
    assert (await counter.report("spent"))["state"] == "spent"
    assert (await counter.permit())["reason"] == "spent"
    assert [reason for _, _, reason in await counter.history("card")] == [
        "sold",
        "permit",
        "credited",
        "spent",
    ]


async def test_a_lock_during_crediting_waits_and_wins_if_it_failed(counter: Counter) -> None:
    await counter.sell()
    permission = (await counter.permit())["permission"]

    first, second = await counter.lock("p_1"), await counter.lock("p_2")
    assert [(case["words"], case["waiting"]) for case in (first, second)] == [("waiting", True)] * 2
    assert await counter.deliveries() == ["card.ask"]

    assert (await counter.report("not_credited", permission))["state"] == "locked"
    assert [key for key, _ in await counter.notices("p_1")] == ["notice.lock_placed"]
    assert [case["words"] for case in await counter.mine("p_2")] == ["requested"]
    assert (await counter.permit())["reason"] == "locked"


async def test_a_lock_during_crediting_comes_too_late_if_it_succeeded(counter: Counter) -> None:
    await counter.sell()
    permission = (await counter.permit())["permission"]
    await counter.lock()

    await counter.report("credited", permission)

    assert [case["state"] for case in await counter.mine()] == ["too_late"]
    ((key, params),) = await counter.notices()
    assert key == "notice.lock_too_late"
    assert params["possible"] == {"key": "notice.still_possible_unused_less_costs_used_by_game"}


async def test_who_took_the_request_back_does_not_win(counter: Counter) -> None:
    await counter.sell()
    permission = (await counter.permit())["permission"]
    case = await counter.lock("p_1")
    await counter.lock("p_2")
    await counter.tell("p_1", f"/v1/locks/{case['number']}/release")

    await counter.report("not_credited", permission)

    assert [one["state"] for one in (*await counter.mine("p_1"), *await counter.mine("p_2"))] == [
        "closed",
        "provisional",
    ]


@pytest.mark.parametrize("told", ["credited", "spent"])
async def test_credited_points_are_told_to_be_gone(counter: Counter, told: str) -> None:
    await counter.sell()
    permission = (await counter.permit())["permission"]
    await counter.report("credited", permission)
    if told == "spent":
        await counter.report("spent")

    case = await counter.lock()

    assert (case["state"], case["words"]) == ("too_late", "too_late")
    assert await counter.notices() == []


async def test_a_permission_is_ended_by_its_own_report_only(counter: Counter) -> None:
    await counter.sell()
    old = (await counter.permit())["permission"]
    await counter.report("not_credited", old)
    new = (await counter.permit())["permission"]
    assert new != old

    late = await counter.report("not_credited", old)
    unnamed = await counter.report("not_credited")

    assert (late["status"], late["code"], late["state"]) == (409, "permission_unknown", "permitted")
    assert (unnamed["status"], unnamed["code"]) == (422, "permission_required")
    assert (await counter.permit())["permission"] == new


async def test_reports_out_of_order_change_nothing_and_are_written_down(counter: Counter) -> None:
    await counter.sell()
    permission = (await counter.permit())["permission"]
    early = await counter.report("spent")
    await counter.report("not_credited", permission)
    await counter.lock()
    contradiction = await counter.report("credited", permission)
    repeated = await counter.report("not_credited", permission)

    assert (early["status"], early["code"], early["state"]) == (409, "out_of_order", "permitted")
    assert (contradiction["code"], contradiction["state"]) == ("out_of_order", "locked")
    assert (repeated["status"], repeated["state"]) == (200, "locked")
    assert ("locked", "locked", "credited_out_of_order") in await counter.history("card")


async def test_the_same_report_twice_by_key_is_answered_alike(counter: Counter) -> None:
    await counter.sell()
    permission = (await counter.permit())["permission"]

    first = await counter.report("credited", permission, key="k1")
    again = await counter.report("credited", permission, key="k1")
    other = await counter.report("spent", key="k1")

    assert first == again
    assert (other["status"], other["code"]) == (409, "idempotency_key_reused")


async def test_an_old_yes_does_not_outlive_what_it_was_about(counter: Counter) -> None:
    await counter.sell()
    path = "/v1/cards/r1/permissions"
    permission = (await counter.call("mycard", path, key="k1"))["permission"]
    await counter.report("not_credited", permission)
    await counter.lock()

    assert (await counter.call("mycard", path, key="k1"))["reason"] == "locked"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({}, 201, None),
        ({"serial": "mcab 1234567890"}, 201, None),
        ({"serial": "MCAB1234567899"}, 409, "card_conflict"),
        ({"sold_at": "2026-11-20T05:05:00Z"}, 409, "card_conflict"),
        ({"card_ref": "r2"}, 409, "serial_taken"),
        ({"card_ref": "r2", "serial": "12345"}, 422, "no_serial"),
        ({"card_ref": "r2", "chain": "nobody"}, 422, "unknown_chain"),
        ({"card_ref": "r2", "serial": "MCAB1234567899", "sold_at": "2026-11-22T06:14:00Z"}, 201, None),
        (
            {"card_ref": "r2", "serial": "MCAB1234567899", "sold_at": "2026-11-22T06:16:00Z"},
            422,
            "future_sale",
        ),
        ({"card_ref": "r2", "sold_at": "2026-11-22T06:16:00"}, 422, "invalid_request"),
        ({"card_ref": "r2", "pin": "1234"}, 422, "invalid_request"),
    ],
)
async def test_a_sale_is_registered_once(
    counter: Counter, change: Json, status: int, code: str | None
) -> None:
    sale = {
        "card_ref": "r1",
        "serial": "MCAB1234567890",
        "chain": "familymart",
        "sold_at": "2026-11-20T04:05:00Z",
        "invoice_number": "AB12345678",
    }
    first = await counter.call("mycard", "/v1/cards", sale)

    second = await counter.call("mycard", "/v1/cards", {**sale, **change})

    assert (second["status"], second.get("code")) == (status, code)
    if code is None and "card_ref" not in change:
        assert second == first


async def test_an_issuer_sees_its_own_cards_only(counter: Counter) -> None:
    await counter.sell()

    assert (await counter.card("r1", "gash"))["code"] == "unknown_card"
    assert (await counter.permit("r1", "gash")) == {
        "result": "refused",
        "reason": "unknown_card",
        "status": 200,
    }
    assert (await counter.report("spent", issuer="gash"))["code"] == "unknown_card"
    store = await counter.call("familymart", "/v1/cards/r1/permissions")
    assert (store["status"], store["code"]) == (403, "issuer_only")


async def test_credited_by_its_own_rule_while_we_were_away(counter: Counter) -> None:
    await counter.sell()
    await counter.sell("MCAB2222222222", ref="r2")
    await counter.lock("p_1")
    await counter.lock("p_2")
    body = {"rule": "credited", "at": counter.hours_ago(1)}

    locked = await counter.call("mycard", "/v1/cards/r1/own_rule", body)
    held = await counter.call("mycard", "/v1/cards/r2/own_rule", {**body, "rule": "held"})

    assert (locked["state"], held["state"]) == ("credited", "held")
    assert [case["state"] for case in (*await counter.mine("p_1"), *await counter.mine("p_2"))] == [
        "too_late"
    ] * 2
    assert [key for key, _ in await counter.notices("p_1")] == ["notice.lock_too_late"]
    assert ("locked", "credited", "credited_by_own_rule") in await counter.history("card")
    assert (await counter.call("mycard", "/v1/cards/none/own_rule", body))["code"] == "unknown_card"


async def test_permission_and_lock_at_once_have_one_winner(counter: Counter) -> None:
    for number in range(12):
        await counter.sell(f"MCAB00000000{number:02}", ref=f"r{number}")

    async def race(number: int) -> tuple[str, str]:
        permitted, locked = await asyncio.gather(
            counter.permit(f"r{number}"), counter.lock(f"p_{number}", f"MCAB00000000{number:02}")
        )
        return permitted["result"], locked["words"]

    results = await asyncio.gather(*(race(number) for number in range(12)))

    assert set(results) <= {("permitted", "waiting"), ("refused", "locked")}


async def test_sale_and_request_at_once_do_not_miss_each_other(counter: Counter) -> None:
    async def race(number: int) -> str:
        serial = f"MCAB00000000{number:02}"
        await asyncio.gather(counter.lock(f"p_{number}", serial), counter.sell(serial, ref=f"r{number}"))
        return str((await counter.card(f"r{number}"))["state"])

    assert set(await asyncio.gather(*(race(number) for number in range(12)))) == {"locked"}
