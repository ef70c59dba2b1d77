"""A partner's webhook receiver as a small real server: verifies, drops repeats, answers what a test wants."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from lianfang.clock import Clock
from services.partners.signing import HEADER, BadSignature, verify

Saying = tuple[int, str, dict[str, str]] | None
OK: Saying = (200, '{"result":"noted"}', {"Content-Type": "application/json"})


@dataclass
class FakePartner:
    """`says`: answers to give, the last one for ever; an answer is (status, body, headers) or None for silence."""

    clock: Clock
    secret: str = ""
    says: list[Saying] = field(default_factory=lambda: [OK])
    received: list[dict[str, Any]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    forged: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _server: TestServer | None = None

    async def start(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/{any:.*}", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("/lianfang"))

    async def stop(self) -> None:
        self._over.set()
        if self._server is not None:
            await self._server.close()

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            delivery = verify(self.secret, request.headers.get(HEADER, ""), body, self.clock())
        except BadSignature:
            self.forged += 1
            return web.json_response({"code": "bad_signature"}, status=401)
        self.seen.append(delivery)
        if self.seen.count(delivery) == 1:
            self.received.append(await request.json())
        said = self.says[0] if len(self.says) == 1 else self.says.pop(0)
        if said is None:
            await self._over.wait()
            return web.Response()
        status, text, headers = said
        return web.Response(status=status, text=text, headers=headers)


def answer(status: int, text: str = "{}", **headers: str) -> Saying:
    """One answer; header names with _ for -."""
    return status, text, {name.replace("_", "-"): value for name, value in headers.items()}
