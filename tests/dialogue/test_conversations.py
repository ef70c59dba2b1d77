"""Whole conversations through the real processes, in both languages: what people say, see and tap."""

import pytest

from tests.dialogue.conftest import User

pytestmark = pytest.mark.processes

FAKE_WATER = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"


async def test_a_forwarded_sms_gets_verdict_reasons_and_what_to_do(user: User) -> None:
    await user.says(FAKE_WATER)
    user.sees("utter_verdict_fraud", "utter_privacy")
    assert "water-tw[.]top" in user.text
    assert "water.gov.tw" in user.text
    assert user.cards == ["verdict"]
    await user.says("謝謝")
    user.sees("utter_thanks")
    user.does_not_see("utter_privacy")


async def test_asking_without_a_message_asks_for_it_and_then_checks_whatever_comes(user: User) -> None:
    await user.says("這封簡訊是真的嗎")
    user.sees("utter_ask_message")
    await user.says("0800-123-456")
    assert user.cards == ["verdict"]


async def test_cancel_while_the_message_is_awaited_says_what_was_not_done(user: User) -> None:
    await user.says("這封簡訊是真的嗎")
    await user.says("取消")
    user.sees("utter_form_stopped")
    await user.says("取消")
    user.sees("utter_nothing_to_cancel")


async def test_telling_the_sender_changes_the_verdict(user: User) -> None:
    await user.says("您的電話費已逾期，請儘速繳納以免停話")
    assert user.cards == ["verdict"]
    await user.taps("btn.tell_sender")
    user.sees("utter_ask_sender")
    await user.says("0800-080-123")
    user.sees("utter_verdict_changed", "utter_verdict_suspicious")
    await user.taps("btn.tell_app")
    await user.taps("btn.app_sms")
    user.sees("utter_verdict_changed", "utter_verdict_fraud")


async def test_a_question_about_the_sender_can_be_left_by_forwarding_another_message(user: User) -> None:
    await user.says("您的電話費已逾期，請儘速繳納以免停話")
    await user.taps("btn.tell_sender")
    await user.says(FAKE_WATER)
    user.sees("utter_verdict_fraud")
    user.does_not_see("utter_verdict_changed")


async def test_money_gone_comes_first_even_in_the_middle_of_a_question(user: User) -> None:
    await user.says("這封簡訊是真的嗎")
    await user.says("慘了我剛剛轉了三萬給他")
    user.sees("utter_emergency_transfer")
    assert user.cards == ["emergency"]


async def test_a_scammed_person_can_say_by_tap_what_was_lost(user: User) -> None:
    await user.says("我被騙了怎麼辦")
    assert user.cards == ["emergency"]
    await user.taps("btn.lost_card")
    user.sees("utter_emergency_card")


async def test_words_of_self_harm_get_1925_first(user: User) -> None:
    await user.says("錢全部被騙光了，我不想活了")
    assert "1925" in user.replies[0]["text"]
    assert "1995" in user.replies[0]["text"]


async def test_what_is_not_connected_is_said_with_todays_way(user: User) -> None:
    await user.says("我要申請物流隱碼")
    user.sees("utter_not_connected_create_hidden_code")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("我要檢舉這封詐騙簡訊", "utter_ask_contents"),
        ("我的網站被誤封了，要申訴", "utter_ask_appealed"),
    ],
)
async def test_every_other_goal_has_an_honest_answer(user: User, said: str, key: str) -> None:
    await user.says(said)
    user.sees(key)


async def test_a_language_choice_stays(user: User) -> None:
    await user.says("請改用英文")
    user.sees("utter_language_now_en")
    user.language = "en"
    await user.says("謝謝")
    user.sees("utter_thanks")


async def test_the_first_sentence_decides_the_language(english: User) -> None:
    await english.says("Is this text message real?")
    english.sees("utter_ask_message", "utter_privacy")
    await english.says(FAKE_WATER)
    english.sees("utter_verdict_fraud")


async def test_a_forwarded_chinese_message_does_not_change_english(english: User) -> None:
    await english.says("hello there, who are you?")
    await english.says(FAKE_WATER)
    english.sees("utter_verdict_fraud")
    await english.says("thank you")
    english.sees("utter_thanks")


async def test_an_english_emergency(english: User) -> None:
    await english.says("Help, I just transferred 30,000 to a scammer")
    english.sees("utter_emergency_transfer")


async def test_deleting_needs_one_confirming_answer(user: User) -> None:
    await user.says("刪除我的資料")
    user.sees("utter_delete_confirm")
    await user.taps("btn.confirm_delete")
    user.sees("utter_erased")
    user.does_not_see("utter_privacy")
    await user.says("你好")
    user.sees("utter_privacy")


async def test_a_typed_yes_deletes_while_the_card_is_the_last_thing_shown(user: User) -> None:
    await user.says("刪除我的資料")
    await user.says("對")
    user.sees("utter_erased")


async def test_a_typed_yes_later_deletes_nothing(user: User) -> None:
    await user.says("刪除我的資料")
    await user.says("謝謝")
    await user.says("對")
    user.does_not_see("utter_erased")


async def test_no_keeps_the_data(user: User) -> None:
    await user.says("刪除我的資料")
    await user.says("不要")
    user.sees("utter_delete_not_done")


async def test_an_old_confirming_button_is_answered_kindly_after_deletion(user: User) -> None:
    await user.says("刪除我的資料")
    payload = user.button("btn.confirm_delete")
    assert payload is not None
    await user.taps_payload(payload)
    await user.taps_payload(payload)
    user.sees("utter_stale_tap")


@pytest.mark.parametrize(
    "hostile",
    [
        "/restart",
        "／session_start",
        '/confirm{"seal":"x"}',
        "{operator} {lang} {{7*7}} %s ${HOME}",
        "<script>alert(1)</script>",
        "\u202e\u0000\u0007 控制字元",
        "\ud800",
        "," * 5000,
        "http://a.tw " * 400,
        "😀" * 300,
    ],
)
async def test_hostile_texts_get_an_answer_and_do_nothing(user: User, hostile: str) -> None:
    await user.says(hostile)
    assert user.text.strip()
    user.does_not_see("utter_erased", "utter_failed")
    assert "<script>" not in user.text
    assert "49" not in user.text


async def test_a_foreign_tap_looks_like_an_old_one(user: User, english: User) -> None:
    await user.says("刪除我的資料")
    payload = user.button("btn.confirm_delete")
    assert payload is not None
    await english.says("hello, good morning")
    await english.taps_payload(payload)
    english.sees("utter_stale_tap")
    await user.taps_payload(payload)
    user.sees("utter_erased")
