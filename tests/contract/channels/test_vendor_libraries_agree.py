"""The official client libraries read our samples as we do: we parse by hand to survive odd shapes."""

import json

import pytest
import telegram
from linebot.v3 import WebhookParser  # type: ignore[import-untyped]

from tests.contract.channels.cases import NOW, IncomingCase
from tests.contract.channels.line_cases import LINE
from tests.contract.channels.line_samples import SECRET, sign
from tests.contract.channels.telegram_cases import TELEGRAM


def named(case: IncomingCase) -> str:
    return case.label


def one_event(cases: tuple[IncomingCase, ...]) -> list[IncomingCase]:
    return [case for case in cases if len(case.events) == 1]


@pytest.mark.parametrize("case", one_event(LINE.incoming), ids=named)
async def test_lines_sdk(case: IncomingCase) -> None:
    body = json.dumps(case.body, ensure_ascii=False)
    [theirs] = WebhookParser(SECRET).parse(body, sign(body.encode()))
    bench = LINE.bench()
    [ours], _ = bench.channel.parse(bench.headers(body.encode()), body.encode(), NOW)
    assert ours.event_id == theirs.webhook_event_id
    source = theirs.source
    assert ours.conversation == getattr(source, f"{source.type}_id")
    assert ours.person in {None, source.user_id}
    assert ours.tap == getattr(getattr(theirs, "postback", None), "data", None)
    if ours.text is not None:
        assert ours.text == theirs.message.text
    assert int(ours.sent_at.timestamp() * 1000) == theirs.timestamp


@pytest.mark.parametrize("case", one_event(TELEGRAM.incoming), ids=named)
async def test_python_telegram_bot(case: IncomingCase) -> None:
    theirs = telegram.Update.de_json(case.body)
    body = json.dumps(case.body).encode()
    bench = TELEGRAM.bench()
    [ours], _ = bench.channel.parse(bench.headers(body), body, NOW)
    assert theirs.effective_chat is not None
    assert theirs.effective_user is not None
    assert ours.event_id == str(theirs.update_id)
    assert ours.conversation == str(theirs.effective_chat.id)
    assert ours.person in {None, str(theirs.effective_user.id)}
    assert ours.tap == (theirs.callback_query.data if theirs.callback_query else None)
    if theirs.message is not None:
        assert ours.sent_at == theirs.message.date
        assert ours.text in {None, "help", theirs.message.text, theirs.message.caption}
