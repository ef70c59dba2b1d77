"""The report of a website, a goal with fields and a confirming card: told in any order, corrected, left, resumed."""

import pytest

from tests.dialogue.conftest import User

pytestmark = pytest.mark.processes

FAKE_WATER = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"


async def asked_whom_it_imitates(user: User) -> User:
    await user.says("我要檢舉網站")
    return await user.says("evil-shop.top")


async def shown_the_card(user: User) -> User:
    await asked_whom_it_imitates(user)
    await user.says("它假裝成蝦皮")
    return await user.taps("btn.found_ad")


async def test_it_says_at_once_that_nothing_is_sent_asks_three_things_and_ends_honestly(user: User) -> None:
    await user.says("我要檢舉網站")
    user.sees("utter_report_site_opening", "utter_ask_address")
    await user.says("evil-shop.top")
    user.sees("utter_ask_brand")
    await user.says("它假裝成蝦皮")
    user.sees("utter_ask_found")
    await user.taps("btn.found_ad")
    user.sees("utter_report_site_confirm")
    assert "evil-shop[.]top" in user.text
    assert "蝦皮" in user.text
    await user.taps("btn.report_right")
    user.sees("utter_report_site_summary", "utter_not_connected_report_site")
    assert user.cards == ["report"]


async def test_in_english(english: User) -> None:
    await english.says("I want to report a website")
    english.sees("utter_report_site_opening", "utter_ask_address")
    await english.says("it is evil-shop.top")
    english.sees("utter_ask_brand")
    await english.says("it pretends to be Shopee")
    english.sees("utter_ask_found")
    await english.says("a Facebook ad")
    english.sees("utter_report_site_confirm")
    await english.says("yes")
    english.sees("utter_report_site_summary", "utter_not_connected_report_site")


async def test_what_the_first_sentence_tells_is_not_asked(user: User) -> None:
    await user.says("我要檢舉網站 evil-shop.top，在臉書看到的")
    user.sees("utter_ask_brand")
    assert user.cards == ["verdict"]
    await user.says("蝦皮")
    user.sees("utter_report_site_confirm")
    user.does_not_see("utter_ask_found", "utter_ask_address")


async def test_from_a_verdict_the_address_is_known(user: User) -> None:
    await user.says(FAKE_WATER)
    await user.taps("btn.report_it")
    user.sees("utter_report_site_opening", "utter_ask_brand")
    await user.taps("btn.dont_know")
    await user.says("簡訊")
    user.sees("utter_report_site_confirm")
    assert "water-tw[.]top" in user.text
    assert "不清楚" in user.text


async def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(user: User) -> None:
    await asked_whom_it_imitates(user)
    await user.says("等一下，165要錢嗎")
    user.sees("utter_info_is_165_free", "utter_info_source", "utter_ask_brand")
    await user.says("為什麼要問這個")
    user.sees("utter_why_report", "utter_ask_brand")
    await user.says("謝謝")
    user.sees("utter_thanks", "utter_ask_brand")
    await user.says("台電")
    user.sees("utter_ask_found")


async def test_a_question_in_the_middle_in_english(english: User) -> None:
    await english.says("I want to report a website")
    await english.says("what is 111?")
    english.sees("utter_info_what_is_111", "utter_ask_address")
    await english.says("evil-shop.top")
    english.sees("utter_ask_brand")


async def test_a_correction_in_the_middle(user: User) -> None:
    await asked_whom_it_imitates(user)
    await user.says("不對，網址是 good-shop.top")
    user.sees("utter_ask_brand")
    await user.says("蝦皮")
    await user.says("簡訊")
    user.sees("utter_report_site_confirm")
    assert "good-shop[.]top" in user.text
    assert "evil-shop" not in user.text


async def test_a_correction_at_the_card_shows_it_again(user: User) -> None:
    await shown_the_card(user)
    await user.says("不是，是 good-shop.top")
    user.sees("utter_report_site_confirm")
    assert "good-shop[.]top" in user.text
    assert "evil-shop" not in user.text


async def test_no_the_other_one_asks_which(user: User) -> None:
    await shown_the_card(user)
    await user.says("不是這個，另一個")
    user.sees("utter_ask_address")
    await user.says("b-shop.top")
    user.sees("utter_report_site_confirm")
    assert "b-shop[.]top" in user.text
    assert "蝦皮" in user.text


async def test_no_the_other_one_in_english(english: User) -> None:
    await english.says("I want to report a website")
    await english.says("it is evil-shop.top")
    await english.says("Shopee")
    await english.says("a text message")
    await english.says("no, the other one")
    english.sees("utter_ask_address")
    await english.says("it's b-shop.top")
    english.sees("utter_report_site_confirm")
    assert "b-shop[.]top" in english.text


async def test_the_button_not_this_one_does_the_same(user: User) -> None:
    await shown_the_card(user)
    await user.taps("btn.not_this_site")
    user.sees("utter_ask_address")


async def test_an_old_card_with_other_details_confirms_nothing(user: User) -> None:
    await shown_the_card(user)
    old = user.button("btn.report_right")
    assert old is not None
    await user.says("不是，是 good-shop.top")
    await user.taps_payload(old)
    user.sees("utter_report_site_not_yet", "utter_report_site_confirm")
    user.does_not_see("utter_report_site_summary")
    assert "good-shop[.]top" in user.text


async def test_anything_less_than_a_yes_confirms_nothing(user: User) -> None:
    await shown_the_card(user)
    await user.says("對嗎？")
    user.sees("utter_report_site_not_yet", "utter_report_site_confirm")
    await user.says("對，就這樣")
    user.sees("utter_report_site_summary")


@pytest.mark.parametrize("steps", [0, 1, 2])
@pytest.mark.parametrize("stop", ["取消", "算了不檢舉", "我沒有要檢舉了"])
async def test_cancel_works_everywhere_and_says_what_was_not_done(user: User, steps: int, stop: str) -> None:
    await user.says("我要檢舉網站")
    for answer in ("evil-shop.top", "蝦皮")[:steps]:
        await user.says(answer)
    await user.says(stop)
    user.sees("utter_report_not_sent")
    await user.says("取消")
    user.sees("utter_nothing_to_cancel")


async def test_cancel_at_the_card_and_by_its_button(user: User) -> None:
    await shown_the_card(user)
    await user.taps("btn.stop")
    user.sees("utter_report_not_sent")
    await user.says("對")
    user.sees("utter_nothing_to_confirm")


async def test_switching_says_what_was_not_done_and_drops_what_was_told(user: User) -> None:
    await asked_whom_it_imitates(user)
    await user.says("我要鎖卡")
    user.sees("utter_not_connected_lock_card", "utter_report_not_sent")
    await user.says("我要檢舉網站")
    user.sees("utter_ask_address")


async def test_another_message_in_the_middle_is_checked(user: User) -> None:
    await asked_whom_it_imitates(user)
    await user.says(FAKE_WATER)
    user.sees("utter_verdict_fraud", "utter_report_not_sent")
    assert user.cards == ["verdict"]


async def test_a_pasted_message_may_be_the_answer_to_which_site(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says(FAKE_WATER)
    user.sees("utter_ask_found")
    user.does_not_see("utter_ask_brand")  # it says whose name it borrows


async def test_words_of_loss_in_the_middle_get_the_calls_first(user: User) -> None:
    await asked_whom_it_imitates(user)
    await user.says("我剛剛在上面刷卡付了三千")
    assert user.cards == ["emergency"]
    await user.says("蝦皮")
    user.does_not_see("utter_ask_found")


async def test_words_of_loss_in_the_middle_in_english(english: User) -> None:
    await english.says("I want to report a website")
    await english.says("I already paid with my card there")
    assert english.cards == ["emergency"]
    assert "165" in english.replies[0]["text"]


async def test_words_of_self_harm_in_the_middle_get_1925_and_nothing_is_written_down(user: User) -> None:
    await asked_whom_it_imitates(user)
    await user.says("我不想活了")
    assert "1925" in user.text
    user.does_not_see("utter_ask_found", "utter_ask_brand")
    await user.says("對")
    user.sees("utter_nothing_to_confirm")


async def test_the_language_changes_in_the_middle(user: User) -> None:
    await asked_whom_it_imitates(user)
    await user.says("請改用英文")
    user.language = "en"
    user.sees("utter_language_now_en", "utter_ask_brand")
    await user.taps("btn.dont_know")
    user.sees("utter_ask_found")


async def test_two_answers_that_do_not_fit_end_with_a_person(user: User) -> None:
    await user.says("我要檢舉網站")
    await user.says("一個賣鞋子的")
    user.sees("utter_ask_address_again")
    await user.says("就是賣鞋子的那個")
    user.sees("utter_report_not_sent")
    assert "165" in user.text


async def test_an_old_choice_is_answered_kindly(user: User) -> None:
    await asked_whom_it_imitates(user)
    await user.says("蝦皮")
    old = user.button("btn.found_sms")
    assert old is not None
    await user.says("取消")
    await user.taps_payload(old)
    user.sees("utter_question_closed")
    await asked_whom_it_imitates(user)
    await user.taps_payload(old)
    user.sees("utter_question_closed", "utter_ask_brand")
