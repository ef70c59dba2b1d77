from typing import Any

from cli.interactive import Buttons

REPLIES: list[dict[str, Any]] = [
    {"text": "🔴", "buttons": [{"label": "檢舉它", "payload": "t_1"}, {"label": "撥 165", "payload": None}]},
    {"text": "", "buttons": [{"label": "我已經點了", "payload": "t_2"}]},
]


def test_buttons_are_numbered_through_all_replies_and_numbers_tap_them() -> None:
    buttons = Buttons()
    assert buttons.meaning("1") == ("text", "1")
    assert buttons.show(REPLIES) == "🔴\n\n[1] 檢舉它   [2] 我已經點了"
    assert buttons.meaning(" 2 ") == ("tap", "t_2")
    assert buttons.meaning("3") == ("text", "3")
    assert buttons.meaning("１") == ("text", "１")
    assert buttons.meaning("1 是什麼") == ("text", "1 是什麼")


def test_replies_without_buttons_leave_the_numbers_as_they_were() -> None:
    buttons = Buttons()
    buttons.show(REPLIES)
    assert buttons.show([{"text": "好"}]) == "好"
    assert buttons.meaning("1") == ("tap", "t_1")
