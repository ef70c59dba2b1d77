"""LINE's own rules of delivery: tokens that die, keys that are accepted once, and nothing shown twice."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.channels.line import Line
from bot.channels.line_messages import render
from bot.messages import Button, Destination, Reply, SendLater, SendRefused, Sent
from tests.contract.channels.cases import RETRY_KEY
from tests.contract.channels.line_cases import FIRST, VERDICT, LineBench
from tests.contract.channels.line_samples import GROUP, PERSON
from tests.fakes.faults import Fault

MESSAGES = render([FIRST])
ELEVEN = render([VERDICT] * 5 + [FIRST])


async def test_a_young_token_is_replied_to(line: LineBench) -> None:
    to = line.destination()
    line.clock.pass_seconds(49)
    await line.channel.send(to, MESSAGES)
    assert line.calls() == ["/v2/bot/message/reply 200"]


async def test_an_old_token_is_not_even_tried(line: LineBench) -> None:
    to = line.destination()
    line.clock.pass_seconds(50)
    await line.channel.send(to, MESSAGES)
    assert line.calls() == ["/v2/bot/message/push 200"]
    assert [call.retry_key for call in line.fake.calls] == [RETRY_KEY]


@pytest.mark.parametrize("without", [{"reply_to": None}, {"received_at": None}])
async def test_without_a_token_it_is_pushed(line: LineBench, without: dict[str, None]) -> None:
    await line.channel.send(line.destination(**without), MESSAGES)
    assert line.calls() == ["/v2/bot/message/push 200"]


async def test_a_token_that_is_invalid_at_the_first_try_is_followed_by_a_push(line: LineBench) -> None:
    to = line.destination(reply_to="never-issued")
    assert Sent(1) == await line.channel.send(to, MESSAGES)
    assert line.calls() == ["/v2/bot/message/reply 400", "/v2/bot/message/push 200"]


async def test_after_the_process_died_in_a_reply_that_arrived_nothing_more_is_sent(line: LineBench) -> None:
    to = line.destination()
    await line.channel.send(to, MESSAGES)
    line.clock.pass_seconds(29)
    assert Sent(1) == await line.channel.send(replace(to, uncertain=True), MESSAGES)
    assert line.shown() == ["先別點。"]


async def test_a_token_older_than_30_s_proves_nothing_and_is_followed_by_a_push_once(line: LineBench) -> None:
    to = replace(line.destination(), uncertain=True)
    line.fake.issue_token(str(to.reply_to), PERSON)
    line.clock.pass_seconds(30)
    line.fake.forget_tokens()
    assert Sent(1, repeated=1) == await line.channel.send(to, MESSAGES)
    await line.channel.send(to, MESSAGES)
    assert line.shown() == ["先別點。"]
    assert [call.status for call in line.fake.calls] == [400, 200, 400, 409]


async def test_two_lost_answers_in_a_row_and_a_later_attempt_show_it_once(line: LineBench) -> None:
    line.expect(Fault.DROPPED_AFTER, Fault.DROPPED_BEFORE)
    to = line.destination()
    with pytest.raises(SendLater) as raised:
        await line.channel.send(to, MESSAGES)
    line.clock.pass_seconds(10)
    await line.channel.send(replace(to, uncertain=raised.value.uncertain), MESSAGES)
    assert line.shown() == ["先別點。"]


async def test_each_push_has_its_own_key_and_keeps_it(line: LineBench) -> None:
    to = line.destination(reply_to=None)
    line.expect(Fault.NONE, Fault.NONE, Fault.FAILED_AFTER, Fault.FAILED_AFTER)
    with pytest.raises(SendLater) as raised:
        await line.channel.send(to, ELEVEN)
    assert raised.value.parts_sent == 10
    await line.channel.send(to, ELEVEN, already_sent=10)
    await line.channel.send(to, ELEVEN)
    keys = [call.retry_key for call in line.fake.calls]
    assert keys == [*keys[:3], keys[2], keys[2], *keys[:3]]
    assert len(set(keys)) == 3
    assert all(UUID(key) for key in keys if key)
    assert len(line.shown()) == 11


async def test_a_wrong_access_token_keeps_the_message(line: LineBench) -> None:
    line.fake.access_token = "another"
    with pytest.raises(SendLater, match="line_unauthorized_401"):
        await line.channel.send(line.destination(), MESSAGES)


async def test_429_without_a_wish(line: LineBench) -> None:
    line.fake.retry_after = None
    line.expect(Fault.TOO_FAST)
    with pytest.raises(SendLater) as raised:
        await line.channel.send(line.destination(), MESSAGES)
    assert raised.value.after is None


async def test_what_line_calls_wrong_is_refused_for_good(line: LineBench) -> None:
    with pytest.raises(SendRefused, match="line_refused_400"):
        await line.channel.send(line.destination(), [{"type": "text", "text": "字" * 5001}])
    line.fake.violations.clear()


async def test_nobody_answers_the_phone(line: LineBench) -> None:
    """Nothing arrived for sure, so the next attempt need not be careful."""
    await line.fake.stop()
    with pytest.raises(SendLater, match="line_not_sent") as raised:
        await line.channel.send(line.destination(), MESSAGES)
    assert not raised.value.uncertain


async def test_working_is_shown_to_one_person_only(line: LineBench) -> None:
    await line.channel.show_working(line.destination())
    await line.channel.show_working(Destination(GROUP, RETRY_KEY))
    assert line.fake.loading == [PERSON]


@pytest.mark.parametrize("fault", [Fault.FAILED_BEFORE, Fault.DROPPED_BEFORE, Fault.TOO_FAST])
async def test_showing_that_we_work_never_raises(line: LineBench, fault: Fault) -> None:
    line.expect(fault)
    await line.channel.show_working(line.destination())
    assert line.fake.loading == []


async def test_stopping_without_a_start() -> None:
    await Line("secret", "token").stop()


async def test_quick_replies_only_below_the_last_message() -> None:
    asked = Reply("要檢舉嗎？", {"kind": "choice"}, (Button("好", payload="t_1"),))
    rendered = render([asked, asked])
    assert [message["type"] for message in rendered] == ["text", "flex", "text"]
    assert [("quickReply" in message) for message in rendered] == [False, False, True]


def test_more_than_five_messages_share_their_bubbles() -> None:
    rendered = render([Reply(word) for word in "一二三四五六七"])
    assert [message["text"] for message in rendered] == ["一\n\n二\n\n三\n\n四\n\n五\n\n六\n\n七"]
