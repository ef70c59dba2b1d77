"""After the lock: add the receipt, take it back, get the money, object; always only one's own."""

import re

import pytest

from tests.dialogue.conftest import Member, User
from tests.dialogue.selling import Card, Till

pytestmark = pytest.mark.processes

NUMBER = re.compile(r"LF-[0-9A-Z]{4}-[0-9A-Z]{4}")
PROOF = re.compile(r"LP-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


async def locks(user: User, *cards: Card) -> User:
    """One sentence and one tap, in the person's language."""
    if user.language == "en":
        serials = " and ".join(f"GASH serial {card.serial}" for card in cards)
        await user.says(f"please lock {serials}, FamilyMart, {cards[0].when}")
    else:
        serials = "、".join(f"GASH 序號 {card.serial}" for card in cards)
        await user.says(f"幫我鎖 {serials}，全家，{cards[0].when}")
    await user.taps("btn.lock_now")
    user.sees("utter_lock_locked")
    return user


async def confirmed(user: User, card: Card) -> User:
    await locks(user, card)
    await user.taps("btn.add_receipt")
    said = "發票 {} 總金額 {}" if user.language != "en" else "invoice {}, total {}"
    await user.says(said.format(card.invoice, card.total))
    user.sees("utter_lock_confirmed")
    return user


# Unlock


async def test_the_only_lock_is_released_after_one_yes(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await user.says("我要解鎖")
    user.sees("utter_unlock_confirm")
    assert card.tail in user.text
    assert await till.may_credit(card) == "locked"
    await user.taps("btn.unlock_now")
    user.sees("utter_lock_released", "utter_demo")
    assert await till.may_credit(card) == "permitted"


async def test_unlocking_in_english(english: User, till: Till) -> None:
    card = await till.sells("gash")
    await locks(english, card)
    await english.says("please unlock my card")
    english.sees("utter_unlock_confirm")
    await english.says("yes, unlock it")
    english.sees("utter_lock_released")
    assert await till.may_credit(card) == "permitted"


async def test_by_mistake_is_a_button_below_the_lock(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await user.taps("btn.locked_by_mistake")
    user.sees("utter_unlock_confirm")
    await user.says("解除")
    user.sees("utter_lock_released")


async def test_of_two_locks_the_tail_says_which(user: User, till: Till) -> None:
    first, second = await till.sells("gash"), await till.sells("gash")
    await locks(user, first, second)
    await user.says("我要解鎖")
    user.sees("utter_ask_case")
    await user.says(f"尾號 {first.tail}")
    user.sees("utter_unlock_confirm")
    await user.taps("btn.unlock_now")
    assert await till.may_credit(first) == "permitted"
    assert await till.may_credit(second) == "locked"


async def test_two_locks_at_once_in_english(english: User, till: Till) -> None:
    first, second = await till.sells("gash"), await till.sells("gash")
    await locks(english, first, second)
    await english.says("I want to unlock my cards")
    english.sees("utter_ask_case")
    await english.says("both")
    await english.taps("btn.unlock_now")
    assert await till.may_credit(first) == await till.may_credit(second) == "permitted"


async def test_no_keeps_it_locked(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await user.says("我要解鎖")
    await user.taps("btn.keep_locked")
    user.sees("utter_unlock_not_done")
    assert await till.may_credit(card) == "locked"


async def test_less_than_a_yes_releases_nothing(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await user.says("我要解鎖")
    await user.says("確定嗎？")
    user.sees("utter_unlock_not_yet", "utter_unlock_confirm")
    assert await till.may_credit(card) == "locked"


async def test_somebody_elses_lock_and_none_look_alike(user: User, english: User, till: Till) -> None:
    await locks(user, await till.sells("gash"))
    (number,) = NUMBER.findall(user.text)
    await english.says(f"unlock case {number}")
    foreign = english.text.replace(number, "")
    english.sees("utter_case_not_found")
    await english.says("unlock case LF-7F3K-92QX")
    assert english.text.replace("LF-7F3K-92QX", "") in foreign
    english.sees("utter_case_not_found")


async def test_without_a_lock_there_is_nothing_to_release(user: User) -> None:
    await user.says("我要解鎖點數卡")
    user.sees("utter_unlock_none")
    assert user.button("btn.object_card")


async def test_a_request_can_be_taken_back_too(user: User, till: Till) -> None:
    await user.says(f"幫我鎖 GASH 序號 {till.prints('gash').serial}，全家，今天早上")
    await user.taps("btn.lock_now")
    user.sees("utter_lock_requested")
    await user.taps("btn.withdraw_lock")
    await user.taps("btn.unlock_now")
    user.sees("utter_lock_closed")


async def test_in_a_group_a_typed_yes_releases_nothing(group: tuple[Member, Member], till: Till) -> None:
    member, _ = group
    card = await till.sells("gash")
    await member.says(f"我要鎖 GASH 卡，序號 {card.serial}，全家，{card.when}")
    await member.taps("btn.lock_now")
    await member.says("我要解鎖")
    await member.says("解除")
    assert member.keys == ["utter_unlock_not_yet", "utter_unlock_confirm"]
    assert await till.may_credit(card) == "locked"


async def test_the_holder_of_a_card_that_another_locked_objects(
    user: User, english: User, till: Till
) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await english.says("somebody locked my card, please unlock it")
    english.sees("utter_object_opening", "utter_ask_serial")
    await english.says(f"GASH serial {card.serial}, FamilyMart, {card.when}")
    english.sees("utter_object_confirm")
    await english.taps("btn.object_now")
    english.sees("utter_object_filed")
    assert await till.may_credit(card) == "locked"


# Confirm


async def test_the_right_receipt_makes_the_lock_final(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await user.taps("btn.add_receipt")
    user.sees("utter_ask_receipt")
    await user.says(f"發票 {card.invoice}")
    user.sees("utter_ask_total")
    await user.says(str(card.total))
    user.sees("utter_lock_confirmed", "utter_then_refund")


async def test_a_wrong_receipt_does_not(user: User, till: Till) -> None:
    await locks(user, await till.sells("gash"))
    await user.taps("btn.add_receipt")
    await user.says("ZZ12345678，總金額 5000")
    user.sees("utter_confirm_differs", "utter_lock_locked")


async def test_the_number_of_165_in_english(english: User, till: Till) -> None:
    await locks(english, await till.sells("gash"))
    await english.taps("btn.add_receipt")
    await english.says("165 case number A1141122007")
    english.sees("utter_lock_confirmed", "utter_confirmed_as_told")


# Refund


async def test_what_to_bring_and_the_proof(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await confirmed(user, card)
    await user.says("我要退費")
    user.sees(
        "utter_refund_bring", "utter_refund_proof", "utter_refund_store_not_joined", "utter_refund_rule"
    )
    assert PROOF.search(user.text)
    assert "/verify/LP-" in user.text
    assert user.cards == ["proof"]
    assert "全家" in user.text
    assert "示範" in user.text


async def test_what_to_bring_in_english(english: User, till: Till) -> None:
    card = await till.sells("gash")
    await confirmed(english, card)
    await english.says("how do I get a refund for my card")
    await english.says("I want my money back for the locked card")
    english.sees("utter_refund_bring", "utter_refund_proof")
    assert "FamilyMart" in english.text


async def test_the_proof_is_a_button_below_the_lock(user: User, till: Till) -> None:
    await locks(user, await till.sells("gash"))
    await user.taps("btn.refund_proof")
    user.sees("utter_refund_bring", "utter_refund_confirm_first")
    assert PROOF.search(user.text)
    await user.taps("btn.add_receipt")
    user.sees("utter_ask_receipt")


async def test_two_cards_have_two_proofs(user: User, till: Till) -> None:
    await locks(user, await till.sells("gash"), await till.sells("gash"))
    await user.says("退費證明")
    assert len(set(PROOF.findall(user.text))) == 2


async def test_the_page_behind_the_proof_is_there(user: User, till: Till) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await user.says("我要退費")
    (proof,) = set(PROOF.findall(user.text))
    async with till.http.get(f"{till.public}/verify/{proof}") as page:
        assert page.status == 200
        assert card.tail in await page.text()
    async with till.http.get(f"{till.public}/verify/{proof}.png") as picture:
        assert picture.content_type == "image/png"


async def test_without_a_lock_the_refund_is_explained(user: User) -> None:
    await user.says("我買的點數卡要退費")
    user.sees("utter_refund_none", "utter_refund_how")


async def test_without_a_lock_in_english(english: User) -> None:
    await english.says("I want a refund for my game card")
    english.sees("utter_refund_none", "utter_refund_how")


async def test_a_recorded_card_names_the_issuers_own_way(user: User) -> None:
    await user.says("我被騙買了 MyCard，序號 MCAB7777000001 給他了")
    await user.taps("btn.record_cards")
    await user.says("我要退費")
    user.sees("utter_refund_none", "utter_lock_recorded", "utter_do_now")


async def test_after_too_late_the_refund_says_what_is_possible(user: User, till: Till) -> None:
    card = await till.credits(await till.sells("gash"))
    await user.says(f"幫我鎖 GASH 序號 {card.serial}，全家，{card.when}")
    await user.taps("btn.lock_now")
    await user.says("那可以退費嗎，我要退費")
    user.sees("utter_refund_none", "utter_lock_too_late", "utter_still_possible")


async def test_somebody_elses_proof_is_not_shown(user: User, english: User, till: Till) -> None:
    await locks(user, await till.sells("gash"))
    (number,) = NUMBER.findall(user.text)
    await english.says(f"refund proof for {number}")
    assert not PROOF.search(english.text)


async def test_words_of_loss_come_before_a_refund(user: User, till: Till) -> None:
    await locks(user, await till.sells("gash"))
    await user.says("我剛剛又匯了三萬給他，要退費")
    assert user.cards[0] == "emergency"


async def test_the_case_number_says_which_refund(user: User, till: Till) -> None:
    await locks(user, await till.sells("gash"), await till.sells("gash"))
    number = NUMBER.findall(user.text)[0]
    await user.says(f"{number} 退費")
    assert len(set(PROOF.findall(user.text))) == 1


# Said instead of tapped


@pytest.mark.parametrize("text", ["補發票", "我找到發票了"])
async def test_the_receipt_can_be_announced(user: User, till: Till, text: str) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await user.says(text)
    user.sees("utter_ask_receipt")
    await user.says(f"{card.invoice} 總金額 {card.total}")
    user.sees("utter_lock_confirmed")


@pytest.mark.parametrize("text", ["發票號碼 {} 總金額 {} 元", "I found the receipt {} total {}"])
async def test_a_receipt_that_is_told_confirms(user: User, till: Till, text: str) -> None:
    card = await till.sells("gash")
    await locks(user, card)
    await user.says(text.format(card.invoice, card.total))
    user.sees("utter_lock_confirmed")


async def test_the_number_of_165_that_is_told_confirms(user: User, till: Till) -> None:
    await locks(user, await till.sells("gash"))
    await user.says("165 報案號碼 A1130001234")
    user.sees("utter_lock_confirmed", "utter_confirmed_as_told")


async def objected(user: User, other: User, card: Card) -> None:
    await locks(user, card)
    await other.says("someone locked my card")
    other.sees("utter_object_opening")
    await other.says(f"GASH serial {card.serial}, FamilyMart, {card.when}")
    await other.taps("btn.object_now")
    other.sees("utter_object_filed")
    assert other.button("btn.add_receipt") is None


async def test_after_an_objection_the_owner_confirms(user: User, english: User, till: Till) -> None:
    card = await till.sells("gash")
    await objected(user, english, card)
    await user.says("我的案件")
    user.sees("utter_lock_objected")
    await user.taps("btn.add_receipt")
    await user.says(f"發票號碼 {card.invoice} 總金額 {card.total} 元")
    user.sees("utter_confirm_proven", "utter_lock_objected")


async def test_a_receipt_told_as_evidence_confirms_too(user: User, english: User, till: Till) -> None:
    card = await till.sells("gash")
    await objected(user, english, card)
    await user.says("我的案件")
    await user.taps("btn.add_evidence")
    await user.says(f"發票號碼 {card.invoice}")
    user.sees("utter_evidence_added", "utter_ask_total")
    await user.says(str(card.total))
    user.sees("utter_confirm_proven", "utter_lock_objected")


async def test_a_card_that_others_locked_is_objected_to_even_with_its_serial(
    user: User, english: User, till: Till
) -> None:
    card = await till.sells("gash")
    await locks(english, card)
    await user.says(f"卡是我的，被別人鎖了 GASH 序號 {card.serial} 全家買的 {card.when}")
    user.sees("utter_object_opening", "utter_object_confirm")
    assert "emergency" not in user.cards
    await user.taps("btn.object_now")
    user.sees("utter_object_filed")


@pytest.mark.parametrize("text", ["提出異議", "GASH 序號 {}"])
async def test_the_offer_to_object_is_taken_up_by_typing(user: User, till: Till, text: str) -> None:
    card = await till.sells("gash")
    await user.says("我要解鎖點數卡")
    user.sees("utter_unlock_none")
    await user.says(text.format(card.serial))
    user.sees("utter_object_opening")


async def test_objecting_once_more_within_the_objection_is_no_appeal(user: User) -> None:
    await user.says("卡是我的，被別人鎖了")
    user.sees("utter_object_opening", "utter_ask_serial")
    await user.says("提出異議")
    user.does_not_see("utter_ask_appealed", "utter_object_not_done")
