"""A victim of game-card fraud locks cards: the calls first, nothing asked twice, one yes, and the truth about it."""

import re

import pytest

from tests.dialogue.conftest import Member, User
from tests.dialogue.selling import Card, Till

pytestmark = pytest.mark.processes

NUMBER = re.compile(r"LF-[0-9A-Z]{4}-[0-9A-Z]{4}")
STORY = "我被騙買了 GASH 點數卡，序號給他了"
CLAIMS = ("utter_lock_locked", "utter_lock_confirmed", "utter_lock_begins", "utter_confirm_lock")


def described(card: Card) -> str:
    return f"序號 {card.serial}，全家，{card.when}"


async def locked(user: User, card: Card) -> User:
    """Through the whole conversation in Chinese."""
    await user.says(STORY)
    await user.says(described(card))
    return await user.taps("btn.lock_now")


async def test_three_turns_from_the_first_message_to_the_lock(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await user.says(STORY)
    assert user.cards[0] == "emergency"
    assert "165" in user.replies[0]["text"]
    user.sees("utter_emergency_card_keep", "utter_ask_serial", "utter_along_store", "utter_along_bought")
    user.does_not_see("utter_along_issuer")
    await user.says(described(card))
    user.sees("utter_lock_confirm", "utter_demo")
    assert card.tail in user.text
    assert card.serial not in user.text
    await user.says("好 鎖卡")
    user.sees("utter_lock_locked", "utter_then_confirm", "utter_demo")
    assert NUMBER.search(user.text)
    assert await till.may_credit(card) == "locked"


async def test_in_english(english: User, till: Till) -> None:
    card = await till.sells("gash")
    await english.says("I was tricked into buying a GASH card and gave him the serial")
    assert english.cards[0] == "emergency"
    english.sees("utter_ask_serial")
    await english.says(f"serial {card.serial}, FamilyMart, {card.when}")
    english.sees("utter_lock_confirm")
    await english.says("yes, lock it")
    english.sees("utter_lock_locked", "utter_demo")
    assert await till.may_credit(card) == "locked"


async def test_several_cards_in_one_go(user: User, till: Till) -> None:
    first, second = await till.sells("gash"), await till.sells("youe")
    await user.says(
        f"被騙了 GASH 序號 {first.serial} 和 遊e卡 序號 {second.serial} 都給他了，全家買的，{first.when}"
    )
    user.sees("utter_emergency_card", "utter_lock_confirm")
    await user.taps("btn.lock_now")
    assert len(set(NUMBER.findall(user.text))) == 2
    assert await till.may_credit(first) == await till.may_credit(second) == "locked"


async def test_a_live_issuers_lock_is_no_demonstration(user: User, till: Till) -> None:
    card = await till.sells("youe")
    await user.says(f"遊e卡序號給詐騙了，{described(card)}")
    await user.taps("btn.lock_now")
    user.sees("utter_lock_locked")
    assert "示範" not in user.text


async def test_an_issuer_that_has_not_joined_no_sentence_claims_a_lock(user: User) -> None:
    await user.says("我被騙買了 MyCard，序號給他了")
    user.sees("utter_emergency_card", "utter_lock_not_joined", "utter_ask_serial")
    user.does_not_see(*CLAIMS)
    await user.says("MCAB1234567890，7-11，昨天下午三點")
    user.does_not_see(*CLAIMS)
    await user.taps("btn.record_cards")
    user.sees("utter_lock_recorded", "utter_do_now")
    user.does_not_see(*CLAIMS)
    assert NUMBER.search(user.text)
    assert "service.mycard520.com" in user.text
    assert "165" in user.text


async def test_an_issuer_that_has_not_joined_in_english(english: User) -> None:
    await english.says("I bought a MyCard for a scammer and gave him the serial")
    english.sees("utter_emergency_card", "utter_lock_not_joined")
    await english.says("serial MCAB1234567899, 7-ELEVEN, yesterday at 3 pm")
    await english.taps("btn.record_cards")
    english.sees("utter_lock_recorded", "utter_do_now")
    english.does_not_see(*CLAIMS)


async def test_too_late_says_what_is_still_possible(user: User, till: Till) -> None:
    card = await till.credits(await till.sells("gash"))
    await locked(user, card)
    user.sees("utter_lock_too_late", "utter_still_possible")
    assert NUMBER.search(user.text)
    user.does_not_see("utter_lock_locked")


async def test_too_late_in_english(english: User, till: Till) -> None:
    card = await till.credits(await till.sells("gash"))
    await english.says(f"lock my GASH card please, serial {card.serial}, FamilyMart, {card.when}")
    await english.taps("btn.lock_now")
    english.sees("utter_lock_too_late", "utter_still_possible")


async def test_a_card_being_credited_is_asked_about(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await till.permits(card)
    await locked(user, card)
    user.sees("utter_lock_waiting", "utter_meanwhile")
    user.does_not_see("utter_lock_locked")


async def test_wrong_details_and_an_unknown_card_get_the_same_words(
    user: User, english: User, till: Till
) -> None:
    card, unknown = await till.sells("gash", hours_ago=90), till.prints("gash")
    await user.says(STORY)
    await user.says(f"序號 {card.serial}，全家，今天")
    await user.taps("btn.lock_now")
    wrong = NUMBER.sub("LF", user.text).replace(card.tail, "****")
    await user.says("鎖另一張 GASH 卡")
    await user.says(f"序號 {unknown.serial}，全家，今天")
    await user.taps("btn.lock_now")
    assert NUMBER.sub("LF", user.text).replace(unknown.tail, "****") == wrong
    user.sees("utter_lock_requested", "utter_meanwhile")


async def test_an_issuer_that_does_not_answer_is_asked_again_and_again(user: User, till: Till) -> None:
    card = till.prints("razer")
    await user.says(f"幫我鎖 Razer Gold，{described(card)}")
    await user.taps("btn.lock_now")
    user.sees("utter_lock_asked", "utter_demo")
    user.does_not_see("utter_lock_locked", "utter_lock_requested")


async def test_with_the_invoice_neither_shop_nor_time_is_asked(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await user.says("我要鎖卡，GASH 的")
    await user.says(f"序號 {card.serial} 發票號碼 {card.invoice}")
    user.sees("utter_lock_confirm")
    await user.taps("btn.lock_now")
    user.sees("utter_lock_locked")


async def test_what_is_missing_is_asked_one_by_one_with_buttons(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await user.says("我要鎖卡")
    user.sees("utter_ask_serial", "utter_along_issuer")
    await user.says(card.serial)
    user.sees("utter_ask_issuer")
    await user.taps("btn.issuer_gash")
    user.sees("utter_ask_store", "utter_along_bought")
    await user.taps("btn.chain_familymart")
    user.sees("utter_ask_bought")
    await user.says(card.when)
    user.sees("utter_lock_confirm")
    await user.taps("btn.lock_now")
    user.sees("utter_lock_locked")


async def test_a_pin_is_covered_and_never_asked_for(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await user.says(STORY)
    await user.says(f"{described(card)}，密碼 A7K9Q2M4")
    user.sees("utter_secret_not_kept", "utter_lock_confirm")
    assert "A7K9Q2M4" not in user.text


async def test_a_correction_at_the_card(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await user.says(STORY)
    await user.says(f"序號 {card.serial}，7-11，{card.when}")
    assert "7-ELEVEN" in user.text
    await user.says("不是 7-11，是全家")
    user.sees("utter_lock_confirm")
    assert "7-ELEVEN" not in user.text
    await user.taps("btn.lock_now")
    user.sees("utter_lock_locked")


@pytest.mark.parametrize("stop", ["取消", "先不要鎖", "算了"])
async def test_who_stops_hears_that_nothing_is_locked(user: User, till: Till, stop: str) -> None:
    card = await till.sells("gash")
    await user.says(STORY)
    await user.says(described(card))
    await user.says(stop)
    user.sees("utter_lock_not_done")
    await user.says("對")
    user.sees("utter_nothing_to_confirm")
    assert await till.may_credit(card) == "permitted"


async def test_the_same_card_again_has_the_same_case(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await locked(user, card)
    number = NUMBER.findall(user.text)
    await locked(user, card)
    user.sees("utter_lock_known")
    assert NUMBER.findall(user.text) == number


async def test_a_card_that_somebody_else_has_locked_tells_nothing_of_that(
    user: User, english: User, till: Till
) -> None:
    card = await till.sells("gash")
    await locked(user, card)
    await english.says(f"lock my GASH card, serial {card.serial}, FamilyMart, {card.when}")
    await english.taps("btn.lock_now")
    english.sees("utter_lock_requested")


async def test_a_question_in_the_middle_is_answered_and_it_goes_on(user: User, till: Till) -> None:
    await user.says(STORY)
    await user.says("什麼是小白單")
    user.sees("utter_info_white_slip", "utter_ask_serial")
    await user.says("為什麼要序號")
    user.sees("utter_why_card", "utter_ask_serial")


async def test_more_that_was_lost_gets_its_own_card_and_the_lock_goes_on(user: User) -> None:
    await user.says(STORY)
    await user.says("我還把信用卡卡號和驗證碼也給他了")
    assert user.cards[0] == "emergency"
    user.sees("utter_emergency_otp", "utter_ask_serial")


async def test_a_sale_that_is_registered_later_locks_by_itself(user: User, till: Till) -> None:
    card = till.prints("gash")
    await locked(user, card)
    user.sees("utter_lock_requested")
    await till.registers(card)
    assert await till.may_credit(card) == "locked"
    await user.says("我的案件")
    user.sees("utter_lock_locked")


async def test_in_a_group_a_typed_yes_locks_nothing(group: tuple[Member, Member], till: Till) -> None:
    member, _ = group
    card = await till.sells("gash")
    await member.says(f"我要鎖 GASH 卡，{described(card)}")
    assert member.keys[-1] == "utter_lock_confirm"
    await member.says("鎖卡")
    assert member.keys == ["utter_lock_not_yet", "utter_lock_confirm"]
    await member.taps("btn.lock_now")
    assert "utter_lock_locked" in member.keys


@pytest.mark.parametrize("text", ["yes but change the serial to {}", "序號改成 {}", "{} 才對"])
async def test_another_serial_at_the_card_takes_the_place_of_the_first(
    user: User, till: Till, text: str
) -> None:
    wrong, right = await till.sells("gash"), await till.sells("gash")
    await user.says(STORY)
    await user.says(described(wrong))
    await user.says(text.format(right.serial))
    assert right.tail in user.text
    assert wrong.tail not in user.text
    await user.taps("btn.lock_now")
    assert await till.may_credit(right) == "locked"
    assert await till.may_credit(wrong) == "permitted"
