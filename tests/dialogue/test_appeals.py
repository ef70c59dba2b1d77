"""Appeals against verdicts, listings and blocks: which and why, one card, a number with its clock, the right address."""

import pytest

from tests.dialogue.behind import Behind
from tests.dialogue.conftest import Member, User

pytestmark = pytest.mark.processes

FAKE_WATER = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"
WHY = "這是我們公司的網站，有營業登記"


async def test_every_fraud_verdict_names_the_way(user: User, behind: Behind) -> None:
    await user.says(FAKE_WATER)
    user.sees("utter_verdict_fraud")
    await user.taps("btn.appeal")
    user.sees("utter_ask_reason")
    await user.says(WHY)
    user.sees("utter_appeal_confirm")
    assert "water-tw[.]top" in user.text
    await user.taps("btn.appeal_send")
    user.sees("utter_appeal_filed", "utter_appeal_due", "utter_appeal_verdict")
    told = await behind.told(user.numbers[0])
    assert (told["lane"], told["about"], told["why"]) == ("appeal", "verdict", WHY)


async def test_other_verdicts_do_not_offer_it(user: User) -> None:
    await user.says("abc-shop-new.store 這個可以買嗎")
    assert user.button("btn.appeal") is None


async def test_a_blocked_site(user: User, behind: Behind) -> None:
    await user.says("我的網站被誤封了，我要申訴")
    user.sees("utter_ask_appealed")
    await user.says("goodday-tea.com.tw")
    user.sees("utter_ask_reason")
    await user.says(WHY)
    user.sees("utter_appeal_confirm")
    await user.says("提出申訴")
    user.sees("utter_appeal_filed", "utter_appeal_due", "utter_appeal_elsewhere")
    assert (await behind.told(user.numbers[0]))["about"] == "block"


async def test_a_listing_told_in_one_sentence(user: User, behind: Behind) -> None:
    await user.says("申訴：請把 happyfarm-tw.com 從黑名單拿掉，這是正常的購物網站")
    user.sees("utter_appeal_confirm")
    user.does_not_see("utter_ask_reason", "utter_ask_about")
    await user.taps("btn.appeal_send")
    assert (await behind.told(user.numbers[0]))["about"] == "listing"


async def test_which_one_is_asked_when_nothing_tells(user: User, behind: Behind) -> None:
    await user.says("我要申訴 paperplane-shop.tw")
    user.sees("utter_ask_about")
    await user.taps("btn.about_listing")
    user.sees("utter_ask_reason")
    await user.says(WHY)
    await user.taps("btn.appeal_send")
    assert (await behind.told(user.numbers[0]))["about"] == "listing"


async def test_in_english(english: User) -> None:
    await english.says("I want to appeal the block on lantern-studio.com")
    english.sees("utter_ask_reason")
    await english.says("It is our registered company's own site")
    english.sees("utter_appeal_confirm")
    await english.says("file it")
    english.sees("utter_appeal_filed", "utter_appeal_due", "utter_appeal_elsewhere")


async def test_a_phone_number(user: User) -> None:
    await user.says("我的電話被標成詐騙 02-2345-6789，我要申訴")
    user.sees("utter_ask_reason")
    await user.says("前一個主人可能是騙子，我剛換號碼")
    await user.taps("btn.appeal_send")
    user.sees("utter_appeal_filed")


async def test_an_account_is_no_telephone(user: User, behind: Behind) -> None:
    await user.says("我的帳號 822 1234567890 被列警示，我要申訴")
    user.sees("utter_ask_reason")
    await user.says("我是被冒用的，已經報案")
    user.sees("utter_appeal_confirm", "utter_appealed_account")
    await user.taps("btn.appeal_send")
    told = await behind.told(user.numbers[0])
    assert (told["kind"], told["subject"]) == ("account", "1234567890")


async def test_a_number_that_may_be_either_is_asked_about(user: User, behind: Behind) -> None:
    await user.says("1234567890 被列進名單，我要申訴")
    user.sees("utter_ask_number_is")
    await user.taps("btn.is_phone")
    user.sees("utter_ask_reason")
    await user.says("這是我自己的號碼，沒有騙人")
    await user.taps("btn.appeal_send")
    assert (await behind.told(user.numbers[0]))["kind"] == "phone"


async def test_how_an_appeal_stands_is_told_with_its_deadline(user: User) -> None:
    await user.says("申訴：請把 how-it-stands.com 從黑名單拿掉，這是正常的購物網站")
    await user.taps("btn.appeal_send")
    await user.says("我的案件進度")
    user.sees("utter_case_head", "utter_stands_appeal_filed", "utter_case_due_step")


async def test_the_same_appeal_keeps_its_number(user: User) -> None:
    for _ in range(2):
        await user.says("申訴：請把 same-appeal.com 從黑名單拿掉，這是正常的購物網站")
        await user.taps("btn.appeal_send")
        user.sees("utter_appeal_filed")
        user_number = user.numbers
    await user.says("查我的案件")
    assert user.numbers == user_number


async def test_only_a_yes_files_it(user: User) -> None:
    await user.says("申訴：請把 only-yes.com 從黑名單拿掉，這是正常的購物網站")
    await user.says("可以嗎？")
    user.sees("utter_appeal_not_yet", "utter_appeal_confirm")
    await user.taps("btn.stop")
    user.sees("utter_appeal_not_filed")


async def test_not_this_one_asks_which(user: User) -> None:
    await user.says("申訴：請把 wrong-one.com 從黑名單拿掉，這是正常的購物網站")
    await user.taps("btn.not_this_one")
    user.sees("utter_ask_appealed")
    await user.says("right-one.com")
    user.sees("utter_appeal_confirm")
    assert "right-one[.]com" in user.text


async def test_it_can_be_stopped_anywhere(user: User) -> None:
    await user.says("我的網站被誤封了，我要申訴")
    await user.says("取消")
    user.sees("utter_appeal_not_filed")
    await user.says("我要申訴 stop-me.com，網站被擋")
    user.sees("utter_ask_reason")
    await user.says("取消")
    user.sees("utter_appeal_not_filed")


async def test_any_sentence_may_be_the_reason(user: User, behind: Behind) -> None:
    await user.says("我要申訴 any-reason.com，網站被擋")
    reason = "有同業惡意檢舉，害我網站被關，請你們檢舉他"
    await user.says(reason)
    user.sees("utter_appeal_confirm")
    await user.taps("btn.appeal_send")
    assert (await behind.told(user.numbers[0]))["why"] == reason


async def test_a_forwarded_message_appeals_nothing(user: User) -> None:
    await user.says("【165通知】您的網站已被封鎖，如需申訴請點 https://165-appeal.top 並回覆確認")
    assert user.cards == ["verdict"]
    user.does_not_see("utter_ask_reason", "utter_appeal_confirm")


async def test_it_can_be_added_to_and_withdrawn(user: User, behind: Behind) -> None:
    await user.says("申訴：請把 withdraw-appeal.com 從黑名單拿掉，這是正常的購物網站")
    await user.taps("btn.appeal_send")
    (number,) = user.numbers
    withdraw = user.button("btn.act_withdraw")
    assert withdraw
    await user.taps("btn.add_evidence")
    await user.says("統編 12345675")
    user.sees("utter_evidence_added")
    await user.taps_payload(withdraw)
    await user.taps("btn.act_now")
    assert (await behind.told(number))["state"] == "withdrawn"


async def test_in_a_group_only_a_tap_files_it(group: tuple[Member, Member]) -> None:
    member, _ = group
    await member.says("申訴：請把 in-a-group.com 從黑名單拿掉，這是正常的購物網站")
    assert member.keys[-1] == "utter_appeal_confirm"
    await member.says("提出申訴")
    assert "utter_appeal_filed" not in member.keys
    await member.taps("btn.appeal_send")
    assert "utter_appeal_filed" in member.keys


async def test_an_appeal_about_nothing_is_asked_which_once(user: User, behind: Behind) -> None:
    await user.says("我的店被標成詐騙，我要申訴")
    user.sees("utter_ask_appealed")
    await user.says("我要告你們")
    user.sees("utter_ask_appealed_named")
    await user.says("@goodmorning-shop")
    user.sees("utter_ask_reason")
    await user.says(WHY)
    await user.taps("btn.appeal_send")
    assert (await behind.told(user.numbers[0]))["subject"] == "@goodmorning-shop"
