"""Every channel passes the same table: samples in, replies out, faults, forgeries and nonsense."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from bot.channels.port import BadRequest, BadSignature
from bot.messages import SendLater, SendRefused
from tests.contract.channels.cases import NOW, ChannelCases, IncomingCase, OutgoingCase, running
from tests.contract.channels.line_cases import LINE
from tests.contract.channels.telegram_cases import TELEGRAM
from tests.contract.channels.terminal_cases import TERMINAL

TABLE = (LINE, TELEGRAM, TERMINAL)


def rows(column: str) -> list[Any]:
    return [
        pytest.param(cases, case, id=f"{cases.name}: {case.label}")
        for cases in TABLE
        for case in getattr(cases, column)
    ]


def encoded(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


@pytest.mark.parametrize(("cases", "case"), rows("incoming"))
async def test_incoming(cases: ChannelCases, case: IncomingCase) -> None:
    bench = cases.bench()
    body = encoded(case.body)
    inbound, unknown = bench.channel.parse(bench.headers(body), body, NOW)
    read = [asdict(event) for event in inbound]
    assert len(case.events) == len(read)
    assert list(case.events) == [
        {key: event[key] for key in wanted} for wanted, event in zip(case.events, read, strict=True)
    ]
    assert case.unknown == unknown


@pytest.mark.parametrize(("cases", "case"), rows("incoming"))
def test_the_samples_are_what_the_vendor_sends(cases: ChannelCases, case: IncomingCase) -> None:
    faults = cases.sample_faults(case.body)
    if faults is None:
        pytest.skip(f"{cases.name}'s own description is not in ../shared")
    assert faults == []


@pytest.mark.parametrize(("cases", "case"), rows("outgoing"))
async def test_outgoing(cases: ChannelCases, case: OutgoingCase) -> None:
    async with running(cases.bench()) as bench:
        bench.expect(*case.faults)
        if case.blocked:
            bench.block()
        messages = bench.channel.render(case.replies)
        assert messages == json.loads(json.dumps(messages)), "rendered messages are stored as JSON"
        to = bench.destination()
        if isinstance(case.outcome, int):
            sent = await bench.channel.send(to, messages, already_sent=case.already_sent)
            assert (case.outcome, case.repeated) == (sent.parts, sent.repeated)
        else:
            with pytest.raises((SendLater, SendRefused)) as raised:
                await bench.channel.send(to, messages, already_sent=case.already_sent)
            assert case.outcome == raised.typename
            assert dict(case.expects) == {name: getattr(raised.value, name) for name in case.expects}
        assert list(case.shown) == bench.shown()
        assert list(case.calls) == bench.calls()


@pytest.mark.parametrize(
    ("cases", "headers", "status"),
    [
        pytest.param(cases, *forged, id=f"{cases.name}: {forged}")
        for cases in TABLE
        for forged in cases.forged_headers
    ],
)
@pytest.mark.parametrize("body", [encoded({"update_id": 1, "events": []}), b"{", b"\xff\xfe", b""])
async def test_forgeries_are_refused_before_the_body_is_read(
    cases: ChannelCases, headers: dict[str, str], status: int, body: bytes
) -> None:
    with pytest.raises(BadSignature) as refused:
        cases.bench().channel.parse(headers, body, NOW)
    assert status == refused.value.status


NONSENSE = {
    "not UTF-8": b'{"events":["\xff"]}',
    "UTF-16": '{"events":[]}'.encode("utf-16"),
    "empty": b"",
    "cut off": b'{"events":[',
    "an array": b"[]",
    "a string": b'"events"',
    "null": b"null",
    "NaN": b'{"update_id":NaN,"events":NaN}',
    "a number of 5000 digits": b'{"update_id":' + b"9" * 5000 + b"}",
    "deep": b'{"events":' * 100_000,
    "another shape": b'{"hello":"world"}',
    "events are no list": b'{"events":{"0":{}},"update_id":"\\u0000"}',
}


def nonsense() -> list[Any]:
    return [
        pytest.param(cases, body, id=f"{cases.name}: {label}")
        for cases in TABLE
        for label, body in NONSENSE.items()
        if body or cases is not TERMINAL  # no lines are no mistake
    ]


@pytest.mark.parametrize(("cases", "body"), nonsense())
async def test_nonsense_is_a_bad_request(cases: ChannelCases, body: bytes) -> None:
    bench = cases.bench()
    with pytest.raises(BadRequest):
        bench.channel.parse(bench.headers(body), body, NOW)
