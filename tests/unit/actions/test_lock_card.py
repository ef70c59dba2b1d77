"""Locking cards as a conversation with the actions: calls first, nothing asked twice, one yes, the truth."""

from typing import Any

import pytest

from tests.unit.actions.locks import case, issuer, joined
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import SENT, FakeServices

REQUESTS = "/v1/locks/requests"
SERIALS = "MCAB1234567890 跟 MCAB1234567891 昨天下午三點買的"
STORY = "被騙買 MyCard 5000 的兩張 序號給他了 7-11買的"


@pytest.fixture
def mycard(fake: FakeServices) -> FakeServices:
    """MyCard has joined, and whatever is requested is locked for now."""
    fake.by_path["/v1/issuers"] = {"issuers": [joined("MyCard"), joined("GASH"), issuer("Apple")]}
    fake.by_path[REQUESTS] = {"cases": [case(), case("LF-7F3K-92QY", last4="7891")]}
    return fake


async def tells(talk: Talk, text: str = STORY, intent: str = "already_scammed", **named: str) -> Talk:
    return await talk.says(text, intent, entities=named or {"issuer": "MyCard", "store": "7-ELEVEN"})


def asked(fake: FakeServices) -> dict[str, Any]:
    (body,) = [body for path, body, _ in fake.asked if path == REQUESTS]
    return body


async def test_three_turns_from_the_story_to_the_lock(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk)
    assert talk.keys == [
        "utter_emergency_card",
        "utter_lock_begins",
        "utter_emergency_card_keep",
        "utter_ask_serial",
        "utter_along_bought",
    ]
    assert talk.replies[0]["card"] == {"kind": "emergency", "lost": "card"}
    assert talk.replies[0]["urgent"] is True

    await talk.says(SERIALS)
    assert talk.keys == ["utter_lock_confirm"]
    assert talk.params["question"]["key"] == "utter_confirm_lock"
    assert talk.params["cards"][0]["params"]["cards"]["params"]["tails"] == "7890、7891"
    assert talk.params["where"] == {"key": "btn.chain_seven_eleven"}
    assert talk.params["when"]["params"]["when"] == "11/21 15:00"
    assert not mycard.asked

    await talk.taps("btn.lock_now")
    assert talk.keys == ["utter_lock_locked", "utter_then_confirm"]
    assert talk.replies[0]["say"][0]["params"]["numbers"] == "LF-7F3K-92QX、LF-7F3K-92QY"
    assert talk.replies[0]["say"][0]["params"]["at"] == "14:05:12"
    assert talk.replies[0]["say"][0]["params"]["until"] == "11/25 14:05"
    assert talk.replies[0]["say"][0]["params"]["demo"] == ""
    assert asked(mycard) == {
        "cards": [
            {"issuer": "MyCard", "serial": "MCAB1234567890"},
            {"issuer": "MyCard", "serial": "MCAB1234567891"},
        ],
        "chain": "7-ELEVEN",
        "bought_at": "2026-11-21T07:00:00.000Z",
        "first_message_at": SENT,
        "channel": "",
        "given_to_scammer": True,
    }
    assert mycard.asked[-1][2]["Idempotency-Key"] == "evt_3:lock"


async def test_the_buttons_of_a_lock_carry_every_case(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk)
    await talk.says(SERIALS)
    await talk.says("好 鎖卡", "lock_card")

    goals = {button["key"]: button.get("params") for button in talk.replies[0]["buttons"]}
    numbers = {"case_id": "LF-7F3K-92QX LF-7F3K-92QY"}
    assert goals["btn.add_receipt"] == goals["btn.refund_proof"] == goals["btn.locked_by_mistake"] == numbers


async def test_told_in_one_sentence_only_the_yes_is_asked(talk: Talk, mycard: FakeServices) -> None:
    await tells(
        talk,
        "幫我鎖 MyCard 序號 MCAB1234567890，全家昨天下午三點買的",
        "lock_card",
        issuer="MyCard",
        store="全家",
    )
    assert talk.keys == [
        "utter_lock_opening",
        "utter_lock_begins",
        "utter_emergency_card_keep",
        "utter_lock_confirm",
    ]
    assert talk.replies[0]["card"] is None


async def test_what_is_still_missing_is_asked_with_buttons(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk, "我要鎖卡", "lock_card", issuer="")
    assert talk.keys[-4:] == [
        "utter_ask_serial",
        "utter_along_issuer",
        "utter_along_store",
        "utter_along_bought",
    ]
    await talk.says("序號 MCAB1234567890")
    assert talk.keys == ["utter_ask_issuer"]
    await talk.taps("btn.issuer_mycard")
    assert talk.keys == ["utter_ask_store", "utter_along_bought"]
    await talk.taps("btn.chain_familymart")
    assert talk.keys == ["utter_ask_bought"]
    await talk.says("今天早上")
    assert talk.keys == ["utter_lock_confirm"]
    assert talk.params["where"] == {"key": "btn.chain_familymart"}


async def test_with_serial_and_invoice_neither_shop_nor_time_is_asked(
    talk: Talk, mycard: FakeServices
) -> None:
    await tells(talk, "MyCard 序號 MCAB1234567890 被騙了，發票號碼 AB12345678", issuer="MyCard")
    assert talk.keys[-1] == "utter_lock_confirm"
    await talk.says("對")
    assert asked(mycard)["invoice"] == "AB12345678"


async def test_an_issuer_that_has_not_joined_is_named_with_its_own_way_and_no_lock_is_claimed(
    talk: Talk, fake: FakeServices
) -> None:
    fake.by_path["/v1/issuers"] = {
        "issuers": [issuer("MyCard", url="https://service.mycard520.com/", page="service", hotline="02-1234")]
    }
    fake.by_path[REQUESTS] = {
        "cases": [case(words="recorded", state="requested", status="none", locked_at=None, expires_at=None)]
    }
    await tells(talk, "被騙買 MyCard 序號 MCAB1234567890 給他了", issuer="MyCard")
    assert talk.keys == [
        "utter_emergency_card",
        "utter_lock_not_joined",
        "utter_emergency_card_keep",
        "utter_lock_confirm",
    ]
    assert {"key": "btn.call_issuer", "tel": "02-1234"} in talk.replies[0]["buttons"]
    assert talk.params["question"]["key"] == "utter_confirm_record"

    await talk.taps("btn.record_cards")
    assert talk.keys == ["utter_lock_recorded", "utter_do_now"]
    assert not [key for key in talk.keys if "locked" in key]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("requested", ["utter_lock_requested", "utter_meanwhile"]),
        ("asked", ["utter_lock_asked", "utter_meanwhile"]),
        ("waiting", ["utter_lock_waiting", "utter_meanwhile"]),
        ("too_late", ["utter_lock_too_late", "utter_still_possible"]),
        ("objected", ["utter_lock_objected"]),
        ("refunded", ["utter_lock_refunded"]),
    ],
)
async def test_each_answer_of_the_service_has_its_words(
    talk: Talk, mycard: FakeServices, words: str, keys: list[str]
) -> None:
    mycard.by_path[REQUESTS] = {"cases": [case(words=words, status="sandbox")]}
    await tells(talk)
    await talk.says(SERIALS)
    await talk.taps("btn.lock_now")

    assert talk.keys == keys
    assert talk.replies[0]["say"][0]["params"]["demo"] == {"key": "utter_demo"}


async def test_cards_with_different_fates_are_told_apart_the_worst_first(
    talk: Talk, mycard: FakeServices
) -> None:
    mycard.by_path[REQUESTS] = {"cases": [case(), case("LF-7F3K-92QY", words="too_late", last4="7891")]}
    await tells(talk)
    await talk.says(SERIALS)
    await talk.taps("btn.lock_now")

    assert talk.keys == [
        "utter_lock_too_late",
        "utter_still_possible",
        "utter_lock_locked",
        "utter_then_confirm",
    ]


async def test_two_issuers_in_one_go(talk: Talk, mycard: FakeServices) -> None:
    text = "我被騙買了 MyCard 序號 MCAB1234567890 和 GASH 序號 GS5551234567，昨天下午三點"
    await talk.says(text, "already_scammed", entities={"issuer": ("MyCard", "GASH"), "store": "全家"})
    await talk.taps("btn.lock_now")

    assert asked(mycard)["cards"] == [
        {"issuer": "MyCard", "serial": "MCAB1234567890"},
        {"issuer": "GASH", "serial": "GS5551234567"},
    ]


async def test_a_card_of_another_issuer_told_later_keeps_its_own(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk)
    await talk.says(SERIALS)
    await talk.says("還有 GASH 序號 GS5551234567", entities={"issuer": "GASH"})
    await talk.taps("btn.lock_now")
    assert [card["issuer"] for card in asked(mycard)["cards"]] == ["MyCard", "MyCard", "GASH"]


async def test_an_issuer_that_was_wrong_is_corrected_for_all(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk, "被騙了 MyCard 序號 MCAB1234567890，昨天", issuer="MyCard", store="全家")
    await talk.says("不是 MyCard，是 GASH", entities={"issuer": ("MyCard", "GASH")})
    await talk.taps("btn.lock_now")
    assert [card["issuer"] for card in asked(mycard)["cards"]] == ["GASH"]


async def test_a_pin_is_not_kept_and_that_is_said(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk)
    await talk.says("序號 MCAB1234567890 密碼 ［已隱藏:pin］，昨天下午三點")
    assert talk.keys == ["utter_secret_not_kept", "utter_lock_confirm"]


@pytest.mark.parametrize(("kind", "key"), [("id", "utter_covered_id"), ("card", "utter_covered_card")])
async def test_what_was_covered_by_mistake_can_be_typed_again(
    talk: Talk, mycard: FakeServices, kind: str, key: str
) -> None:
    await tells(talk)
    await talk.says(f"［已隱藏:{kind}］")
    assert talk.keys == [key, "utter_ask_serial_again"]


async def test_a_serial_and_a_pin_without_labels_are_both_left_alone(
    talk: Talk, mycard: FakeServices
) -> None:
    await tells(talk)
    await talk.says("MCAB1234567890 A7K9Q2M4P1 昨天下午三點")
    assert talk.keys == ["utter_which_is_serial", "utter_ask_serial"]
    assert talk.open is not None
    assert "serial" not in talk.open["told"]


async def test_the_service_is_away_and_the_person_is_told_not_to_wait(
    talk: Talk, mycard: FakeServices
) -> None:
    mycard.by_path[REQUESTS] = 503
    await tells(talk)
    await talk.says(SERIALS)
    await talk.taps("btn.lock_now")
    assert talk.keys == ["utter_lock_failed", "utter_issuer_unknown"]


async def test_without_knowing_who_has_joined_nothing_is_claimed(talk: Talk, fake: FakeServices) -> None:
    fake.by_path["/v1/issuers"] = 503
    await tells(talk)
    assert talk.keys[:2] == ["utter_emergency_card", "utter_issuer_unknown"]
    await talk.says(SERIALS)
    assert talk.params["question"]["key"] == "utter_confirm_record"


async def test_words_of_loss_with_details_are_an_answer_and_others_get_their_own_card(
    talk: Talk, mycard: FakeServices
) -> None:
    await tells(talk)
    await talk.says("我昨天下午三點被騙的，序號是 MCAB1234567890", "already_scammed")
    assert talk.keys == ["utter_lock_confirm"]
    await talk.says("我剛剛又轉了三萬給他", "already_scammed")
    assert talk.keys == ["utter_emergency_transfer", "utter_lock_confirm"]


async def test_money_that_went_too_adds_the_bank(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk, "被騙買 MyCard 序號給他了，還轉了三萬給他", issuer="MyCard")
    assert talk.keys[:2] == ["utter_emergency_card", "utter_emergency_bank_too"]


async def test_not_these_cards_asks_for_the_serials_again(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk)
    await talk.says(SERIALS)
    await talk.taps("btn.not_these_cards")
    assert talk.keys == ["utter_ask_serial"]
    await talk.says("MCAB1234567899")
    assert talk.params["cards"][0]["params"]["cards"]["params"]["tails"] == "7899"


async def test_one_more_card_at_the_confirming_card(talk: Talk, mycard: FakeServices) -> None:
    await tells(talk)
    await talk.says("MCAB1234567890 昨天下午三點")
    await talk.says("還有一張 MCAB1234567891")
    assert talk.params["question"]["params"]["count"] == 2


@pytest.mark.parametrize(("text", "intent"), [("先不要鎖", "deny"), ("取消", "cancel")])
async def test_who_stops_hears_that_nothing_is_locked(
    talk: Talk, mycard: FakeServices, text: str, intent: str
) -> None:
    await tells(talk)
    await talk.says(text, intent)
    assert talk.keys == ["utter_lock_not_done"]
    assert not mycard.asked


async def test_not_knowing_the_card_ends_with_the_way_that_needs_none(
    talk: Talk, mycard: FakeServices
) -> None:
    await tells(talk, "我要鎖卡", "lock_card", issuer="")
    await talk.says("不知道")
    assert talk.keys == ["utter_ask_issuer"]
    await talk.says("不知道")
    assert talk.keys == ["utter_lock_no_issuer"]


async def test_the_tap_for_a_lost_card_begins_it(talk: Talk, mycard: FakeServices) -> None:
    await talk.says("我被騙了", "already_scammed")
    await talk.taps("btn.lost_card")
    assert talk.keys[0] == "utter_emergency_card"
    assert talk.open is not None
    assert talk.open["told"]["lost"] == ["card"]


async def test_a_side_wish_with_a_lost_card_begins_it_too(talk: Talk, mycard: FakeServices) -> None:
    await talk.says("你好，我點數卡序號給詐騙了", "greet")
    assert talk.keys[0] == "utter_emergency_card"
