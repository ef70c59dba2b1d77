"""Signed webhooks as LINE and Telegram send them, made without any of our own code."""

import base64
import hashlib
import hmac
import io
import itertools
import json
import time
from typing import Any

import aiohttp

from tests.processes.chain import LINE_SECRET, TELEGRAM_SECRET
from tests.processes.world import World

_numbers = itertools.count(int(time.time() * 1000))


def unique(prefix: str) -> str:
    return f"{prefix}{next(_numbers)}"


def line_user(name: str) -> str:
    """A LINE user id for a test's person."""
    return "U" + hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def line_event(world: World, user: str, **changes: Any) -> dict[str, Any]:
    """A text event of a person, its reply token issued by the fake LINE."""
    token = unique("token")
    world.line.issue_token(token, user)
    event: dict[str, Any] = {
        "type": "message",
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "webhookEventId": unique("01EVENT"),
        "deliveryContext": {"isRedelivery": False},
        "replyToken": token,
        "source": {"type": "user", "userId": user},
        "message": {"type": "text", "id": unique("4"), "quoteToken": "q", "text": "你好"},
    }
    return event | changes


def text_message(text: str) -> dict[str, Any]:
    return {"type": "text", "id": unique("4"), "quoteToken": "q", "text": text}


async def post_line(world: World, *events: dict[str, Any], signature: str | None = None) -> int:
    """Deliver a webhook; returns the HTTP status."""
    body = json.dumps({"destination": "U" + "0" * 32, "events": events}, ensure_ascii=False).encode()
    return await post_raw(world, "line", body, {"X-Line-Signature": signature or sign(body)})


def sign(body: bytes) -> str:
    return base64.b64encode(hmac.new(LINE_SECRET.encode(), body, hashlib.sha256).digest()).decode()


async def post_raw(world: World, channel: str, body: bytes, headers: dict[str, str]) -> int:
    url = f"{world.chain.gateway}/webhooks/{channel}"
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status


async def post_telegram(world: World, update: dict[str, Any]) -> int:
    body = json.dumps({"update_id": next(_numbers) % 2**31, **update}).encode()
    return await post_raw(world, "telegram", body, {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET})


def telegram_text(chat: int, text: str) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "阿明", "language_code": "zh-hant"}
    return {
        "message": {
            "message_id": next(_numbers) % 2**31,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "阿明"},
            "from": person,
            "text": text,
        }
    }


def telegram_tap(chat: int, data: str) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "阿明", "language_code": "zh-hant"}
    return {
        "callback_query": {
            "id": unique("9"),
            "from": person,
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": 1,
                "date": int(time.time()),
                "chat": {"id": chat, "type": "private", "first_name": "阿明"},
                "text": "…",
            },
        }
    }
