"""A small real server in place of an RDAP service: answers as RFC 9083 says, refuses what a registry refuses."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

_LDH = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


@dataclass
class FakeRdap:
    """`registered`: domain -> moment of registration; other domains are 404. `elsewhere`: domain -> another server."""

    registered: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    status: int = 200
    body: str | None = None
    silent: bool = False
    asked: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _server: TestServer | None = None

    async def start(self) -> str:
        app = web.Application()
        app.router.add_get("/domain/{name:.*}", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        self._over.set()
        if self._server is not None:
            await self._server.close()

    async def _answer(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked.append(name)
        if self.silent:
            await self._over.wait()
        if "application/rdap+json" not in request.headers.get("Accept", ""):
            return self._refuse(406, "Accept must name application/rdap+json")
        if request.query_string or not _LDH.fullmatch(name):
            return self._refuse(400, "no domain name in LDH form")
        if name in self.elsewhere:
            return web.Response(status=302, headers={"Location": f"{self.elsewhere[name]}/domain/{name}"})
        if self.body is not None:
            return web.Response(text=self.body, content_type="application/rdap+json")
        return self._domain(name)

    def _domain(self, name: str) -> web.Response:
        if self.status != 200:
            return _problem(self.status, "not now")
        if name not in self.registered:
            return _problem(404, "no such domain")
        return web.json_response(
            domain_object(name, self.registered[name]), content_type="application/rdap+json"
        )

    def _refuse(self, status: int, title: str) -> web.Response:
        self.violations.append(title)
        return _problem(status, title)


def domain_object(name: str, registered: str) -> dict[str, Any]:
    """As a registry describes a domain, with what we do not use."""
    return {
        "rdapConformance": ["rdap_level_0"],
        "objectClassName": "domain",
        "ldhName": name.upper(),
        "status": ["active"],
        "events": [
            {"eventAction": "expiration", "eventDate": "2030-01-01T00:00:00Z"},
            {"eventAction": "registration", "eventDate": registered},
            {"eventAction": "last changed", "eventDate": "2026-11-21T00:00:00Z"},
        ],
        "entities": [{"objectClassName": "entity", "roles": ["registrant"], "handle": "REDACTED"}],
    }


def _problem(status: int, title: str) -> web.Response:
    body = {"errorCode": status, "title": title}
    return web.json_response(body, status=status, content_type="application/rdap+json")
