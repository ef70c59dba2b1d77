"""Questions how things work, what was lost, what is not understood; in both languages."""

import pytest

from tests.dialogue.conftest import User

pytestmark = pytest.mark.processes


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("什麼是111", "what_is_111"),
        ("請問什麼是物流隱碼", "hidden_code"),
        ("封鎖網站是怎麼做到的", "how_blocking_works"),
        ("打165要錢嗎", "is_165_free"),
        ("如何分辨假的購物網站", "fake_shop"),
        ("警示帳戶是什麼", "alert_account"),
    ],
)
async def test_a_question_is_answered_with_source_and_date(user: User, asked: str, code: str) -> None:
    await user.says(asked)
    user.sees(f"utter_info_{code}")
    assert "來源：" in user.text
    assert "資料到 20" in user.text


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("What is the 111 short code?", "what_is_111"),
        ("What is a hidden delivery code?", "hidden_code"),
        ("How does blocking a site work?", "how_blocking_works"),
        ("Is calling 165 free of charge?", "is_165_free"),
        ("How can I spot a fake shop?", "fake_shop"),
    ],
)
async def test_and_in_english(english: User, asked: str, code: str) -> None:
    await english.says(asked)
    english.sees(f"utter_info_{code}")
    assert "Source:" in english.text


async def test_a_question_without_an_answer_offers_likely_ones(user: User) -> None:
    await user.says("請問165的英文客服是什麼")
    await user.says("請問什麼是殺豬盤")
    user.sees("utter_info_unknown")
    assert "165" in user.text
    await user.taps("btn.info_three_marks")
    user.sees("utter_info_three_marks", "utter_info_source")


async def test_unsure_twice_in_a_row_offers_a_person(user: User) -> None:
    await user.says("喵喵喵喵")
    user.sees("utter_unsure")
    assert len(user.labels) >= 2
    await user.says("汪汪汪汪")
    user.sees("utter_unsure_again")
    assert "165" in user.text


async def test_unsure_twice_in_english(english: User) -> None:
    await english.says("hello there, who are you?")
    await english.says("qwerty asdf")
    english.sees("utter_unsure")
    await english.says("zxcvb hjkl")
    english.sees("utter_unsure_again")


async def test_a_likely_goal_is_one_tap_away(user: User) -> None:
    await user.says("喵喵喵喵")
    await user.taps("btn.check_message")
    assert user.cards == ["verdict"]


@pytest.mark.parametrize(
    ("word", "loss"),
    [
        ("是點數卡", "card"),
        ("不是轉帳，我給了驗證碼", "otp"),
        ("網銀密碼", "credentials"),
        ("是匯款", "transfer"),
    ],
)
async def test_a_word_says_what_was_lost(user: User, word: str, loss: str) -> None:
    await user.says("我被騙了怎麼辦")
    assert user.cards == ["emergency"]
    await user.says(word)
    user.sees(f"utter_emergency_{loss}")


@pytest.mark.parametrize("loss", ["card", "otp", "credentials"])
async def test_a_tap_says_what_was_lost_in_english(english: User, loss: str) -> None:
    await english.says("I think I have been scammed, what now?")
    await english.taps(f"btn.lost_{loss}")
    english.sees(f"utter_emergency_{loss}")
    assert "165" in english.text


async def test_the_facts_of_a_check_can_be_told_together_and_without_buttons(user: User) -> None:
    await user.says("您的電話費已逾期，請儘速繳納以免停話")
    assert user.cards == ["verdict"]
    await user.says("寄件人是 0800-080-123")
    user.sees("utter_verdict_changed", "utter_verdict_suspicious")
    await user.says("是用簡訊傳的")
    user.sees("utter_verdict_changed", "utter_verdict_fraud")


async def test_a_question_while_the_sender_is_asked_for(user: User) -> None:
    await user.says("您的電話費已逾期，請儘速繳納以免停話")
    await user.taps("btn.tell_sender")
    await user.says("為什麼要給你")
    user.sees("utter_why_sender", "utter_ask_sender")
    await user.says("0800-080-123，是簡訊")
    user.sees("utter_verdict_changed", "utter_verdict_fraud")


async def test_not_knowing_the_sender_in_english(english: User) -> None:
    await english.says("hello there, who are you?")
    await english.says("您的電話費已逾期，請儘速繳納以免停話")
    await english.taps("btn.tell_sender")
    english.sees("utter_ask_sender")
    await english.taps("btn.dont_know")
    english.sees("utter_detail_ended")


async def test_language_by_tap_and_back(user: User) -> None:
    await user.says("切換語言")
    user.sees("utter_language_ask")
    await user.taps("btn.lang_en")
    user.language = "en"
    user.sees("utter_language_now_en")
    await user.says("please switch back to Chinese")
    user.language = "zh-TW"
    user.sees("utter_language_now_zh")


@pytest.mark.parametrize(
    "text", ["不要刪除我的資料", "先不要鎖卡", "我沒有要檢舉網站", "我還沒付錢", "不要換成英文"]
)
async def test_what_is_denied_is_not_done(user: User, text: str) -> None:
    await user.says(text)
    assert not user.cards
    user.does_not_see("utter_delete_confirm", "utter_ask_address", "utter_language_now_en")
    user.does_not_see("utter_lock_opening", "utter_ask_serial")


async def test_what_is_denied_is_not_done_in_english(english: User) -> None:
    await english.says("please don't delete my data")
    english.does_not_see("utter_delete_confirm")
    await english.says("I do not want to report anything")
    english.does_not_see("utter_ask_address")
