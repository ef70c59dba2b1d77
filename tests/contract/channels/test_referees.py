"""The referees are awake: the vendors' descriptions refuse what must not pass, and pass what must."""

from typing import Any

import pytest

from tests.fakes.line_documents import document_faults
from tests.fakes.telegram_api import document_faults as telegram_document_faults
from tests.fakes.telegram_spec import telegram_spec
from tests.fakes.vendor_specs import line_messaging, line_webhook

TEXT = {"type": "text", "text": "好"}
ACTION = {"type": "postback", "label": "好", "data": "t_1"}
BUTTON = {"type": "button", "action": ACTION}
BOX = {"type": "box", "layout": "vertical", "contents": [BUTTON]}
FLEX = {"type": "flex", "altText": "好", "contents": {"type": "bubble", "body": BOX}}

REFUSED_BY_LINE: dict[str, list[dict[str, Any]]] = {
    "no message": [],
    "six messages": [TEXT] * 6,
    "unknown type": [{"type": "shout", "text": "好"}],
    "no type": [{"text": "好"}],
    "text missing": [{"type": "text"}],
    "misspelt key": [{**TEXT, "quickReplies": {"items": []}}],
    "flex without altText": [{"type": "flex", "contents": FLEX["contents"]}],
    "sideways": [{**FLEX, "contents": {"type": "bubble", "body": {**BOX, "layout": "sideways"}}}],
    "misspelt key deep inside": [
        {**FLEX, "contents": {"type": "bubble", "body": {**BOX, "contents": [{**BUTTON, "colour": "#fff"}]}}}
    ],
    "postback data of 301": [{**TEXT, "quickReply": {"items": [{"action": {**ACTION, "data": "t" * 301}}]}}],
    "14 quick replies": [{**TEXT, "quickReply": {"items": [{"type": "action", "action": ACTION}] * 14}}],
}


@pytest.mark.parametrize("messages", REFUSED_BY_LINE.values(), ids=REFUSED_BY_LINE)
def test_lines_specification_refuses(messages: list[dict[str, Any]]) -> None:
    spec = line_messaging()
    if spec is None:
        pytest.skip("LINE's specification is not in ../shared")
    assert spec.faults("ReplyMessageRequest", {"replyToken": "t", "messages": [TEXT, FLEX]}) == []
    assert spec.faults("ReplyMessageRequest", {"replyToken": "t", "messages": messages}) != []


def test_lines_webhook_specification_refuses_a_message_without_its_quote_token() -> None:
    spec = line_webhook()
    if spec is None:
        pytest.skip("LINE's specification is not in ../shared")
    event = {"type": "message", "message": {"type": "text", "id": "1", "text": "好"}}
    assert spec.faults("CallbackRequest", {"destination": "U" + "0" * 32, "events": [event]}) != []


REFUSED_BY_LINES_DOCUMENTS: dict[str, dict[str, Any]] = {
    "an empty text": {"type": "text", "text": ""},
    "5001 units": {"type": "text", "text": "字" * 4999 + "𠮷"},
    "a label of 21": {**TEXT, "quickReply": {"items": [{"action": {**ACTION, "label": "字" * 21}}]}},
    "a flex label of 41": {"type": "button", "action": {**ACTION, "label": "字" * 41}},
    "another scheme": {"type": "uri", "label": "好", "uri": "javascript:1"},
}


@pytest.mark.parametrize("message", REFUSED_BY_LINES_DOCUMENTS.values(), ids=REFUSED_BY_LINES_DOCUMENTS)
def test_lines_documents_refuse(message: dict[str, Any]) -> None:
    assert list(document_faults({"messages": [TEXT, FLEX]})) == []
    assert list(document_faults({"messages": [message]})) != []


KEYBOARD = '{"inline_keyboard":[[{"text":"好","callback_data":"t_1"}]]}'
REFUSED_BY_TELEGRAM = {
    "no such method": ("sendMassage", {"chat_id": "1", "text": "好"}),
    "text missing": ("sendMessage", {"chat_id": "1"}),
    "unknown parameter": ("sendMessage", {"chat_id": "1", "text": "好", "buttons": "[]"}),
    "a keyboard of no shape": ("sendMessage", {"chat_id": "1", "text": "好", "reply_markup": '{"keys":[]}'}),
    "a button without text": (
        "sendMessage",
        {"chat_id": "1", "text": "好", "reply_markup": '{"inline_keyboard":[[{"callback_data":"t_1"}]]}'},
    ),
    "no number": ("sendMessage", {"chat_id": "1", "text": "好", "message_thread_id": "one"}),
}


@pytest.mark.parametrize(("method", "form"), REFUSED_BY_TELEGRAM.values(), ids=REFUSED_BY_TELEGRAM)
def test_telegrams_description_refuses(method: str, form: dict[str, str]) -> None:
    spec = telegram_spec()
    if spec is None:
        pytest.skip("Telegram's description is not in ../shared")
    assert spec.faults("sendMessage", {"chat_id": "1", "text": "好", "reply_markup": KEYBOARD}) == []
    assert spec.faults(method, form) != []


@pytest.mark.parametrize(
    "button",
    [
        {"text": "好", "callback_data": "t" * 65},
        {"text": "好", "url": "tel:165"},
        {"text": "好", "url": "http://localhost/x"},
        {"text": "好", "url": "https://t.me", "callback_data": "t_1"},
        {"text": " ", "callback_data": "t_1"},
    ],
)
def test_telegrams_documents_refuse(button: dict[str, str]) -> None:
    assert telegram_document_faults({"text": "好", "reply_markup": {"inline_keyboard": [[button]]}}) != []
