"""Signed bodies of any shape: read, counted or refused, never a crash, nothing a database could not take."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.port import BadRequest
from tests.contract.channels.cases import NOW, ChannelCases
from tests.contract.channels.line_cases import LINE
from tests.contract.channels.line_samples import text, webhook
from tests.contract.channels.telegram_cases import TELEGRAM, message
from tests.contract.channels.terminal_cases import TERMINAL, line

SETTINGS = settings(deadline=None, max_examples=150, derandomize=True)
ODD = st.sampled_from(
    ["", "\x00", "\ud800", "字" * 300, 1 << 80, -1, 1.5, {}, [], [[]], {"type": []}, {"id": {}}]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | ODD
)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, child in inner for found in paths(child, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    key, *rest = path
    changed = value.copy()
    changed[key] = replaced(value[key], tuple(rest), new)
    return changed


def read(cases: ChannelCases, body: bytes) -> None:
    bench = cases.bench()
    try:
        inbound, unknown = bench.channel.parse(bench.headers(body), body, NOW)
    except BadRequest:
        return
    assert unknown >= 0
    for event in inbound:
        for value in vars(event).values():
            assert not isinstance(value, str) or value.encode()
        ids = [event.event_id, event.message_id, event.reply_to, event.app_language]
        assert all(found is None or (found.isprintable() and 0 < len(found) <= 200) for found in ids)


SAMPLES = [(cases, case.body) for cases in (LINE, TELEGRAM, TERMINAL) for case in cases.incoming]


@SETTINGS
@given(st.data())
def test_a_sample_with_one_value_replaced(data: st.DataObject) -> None:
    cases, sample = data.draw(st.sampled_from(SAMPLES))
    path = data.draw(st.sampled_from(paths(sample)))
    read(cases, json.dumps(replaced(sample, path, data.draw(JSON))).encode())


@SETTINGS
@given(
    JSON | st.dictionaries(st.sampled_from(["events", "update_id", "message", "user", "id", "text"]), JSON)
)
def test_any_json(body: Any) -> None:
    for cases in (LINE, TELEGRAM, TERMINAL):
        read(cases, json.dumps(body).encode())


@SETTINGS
@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    for cases in (LINE, TELEGRAM, TERMINAL):
        read(cases, body)


@pytest.mark.parametrize(
    ("cases", "body"),
    [
        (LINE, webhook(text("a\ud83db"))),
        (TELEGRAM, message(text="a\ud83db")),
        (TERMINAL, line(text="a\ud83db")),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_lone_surrogate_is_replaced(cases: ChannelCases, body: dict[str, Any]) -> None:
    raw = json.dumps(body).encode()
    bench = cases.bench()
    [event], _ = bench.channel.parse(bench.headers(raw), raw, NOW)
    assert event.text == "a\ufffdb"
