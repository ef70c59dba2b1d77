"""The websocket behind `lianfang chat`: lines in like webhooks, answers and pushes out; this machine only."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import WSMsgType, web

from bot.channels.port import BadRequest, Channel
from bot.channels.terminal import Connection, Delivery, TerminalHub
from lianfang.web import Problem

BEHIND_A_PROXY = frozenset({"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"})
LOOPBACK = frozenset({"127.0.0.1", "::1"})

Accept = Callable[[Channel, Mapping[str, str], bytes], Awaitable[None]]
Route = Callable[[web.Request], Awaitable[web.StreamResponse]]


def require_loopback(request: web.Request) -> None:
    """Only this machine, and not through a proxy on it. Raises 404, as if the route were not there."""
    if request.remote not in LOOPBACK or any(name in request.headers for name in BEHIND_A_PROXY):
        raise Problem(404, "not_found", "Not Found")


def terminal_route(channel: Channel, hub: TerminalHub, key: str, accept: Accept) -> Route:
    """`{"id","user","text"|"tap"|"image"}` in; `{"id","user","replies","final"}` or `{"push","user","replies"}` out."""
    expected = f"Bearer {key}".encode()

    async def connect(request: web.Request) -> web.WebSocketResponse:
        require_loopback(request)
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            raise Problem(401, "unauthorized", "Missing or wrong bearer key")
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        connection: Connection = asyncio.Queue()
        sender = asyncio.create_task(_pass_on(connection, socket))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await _take(message.data, socket, connection)
        finally:
            hub.unregister(connection)
            sender.cancel()
        return socket

    async def _take(line: str, socket: web.WebSocketResponse, connection: Connection) -> None:
        body = line.encode("utf-8", "surrogatepass")
        said: Any = None
        try:
            said = json.loads(line)
            hub.register(str(said["user"]), connection)
            await accept(channel, {}, body)
        except (BadRequest, ValueError, KeyError, TypeError) as error:
            number = said.get("id") if isinstance(said, dict) else None
            await socket.send_json({"id": number, "error": "malformed_line", "detail": str(error)[:80]})

    return connect


async def _pass_on(connection: Connection, socket: web.WebSocketResponse) -> None:
    while True:
        await socket.send_json(_line(await connection.get()))


def _line(delivery: Delivery) -> dict[str, Any]:
    replies = list(delivery.messages)
    if delivery.event is None:
        return {"push": True, "user": delivery.conversation, "replies": replies}
    return {"id": delivery.event, "user": delivery.conversation, "replies": replies, "final": True}
