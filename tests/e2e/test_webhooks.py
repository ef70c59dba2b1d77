"""Signed webhooks in, replies out, over the real processes; bad input gets its status and leaves nothing."""

import asyncio
import json
import sqlite3
from typing import Any

import aiohttp
import pytest

from tests.processes.chain import until
from tests.processes.webhooks import (
    line_event,
    line_user,
    post_line,
    post_raw,
    post_telegram,
    sign,
    telegram_tap,
    telegram_text,
    text_message,
)
from tests.processes.world import World

pytestmark = pytest.mark.processes
FAKE_WATER = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"


def texts_of(messages: list[dict[str, Any]]) -> str:
    return json.dumps(messages, ensure_ascii=False)


async def shown_to(world: World, user: str, count: int = 1) -> list[dict[str, Any]]:
    async def enough() -> list[dict[str, Any]]:
        shown = world.line.shown[user]
        return list(shown) if len(shown) >= count else []

    found: list[dict[str, Any]] = await until(enough)
    return found


def rows(world: World, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(world.chain.data_dir / "lianfang.db") as database:
        return database.execute(query).fetchall()


async def test_a_forwarded_sms_gets_its_verdict_on_line(world: World) -> None:
    user = line_user("forwards")
    assert await post_line(world, line_event(world, user, message=text_message(FAKE_WATER))) == 200
    said = texts_of(await shown_to(world, user))
    assert "🔴" in said
    assert "water-tw[.]top" in said
    assert "water.gov.tw" in said
    assert world.line.violations == []


async def test_a_redelivered_event_is_answered_once(world: World) -> None:
    user = line_user("redelivered")
    event = line_event(world, user)
    again = event | {"deliveryContext": {"isRedelivery": True}}
    statuses = await asyncio.gather(*(post_line(world, one) for one in (event, again, again)))
    assert statuses == [200, 200, 200]
    await shown_to(world, user)
    other = line_user("after redelivered")
    await post_line(world, line_event(world, other))
    await shown_to(world, other)
    assert len([call for call in world.line.calls if event["replyToken"] in str(call.body)]) == 1


async def test_a_conversation_is_answered_in_order(world: World) -> None:
    user = line_user("in order")
    await post_line(
        world,
        line_event(world, user, message=text_message("你好")),
        line_event(world, user, message=text_message(FAKE_WATER)),
        line_event(world, user, message=text_message("謝謝")),
    )

    async def answered() -> list[str]:
        texts = [message["text"] for message in world.line.shown[user] if message["type"] == "text"]
        return texts if len(texts) >= 3 else []

    first, second, third = await until(answered)
    assert "聯防" in first
    assert "🔴" in second
    assert "不客氣" in third


async def test_telegram_text_and_tap(world: World) -> None:
    chat = 700_100
    assert await post_telegram(world, telegram_text(chat, FAKE_WATER)) == 200

    async def answered() -> list[dict[str, Any]]:
        return list(world.telegram.shown[str(chat)])

    (message, *_rest) = await until(answered)
    assert "water-tw[.]top" in message["text"]
    keyboard = (
        json.loads(str(message["reply_markup"]))
        if isinstance(message["reply_markup"], str)
        else message["reply_markup"]
    )
    taps = [key for row in keyboard["inline_keyboard"] for key in row if "callback_data" in key]
    assert all(tap["callback_data"].startswith("t_") for tap in taps)
    assert await post_telegram(world, telegram_tap(chat, taps[0]["callback_data"])) == 200

    async def answered_again() -> bool:
        return len(world.telegram.shown[str(chat)]) > 1

    await until(answered_again)
    assert "165" in str(world.telegram.shown[str(chat)][-1])
    assert world.telegram.violations == []


@pytest.mark.parametrize(
    ("channel", "body", "headers", "status"),
    [
        ("line", b'{"events":[]}', {}, 401),
        ("line", b'{"events":[]}', {"X-Line-Signature": "AAAA"}, 403),
        ("line", b"{", {"X-Line-Signature": sign(b"{")}, 400),
        ("line", b"\xff\xfe", {"X-Line-Signature": sign(b"\xff\xfe")}, 400),
        ("line", b"[]", {"X-Line-Signature": sign(b"[]")}, 400),
        ("line", b"x" * 5_000_000, {"X-Line-Signature": "AAAA"}, 413),
        ("telegram", b"{}", {}, 401),
        ("telegram", b"{}", {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, 403),
        ("viber", b"{}", {}, 404),
    ],
)
async def test_bad_input_gets_its_status_and_stores_nothing(
    world: World, channel: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    before = rows(world, "SELECT count(*) FROM inbox")
    assert await post_raw(world, channel, body, headers) == status
    assert rows(world, "SELECT count(*) FROM inbox") == before


async def test_unknown_events_are_ignored_and_counted(world: World) -> None:
    async def count() -> float:
        url = f"{world.chain.gateway}/metrics"
        async with aiohttp.ClientSession() as http, http.get(url) as response:
            lines = (await response.text()).splitlines()
        name = 'lianfang_unknown_events_total{channel="line"}'
        return sum(float(line.split()[-1]) for line in lines if line.startswith(name))

    before = await count()
    assert await post_line(world, {"type": "dream", "timestamp": 1, "mode": "active"}) == 200
    assert await count() == before + 1


async def test_health_is_for_this_machine_only(world: World) -> None:
    async with aiohttp.ClientSession() as http:
        for path in ("/healthz", "/readyz", "/metrics"):
            async with http.get(world.chain.gateway + path) as response:
                assert response.status == 200
            proxied = {"X-Forwarded-For": "203.0.113.9"}
            async with http.get(world.chain.gateway + path, headers=proxied) as response:
                assert response.status == 404
