"""165's own system as a small real server: takes each report once, gives it a number, is down or odd when told to."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from lianfang.clock import Clock
from services.partners.signing import HEADER, BadSignature, verify

FIELDS = frozenset(
    {
        "case_number", "kind", "fqdn", "ip", "url", "what", "seen_at", "found", "imitates", "message", "money_lost",
        "screenshots", "added", "others", "reporter", "hotline_number",
    }
)  # fmt: skip


@dataclass
class FakeHotline:
    """`reports`: our case number -> what was told; `state`: what it says of each; `faults`: statuses to fail with first."""

    clock: Clock
    secret: str = ""
    state: str = "received"
    faults: list[int] = field(default_factory=list)
    nonsense: bool = False
    calls: int = 0
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    _seen: dict[str, str] = field(default_factory=dict)  # delivery -> number given
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _server: TestServer | None = None

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/reports", self._take)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("/reports"))

    async def stop(self) -> None:
        self._over.set()
        if self._server is not None:
            await self._server.close()

    async def _take(self, request: web.Request) -> web.Response:
        self.calls += 1
        raw = await request.read()
        try:
            delivery = verify(self.secret, request.headers.get(HEADER, ""), raw, self.clock())
        except BadSignature:
            self.violations.append("bad signature")
            return web.json_response({"code": "bad_signature"}, status=401)
        told = await request.json()
        if told["kind"] != "report.filed" or set(told["data"]) != FIELDS:
            self.violations.append("not a report")
            return web.json_response({"code": "invalid"}, status=422)
        if delivery not in self._seen:
            self._seen[delivery] = f"165-{len(self._seen) + 1:06d}"
            self.reports[told["data"]["case_number"]] = told["data"]
        if self.faults:  # taken in, but the answer is lost
            return web.json_response({"code": "later"}, status=self.faults.pop(0))
        if self.nonsense:
            return web.Response(text="<html>ok</html>", content_type="text/html")
        return web.json_response({"number": self._seen[delivery], "state": self.state})
