"""A small real server in place of Google Safe Browsing (Lookup API v4): refuses what the real one refuses."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.test_utils import TestServer

THREATS = {
    "THREAT_TYPE_UNSPECIFIED",
    "MALWARE",
    "SOCIAL_ENGINEERING",
    "UNWANTED_SOFTWARE",
    "POTENTIALLY_HARMFUL_APPLICATION",
}
PLATFORMS = {"WINDOWS", "LINUX", "ANDROID", "OSX", "IOS", "ANY_PLATFORM", "ALL_PLATFORMS", "CHROME"}
ENTRIES = {"URL", "EXECUTABLE"}
MOST_ENTRIES = 500


@dataclass
class FakeSafeBrowsing:
    """`listed`: host -> threat type. `violations` must stay empty: Google would have refused those requests."""

    key: str = "a-key"
    listed: dict[str, str] = field(default_factory=dict)
    cache_duration: str = "300s"
    status: int = 200
    silent: bool = False
    asked: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _server: TestServer | None = None

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/v4/threatMatches:find", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        self._over.set()
        if self._server is not None:
            await self._server.close()

    async def _answer(self, request: web.Request) -> web.Response:
        if self.silent:
            await self._over.wait()
        if self.status != 200:
            return _refuse(self.status, "UNAVAILABLE", "Try again")
        if request.query.get("key") != self.key:
            return _refuse(
                400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", self.violations
            )
        if request.content_type != "application/json":
            return _refuse(400, "INVALID_ARGUMENT", "not JSON", self.violations)
        body = await request.json()
        self.bodies.append(body)
        for fault in _faults(body):
            return _refuse(400, "INVALID_ARGUMENT", fault, self.violations)
        urls = [entry["url"] for entry in body["threatInfo"]["threatEntries"]]
        self.asked += urls
        wanted = body["threatInfo"]["threatTypes"]
        matches = [
            {
                "threatType": self.listed[host],
                "platformType": "ANY_PLATFORM",
                "threatEntryType": "URL",
                "threat": {"url": url},
                "cacheDuration": self.cache_duration,
            }
            for url in urls
            for host in [urlsplit(url).hostname or ""]
            if self.listed.get(host) in wanted
        ]
        return web.json_response({"matches": matches} if matches else {})


def _faults(body: dict[str, Any]) -> Iterator[str]:
    """Unknown fields, missing parts, values that are no members of their enumeration."""
    for unknown in set(body) - {"client", "threatInfo"}:
        yield f"Invalid JSON payload received. Unknown name {unknown!r}"
    if not body.get("client", {}).get("clientId"):
        yield "client.clientId"
    info = body.get("threatInfo", {})
    for unknown in set(info) - {"threatTypes", "platformTypes", "threatEntryTypes", "threatEntries"}:
        yield f"Invalid JSON payload received. Unknown name {unknown!r}"
    for name, values in (
        ("threatTypes", THREATS),
        ("platformTypes", PLATFORMS),
        ("threatEntryTypes", ENTRIES),
    ):
        if not info.get(name) or not set(info[name]) <= values:
            yield name
    entries = info.get("threatEntries") or []
    if not 1 <= len(entries) <= MOST_ENTRIES:
        yield "threatEntries: 1 to 500"
    for entry in entries:
        if set(entry) != {"url"} or not urlsplit(entry["url"]).hostname:
            yield "threatEntries: each a url"


def _refuse(status: int, code: str, message: str, violations: list[str] | None = None) -> web.Response:
    if violations is not None:
        violations.append(message)
    return web.json_response({"error": {"code": status, "message": message, "status": code}}, status=status)
