"""In a group nothing typed is read, so nothing typed confirms; a tap is good only where its button was shown."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from lianfang.words import Words
from tests.conftest import ROOT
from tests.processes.chain import until
from tests.processes.webhooks import line_event, line_user, post_line, text_message, unique
from tests.processes.world import World

pytestmark = pytest.mark.processes
WORDS = Words.load(ROOT / "domain.yml")


def texts(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message.get("text", "") for message in messages)


def postbacks(part: Any) -> Iterator[dict[str, Any]]:
    """Every button to tap of rendered messages."""
    if isinstance(part, list):
        for one in part:
            yield from postbacks(one)
    if isinstance(part, dict):
        if part.get("type") == "postback":
            yield part
        yield from postbacks(list(part.values()))


async def shown(world: World, conversation: str, count: int) -> list[dict[str, Any]]:
    async def enough() -> list[dict[str, Any]]:
        found = world.line.shown[conversation]
        return list(found) if len(found) >= count else []

    messages: list[dict[str, Any]] = await until(enough)
    return messages


def said_in(world: World, group: str, user: str, text: str) -> dict[str, Any]:
    token = unique("token")
    world.line.issue_token(token, group)
    source = {"type": "group", "groupId": group, "userId": user}
    return line_event(world, user, source=source, replyToken=token, message=text_message(text))


def tapped_in(world: World, conversation: str, source: dict[str, str], data: str) -> dict[str, Any]:
    token = unique("token")
    world.line.issue_token(token, conversation)
    event = line_event(
        world, source["userId"], type="postback", source=source, replyToken=token, postback={"data": data}
    )
    del event["message"]
    return event


async def test_typed_in_a_group_confirms_nothing_and_a_tap_is_good_only_where_it_was_shown(
    world: World,
) -> None:
    user = line_user("in a group")
    group = "C" + hashlib.md5(user.encode(), usedforsecurity=False).hexdigest()
    private = {"type": "user", "userId": user}
    in_group = {"type": "group", "groupId": group, "userId": user}

    await post_line(world, line_event(world, user, message=text_message("刪除我的資料")))
    card = await shown(world, user, 1)
    label = WORDS.say("btn.confirm_delete", "zh-TW")
    (data,) = [button["data"] for button in postbacks(card) if button["label"] == label]

    for yes in ("確定刪除", "對", "好"):
        assert await post_line(world, said_in(world, group, user, yes)) == 200
    await post_line(world, tapped_in(world, group, in_group, data))
    answers = await shown(world, group, 1)
    assert texts(answers).startswith(WORDS.say("utter_stale_tap", "zh-TW"))
    assert len(answers) == 1  # to what was typed nothing was said
    assert texts(world.line.shown[user]) == texts(card)

    await post_line(world, tapped_in(world, user, private, data))
    assert texts(await shown(world, user, len(card) + 1)).endswith(WORDS.say("utter_erased", "zh-TW"))
    assert world.line.violations == []
