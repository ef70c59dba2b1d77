"""A small real server in place of the Rasa core: answers turns from a script and remembers what it was asked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Said = dict[str, Any] | int
Script = Callable[[dict[str, Any]], Said | Awaitable[Said]]


def answer(*messages: dict[str, Any], form: str | None = None) -> dict[str, Any]:
    """What our input channel answers."""
    return {
        "messages": [{"custom": message} for message in messages],
        "form": form,
        "intent": "x",
        "confidence": 1.0,
    }


def say(
    key: str, *buttons: dict[str, Any], card: dict[str, Any] | None = None, **params: Any
) -> dict[str, Any]:
    """One reply as data."""
    return {"say": [{"key": key, "params": params}], "buttons": list(buttons), "card": card, "urgent": False}


@dataclass
class FakeCore:
    """`script` gets the request and returns the answer, or an HTTP status."""

    script: Script
    asked: list[dict[str, Any]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    _server: TestServer | None = None

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/webhooks/lianfang/webhook", self._turn)
        app.router.add_post("/webhooks/lianfang/forget", self._forget)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    async def _turn(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body)
        said = self.script(body)
        if isinstance(said, Awaitable):
            said = await said
        if isinstance(said, int):
            return web.json_response({"code": "broken"}, status=said)
        return web.json_response(said)

    async def _forget(self, request: web.Request) -> web.Response:
        self.forgotten.append((await request.json())["sender"])
        return web.json_response({})
