"""Reports of messages, numbers, LINE IDs, advertisements and accounts: at most one question, one card, a number."""

import pytest

from tests.dialogue.behind import Behind
from tests.dialogue.conftest import Member, User

pytestmark = pytest.mark.processes

PARCEL = "【包裹通知】您的包裹地址不詳已退回，請點 https://post-re.top/x 更新資料"


async def test_an_sms_in_three_turns(user: User, behind: Behind) -> None:
    await user.says("我要檢舉詐騙簡訊")
    user.sees("utter_ask_contents")
    await user.says(PARCEL)
    user.sees("utter_report_confirm", "utter_report_line_sms")
    assert "post-re.top" not in user.text
    await user.taps("btn.report_send")
    user.sees("utter_report_filed", "utter_report_165_none", "utter_report_evidence")
    told = await behind.told(user.numbers[0])
    assert (told["lane"], told["kind"]) == ("message", "sms")
    assert told["subject"] == PARCEL


async def test_a_copied_picture_is_no_message(user: User) -> None:
    await user.says("我要檢舉詐騙簡訊")
    await user.says("[圖片]")
    user.sees("utter_ask_contents_again")


async def test_the_card_says_what_sending_it_means(user: User, behind: Behind) -> None:
    await user.says("我要檢舉詐騙電話 0978-223-499")
    user.sees("utter_report_consent_none")
    async with behind.hotline_is("live"):
        await user.says("取消")
        await user.says("我要檢舉詐騙電話 0978-223-499")
        user.sees("utter_report_consent_live")


async def test_a_phone_number_in_two_turns(user: User, behind: Behind) -> None:
    await user.says("檢舉這支電話 0978-223-411，冒充檢察官說我涉案要監管帳戶")
    user.sees("utter_report_confirm", "utter_report_line_phone", "utter_report_line_story")
    await user.says("送出")
    user.sees("utter_report_filed")
    told = await behind.told(user.numbers[0])
    assert (told["kind"], told["subject"]) == ("phone", "0978223411")
    assert "監管帳戶" in told["text"]


async def test_a_line_id(user: User, behind: Behind) -> None:
    await user.says("檢舉 LINE ID lucky_778 是詐騙")
    user.sees("utter_report_confirm", "utter_report_line_line_id")
    await user.taps("btn.report_send")
    assert (await behind.told(user.numbers[0]))["kind"] == "line_id"


async def test_an_advertisement(user: User, behind: Behind) -> None:
    await user.says("我要檢舉臉書的詐騙廣告訊息")
    user.sees("utter_ask_contents")
    await user.says("老師帶你穩賺不賠，加 LINE 領飆股")
    user.sees("utter_report_confirm", "utter_report_line_ad")
    await user.taps("btn.report_send")
    assert (await behind.told(user.numbers[0]))["kind"] == "ad"


async def test_an_account_is_a_tip_in_the_same_lane(user: User, behind: Behind) -> None:
    await user.says("我要檢舉一個詐騙帳戶")
    user.sees("utter_ask_account")
    await user.says("中國信託 822-123456789012")
    user.sees("utter_report_confirm", "utter_report_line_account")
    await user.taps("btn.report_send")
    told = await behind.told(user.numbers[0])
    assert (told["lane"], told["kind"], told["subject"]) == ("message", "account", "123456789012")


async def test_in_english(english: User) -> None:
    await english.says("I'd like to report a scam SMS")
    english.sees("utter_ask_contents")
    await english.says("Your parcel is on hold, pay the fee at https://post-fee.top/x today")
    english.sees("utter_report_confirm", "utter_report_line_sms")
    await english.taps("btn.report_send")
    english.sees("utter_report_filed", "utter_report_165_none")


async def test_from_a_verdict_the_message_is_known(user: User) -> None:
    await user.says("老闆說需要買5張MyCard，買好拍序號給我")
    await user.taps("btn.report_it")
    user.sees("utter_report_confirm", "utter_report_line_sms")
    assert "拍序號給我" in user.text
    await user.taps("btn.report_send")
    user.sees("utter_report_filed")


async def test_a_number_that_was_checked_is_reported_as_a_number(user: User, behind: Behind) -> None:
    await user.says("0971-555-122 這支電話是詐騙嗎")
    await user.taps("btn.report_it")
    user.sees("utter_report_confirm", "utter_report_line_phone")
    await user.taps("btn.report_send")
    assert (await behind.told(user.numbers[0]))["kind"] == "phone"


async def test_others_reported_it_too(user: User, english: User) -> None:
    await user.says("檢舉這支電話 0966-120-984")
    await user.taps("btn.report_send")
    user.does_not_see("utter_report_others")
    await english.says("report this number 0966 120 984")
    await english.taps("btn.report_send")
    english.sees("utter_report_others")
    assert english.numbers != user.numbers


async def test_a_forwarded_message_files_nothing(user: User) -> None:
    await user.says(PARCEL)
    assert user.cards == ["verdict"]
    await user.says("對")
    user.sees("utter_nothing_to_confirm")


async def test_a_demonstration_says_so(user: User, behind: Behind) -> None:
    async with behind.hotline_is("sandbox"):
        await user.says("檢舉這支電話 0966-120-111")
        await user.taps("btn.report_send")
    user.sees("utter_report_165_sandbox")
    assert "示範" in user.text


async def test_not_this_one_asks_which(user: User) -> None:
    await user.says("檢舉這支電話 0966-120-333")
    await user.taps("btn.not_this_one")
    user.sees("utter_ask_contents")
    await user.says("0966-120-444")
    user.sees("utter_report_confirm")
    assert "0966120444" in user.text
    assert "0966120333" not in user.text


async def test_words_of_loss_come_first(user: User) -> None:
    await user.says("我要檢舉這支電話 0966-120-555，我剛剛轉了三萬給他")
    assert "165" in user.replies[0]["text"][:40]


async def test_cancel_says_that_nothing_was_sent(user: User) -> None:
    await user.says("我要檢舉詐騙簡訊")
    await user.says("取消")
    user.sees("utter_report_not_sent")
    await user.says("檢舉這支電話 0966-120-666")
    await user.says("算了不檢舉")
    user.sees("utter_report_not_sent")


async def test_two_answers_that_do_not_fit_end_with_a_person(user: User) -> None:
    await user.says("我要檢舉詐騙簡訊")
    await user.says("嗯")
    user.sees("utter_ask_contents_again")
    await user.says("嗯")
    user.sees("utter_report_not_sent")


async def test_evidence_contact_and_withdrawal_are_a_tap_away(user: User, behind: Behind) -> None:
    await user.says("檢舉這支電話 0966-120-777")
    await user.taps("btn.report_send")
    (number,) = user.numbers
    contact, withdraw = user.button("btn.add_contact"), user.button("btn.act_withdraw")
    assert contact
    assert withdraw
    await user.taps("btn.add_evidence")
    await user.says("他每天早上九點打來")
    user.sees("utter_evidence_added")
    await user.taps_payload(contact)
    await user.says("我叫林美美，電話 0911222333")
    user.sees("utter_contact_added")
    assert (await behind.told(number))["contact"] == {"name": "林美美", "phone": "0911222333"}
    await user.taps_payload(withdraw)
    await user.taps("btn.act_now")
    told = await behind.told(number)
    assert told["state"] == "withdrawn"


async def test_in_a_group_only_a_tap_reports(group: tuple[Member, Member]) -> None:
    member, _ = group
    await member.says("檢舉這支電話 0966-120-888")
    assert member.keys[-1] == "utter_report_confirm"
    await member.says("送出")
    assert member.keys == ["utter_report_not_yet", "utter_report_confirm"]
    await member.taps("btn.report_send")
    assert "utter_report_filed" in member.keys
