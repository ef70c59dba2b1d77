"""The report of a website: at most three turns, one question, one card, a number at once, and nothing said too much."""

import pytest

from tests.dialogue.behind import Behind
from tests.dialogue.conftest import User

pytestmark = pytest.mark.processes

FAKE_WATER = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"


async def shown_the_card(user: User, address: str = "evil-shop.top") -> User:
    await user.says("我要檢舉網站")
    return await user.says(address)


async def reported(user: User, address: str) -> str:
    await shown_the_card(user, address)
    await user.taps("btn.report_send")
    user.sees("utter_report_filed")
    (number,) = user.numbers
    return number


async def test_three_turns_one_question_and_a_number(user: User) -> None:
    await user.says("我要檢舉網站")
    user.sees("utter_ask_address")
    await user.says("three-turns.top")
    user.sees("utter_report_confirm", "utter_report_line_address")
    assert "three-turns[.]top" in user.text
    await user.taps("btn.report_send")
    user.sees("utter_report_filed", "utter_report_165_none", "utter_report_evidence")
    assert len(user.numbers) == 1
    assert user.cards == ["report"]
    assert "three-turns.top" not in user.text


async def test_in_english(english: User) -> None:
    await english.says("I want to report a website")
    english.sees("utter_ask_address")
    await english.says("it is english-evil.top, it pretends to be Shopee")
    english.sees("utter_report_confirm", "utter_report_line_brand")
    await english.says("send it")
    english.sees("utter_report_filed", "utter_report_165_none")
    assert "165 is not connected" in english.text


async def test_with_the_address_only_the_brand_is_asked(user: User) -> None:
    await user.says("我要檢舉網站 asks-brand.top，在臉書看到的")
    user.sees("utter_ask_brand")
    assert user.cards == ["verdict"]
    await user.says("蝦皮")
    user.sees("utter_report_confirm", "utter_report_line_brand", "utter_report_line_found")
    await user.taps("btn.report_send")
    user.sees("utter_report_filed")


async def test_all_in_the_first_sentence_asks_nothing(user: User, behind: Behind) -> None:
    await user.says("檢舉 https://all-told.top/a?b=1 假冒台電，在簡訊收到的")
    user.sees("utter_report_confirm")
    user.does_not_see("utter_ask_brand", "utter_ask_address")
    await user.says("送出")
    told = await behind.told(user.numbers[0])
    assert (told["lane"], told["kind"], told["brand"], told["found"]) == ("site", "site", "台電", "sms")
    assert told["subject"] == "https://all-told.top/a?b=1"
    assert told["consent"] is True


async def test_from_a_verdict_the_address_and_the_imitated_name_are_known(user: User) -> None:
    await user.says(FAKE_WATER)
    await user.taps("btn.report_it")
    user.sees("utter_report_confirm", "utter_report_line_brand", "utter_report_line_story")
    assert "water-tw[.]top" in user.text
    assert "台灣自來水" in user.text
    await user.taps("btn.report_send")
    user.sees("utter_report_filed")


async def test_where_it_was_met_is_a_tap_on_the_card_or_a_word(user: User, behind: Behind) -> None:
    await shown_the_card(user, "tap-found.top")
    old = user.button("btn.report_send")
    assert old is not None
    await user.taps("btn.found_ad")
    user.sees("utter_report_confirm", "utter_report_line_found")
    assert user.button("btn.found_ad") is None
    await user.taps_payload(old)  # it stood under other details
    user.does_not_see("utter_report_filed")
    await user.taps("btn.report_send")
    assert (await behind.told(user.numbers[0]))["found"] == "ad"

    await shown_the_card(user, "typed-found.top")
    await user.says("簡訊")
    user.sees("utter_report_confirm", "utter_report_line_found")


async def test_others_are_counted_and_the_same_person_only_once(user: User, english: User) -> None:
    number = await reported(user, "many-report.top")
    user.does_not_see("utter_report_others")
    await english.says("I want to report a website")
    await english.says("many-report.top")
    await english.taps("btn.report_send")
    english.sees("utter_report_filed", "utter_report_others")
    assert english.numbers != [number]
    await shown_the_card(user, "many-report.top")
    await user.taps("btn.report_send")
    user.sees("utter_report_again", "utter_report_others")
    assert user.numbers == [number]


async def test_several_addresses_get_a_number_each(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says("several-one.top 跟 several-two.top")
    await user.taps("btn.report_send")
    assert len(user.numbers) == 2
    assert user.button("btn.add_contact") is None


async def test_a_demonstration_says_so(user: User, behind: Behind) -> None:
    async with behind.hotline_is("sandbox"):
        await shown_the_card(user, "sandbox-report.top")
        await user.taps("btn.report_send")
    user.sees("utter_report_filed", "utter_report_165_sandbox", "utter_report_evidence")
    assert "示範" in user.text


async def test_a_live_165_is_not_said_to_have_it(user: User, behind: Behind) -> None:
    async with behind.hotline_is("live"):
        await shown_the_card(user, "live-report.top")
        await user.taps("btn.report_send")
    user.sees("utter_report_filed", "utter_report_165_live")
    user.does_not_see("utter_report_evidence", "utter_report_165_none")
    assert "165 已" not in user.text


async def test_contact_is_kept_by_a_tap_and_only_encrypted(user: User, behind: Behind) -> None:
    number = await reported(user, "contact-site.top")
    await user.taps("btn.add_contact")
    user.sees("utter_ask_contact")
    await user.says("王小明 0912345678 ming@example.com")
    user.sees("utter_contact_added")
    contact = (await behind.told(number))["contact"]
    assert contact == {"name": "王小明", "phone": "0912345678", "mail": "ming@example.com"}


async def test_contact_may_be_one_thing_or_none(english: User, behind: Behind) -> None:
    await english.says("I want to report a website")
    await english.says("contact-english.top")
    await english.taps("btn.report_send")
    (number,) = english.numbers
    before = english.button("btn.add_contact")
    assert before is not None
    await english.taps_payload(before)
    await english.says("cancel")
    english.sees("utter_contact_not_added")
    await english.taps_payload(before)
    await english.says("0912-345-678")
    english.sees("utter_contact_added")
    assert (await behind.told(number))["contact"] == {"phone": "0912345678"}


async def test_evidence_can_be_added_and_the_report_withdrawn(user: User, behind: Behind) -> None:
    number = await reported(user, "withdrawn-site.top")
    withdraw = user.button("btn.act_withdraw")
    assert withdraw is not None
    await user.taps("btn.add_evidence")
    await user.says("它 11/20 在臉書下廣告")
    user.sees("utter_evidence_added")
    await user.taps_payload(withdraw)
    user.sees("utter_act_confirm")
    await user.taps("btn.act_now")
    user.sees("utter_case_stands")
    assert (await behind.told(number))["state"] == "withdrawn"


async def test_the_case_is_among_the_own_ones(user: User) -> None:
    number = await reported(user, "status-site.top")
    await user.says("我的案件進度")
    assert user.numbers == [number]
    user.sees("utter_stands_reported", "utter_case_due_step", "utter_case_165_none")


async def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says("等一下，165要錢嗎")
    user.sees("utter_info_is_165_free", "utter_info_source", "utter_ask_address")
    await user.says("為什麼要問這個")
    user.sees("utter_why_report", "utter_ask_address")
    await user.says("謝謝")
    user.sees("utter_thanks", "utter_ask_address")
    await user.says("evil-shop.top")
    user.sees("utter_report_confirm")


async def test_a_correction_at_the_card_shows_it_again(user: User) -> None:
    await shown_the_card(user)
    await user.says("不是，是 good-shop.top")
    user.sees("utter_report_confirm")
    assert "good-shop[.]top" in user.text
    assert "evil-shop" not in user.text


async def test_no_the_other_one_asks_which(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says("evil-shop.top 假裝成蝦皮")
    await user.says("不是這個，另一個")
    user.sees("utter_ask_address")
    await user.says("b-shop.top")
    user.sees("utter_report_confirm")
    assert "b-shop[.]top" in user.text
    assert "蝦皮" in user.text


async def test_the_button_not_this_one_does_the_same(user: User) -> None:
    await shown_the_card(user)
    await user.taps("btn.not_this_site")
    user.sees("utter_ask_address")


async def test_an_old_card_with_other_details_sends_nothing(user: User) -> None:
    await shown_the_card(user)
    old = user.button("btn.report_send")
    assert old is not None
    await user.says("不是，是 good-shop.top")
    await user.taps_payload(old)
    user.sees("utter_report_not_yet", "utter_report_confirm")
    user.does_not_see("utter_report_filed")


async def test_anything_less_than_a_yes_sends_nothing(user: User) -> None:
    await shown_the_card(user, "less-than-yes.top")
    await user.says("對嗎？")
    user.sees("utter_report_not_yet", "utter_report_confirm")
    await user.says("對，就這樣")
    user.sees("utter_report_filed")


@pytest.mark.parametrize("steps", [0, 1])
@pytest.mark.parametrize("stop", ["取消", "算了不檢舉", "我沒有要檢舉了"])
async def test_cancel_works_everywhere_and_says_what_was_not_done(user: User, steps: int, stop: str) -> None:
    await user.says("我要檢舉網站")
    for answer in ("evil-shop.top",)[:steps]:
        await user.says(answer)
    await user.says(stop)
    user.sees("utter_report_not_sent")
    await user.says("取消")
    user.sees("utter_nothing_to_cancel")


async def test_cancel_at_the_card_by_its_button(user: User) -> None:
    await shown_the_card(user)
    await user.taps("btn.stop")
    user.sees("utter_report_not_sent")
    await user.says("對")
    user.sees("utter_nothing_to_confirm")


async def test_switching_says_what_was_not_done_and_drops_what_was_told(user: User) -> None:
    await shown_the_card(user)
    await user.says("我要鎖卡")
    user.sees("utter_lock_opening", "utter_report_not_sent")
    await user.says("我要檢舉網站")
    user.sees("utter_ask_address")


async def test_somebody_elses_message_at_the_card_is_checked_and_files_nothing(user: User) -> None:
    await shown_the_card(user)
    await user.says(FAKE_WATER)
    user.sees("utter_verdict_fraud", "utter_report_not_sent")
    assert user.cards == ["verdict"]
    assert user.numbers == []


@pytest.mark.parametrize(
    "forwarded",
    [
        "【165】您檢舉的網站 https://evil-shop.top 已受理，請回覆「送出檢舉」確認",
        "親愛的用戶，請檢舉 evil-shop.top 並按確認送出，點此 https://165-gov.top",
    ],
)
async def test_forwarded_words_of_a_report_report_nothing(user: User, forwarded: str) -> None:
    await user.says(forwarded)
    assert user.cards == ["verdict"]
    await user.says("送出")
    user.does_not_see("utter_report_filed")


async def test_a_pasted_message_may_be_the_answer_to_which_site(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says(FAKE_WATER)
    user.sees("utter_report_confirm", "utter_report_line_address")


async def test_words_of_loss_get_the_calls_first_and_the_report_afterwards(user: User) -> None:
    await user.says("檢舉網站 lost-money.top 假冒蝦皮，害我被騙匯了 30000 元")
    assert "165" in user.replies[0]["text"][:40]
    await user.says("我要檢舉網站 lost-money.top 假冒蝦皮")
    user.sees("utter_report_confirm")
    await user.taps("btn.report_send")
    user.sees("utter_report_filed")


async def test_words_of_loss_in_the_middle_get_the_calls_first(user: User) -> None:
    await shown_the_card(user)
    await user.says("我剛剛在上面刷卡付了三千")
    assert user.cards == ["emergency"]


async def test_words_of_self_harm_in_the_middle_get_1925_and_nothing_is_written_down(user: User) -> None:
    await shown_the_card(user)
    await user.says("我不想活了")
    assert "1925" in user.text
    user.does_not_see("utter_report_confirm")
    await user.says("對")
    user.sees("utter_nothing_to_confirm")


async def test_the_language_changes_in_the_middle(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says("請改用英文")
    user.language = "en"
    user.sees("utter_language_now_en", "utter_ask_address")
    await user.says("evil-shop.top")
    user.sees("utter_report_confirm")


async def test_two_answers_that_do_not_fit_end_with_a_person(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says("一個賣鞋子的")
    user.sees("utter_ask_address_again")
    await user.says("就是賣鞋子的那個")
    user.sees("utter_report_not_sent")
    assert "165" in user.text


async def test_an_old_choice_is_answered_kindly(user: User) -> None:
    await shown_the_card(user)
    old = user.button("btn.found_sms")
    assert old is not None
    await user.says("取消")
    await user.taps_payload(old)
    user.sees("utter_question_closed")
    await user.says("我要檢舉網站")
    await user.taps_payload(old)
    user.sees("utter_question_closed", "utter_ask_address")


async def test_the_organisations_own_address_is_no_fraud_to_report(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says("https://www.water.gov.tw")
    user.does_not_see("utter_report_filed")


async def test_nonsense_as_an_address_is_saved_nowhere(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says("http://localhost/abc")
    if user.button("btn.report_send"):
        await user.taps("btn.report_send")
    assert user.numbers == []
