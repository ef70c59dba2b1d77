"""Whatever we say, in whatever characters: what is rendered stays within every limit, and no word is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels import line_messages, telegram
from bot.channels.split import cut, split, utf16_units
from bot.messages import Button, Reply
from tests.fakes.line_documents import document_faults, units
from tests.fakes.telegram_api import document_faults as telegram_document_faults
from tests.fakes.telegram_spec import telegram_spec
from tests.fakes.vendor_specs import line_messaging

SETTINGS = settings(deadline=None, max_examples=60, derandomize=True)
FAMILY = "👨‍👩‍👧‍👦"
PIECES = st.sampled_from(
    [
        "詐騙",
        "。",
        "，",
        "\n",
        "\n\n",
        " ",
        "evil[.]top",
        FAMILY,
        "e\u0301",
        "🇹🇼",
        "𠮷",
        "\ud83d",
        "\x00",
        "a",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200)
LONG_TEXTS = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from([1, 1, 40, 400]))
LABELS = st.text(min_size=1, max_size=60).filter(str.strip) | PIECES.filter(str.strip).map(
    lambda piece: piece * 30
)
BUTTONS = st.one_of(
    st.builds(Button, LABELS, payload=st.from_regex(r"t_[A-Za-z0-9_-]{22}", fullmatch=True)),
    st.builds(Button, LABELS, tel=st.sampled_from(["165", "0800-000-000", "+886912345678"])),
    st.builds(Button, LABELS, url=st.sampled_from(["https://165.npa.gov.tw/", "https://example.tw/a?b=c"])),
    st.builds(Button, LABELS, share=LONG_TEXTS),
)
PROOFS = [{"image": "https://example.tw/verify/LP-1.png"}, {"image": None}]
CARDS = st.none() | st.sampled_from(["verdict", "emergency", "choice", "case", "proof"]).map(
    lambda kind: {"kind": kind, **({"proofs": PROOFS} if kind == "proof" else {})}
)
REPLIES = st.lists(
    st.builds(Reply, LONG_TEXTS, CARDS, st.lists(BUTTONS, max_size=15).map(tuple), st.booleans()), max_size=4
)


def squeezed(text: str) -> str:
    """The text without white space and with stray surrogates replaced: what must survive."""
    return "".join(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())


def batches(messages: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(messages), 5):
        yield messages[start : start + 5]


@SETTINGS
@given(LONG_TEXTS, st.integers(12, 300))
@example(FAMILY * 50, 15)
@example("\u0301" * 500, 20)
@example("𠮷" * 100, 13)
def test_split_loses_nothing(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(part.strip() and units(part) <= limit for part in parts)
    assert squeezed(text) == squeezed("".join(parts))


@SETTINGS
@given(LONG_TEXTS, st.integers(12, 300))
def test_cut_fits(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert short.endswith("…") or squeezed(short) == squeezed(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("第一段。\n\n第二段也要完整。", ["第一段。", "第二段也要完整。"]),
        ("先別點。也別付款。請打一六五。", ["先別點。也別付款。", "請打一六五。"]),
        ("no border in the first ten", ["no border", "in the", "first ten"]),
        ("一二三四五六七八九十甲乙", ["一二三四五六七八九十", "甲乙"]),
        ("家人" * 4 + FAMILY, ["家人" * 4, FAMILY]),
    ],
)
def test_split_where_a_reader_would(text: str, parts: list[str]) -> None:
    assert parts == split(text, 11 if FAMILY in text else 10)


def test_units_are_those_of_utf_16() -> None:
    assert [utf16_units(text) for text in ("詐騙", "𠮷", FAMILY)] == [2, 2, 11]


@SETTINGS
@given(REPLIES)
def test_line_stays_within_its_limits(replies: list[Reply]) -> None:
    spec = line_messaging()
    messages = line_messages.render(replies)
    for batch in batches(messages):
        body = {"replyToken": "t", "messages": batch}
        assert list(document_faults(body)) == []
        assert spec is None or spec.faults("ReplyMessageRequest", body) == []
    shown = "".join(message["text"] for message in messages if message["type"] == "text")
    assert squeezed("".join(reply.text for reply in replies)) == squeezed(shown)


@SETTINGS
@given(REPLIES)
def test_telegram_stays_within_its_limits(replies: list[Reply]) -> None:
    spec = telegram_spec()
    messages = telegram.render(replies)
    for message in messages:
        assert telegram_document_faults(message) == []
        assert spec is None or spec.json_faults("sendMessage", {"chat_id": "7011", **message}) == []
    shown = "".join(message["text"] for message in messages)
    assert squeezed("".join(reply.text for reply in replies)) == squeezed(shown)


@SETTINGS
@given(REPLIES.filter(bool))
def test_every_payload_of_a_reply_with_words_can_be_tapped(replies: list[Reply]) -> None:
    wanted = {
        button.payload
        for reply in replies
        if reply.text.strip()
        for button in reply.buttons
        if button.payload
    }
    for rendered in (line_messages.render(replies), telegram.render(replies)):
        assert wanted == set(_payloads(rendered))


def _payloads(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _payloads(item)
    elif isinstance(value, dict):
        yield from (value[key] for key in ("data", "callback_data") if key in value)
        yield from _payloads(list(value.values()))
