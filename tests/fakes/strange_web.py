"""A small real server in place of the web behind short links: redirects, circles, endless pages, silence; and its DNS."""

import asyncio
import socket
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

LOOPBACK = "127.0.0.1"
PIECE = b"<p>a page nobody asked for</p>" * 100


@dataclass(frozen=True)
class Visit:
    """One request as it arrived."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]


@dataclass
class StrangeWeb:
    """`redirects`: from `host/path` to a Location; every other address is a page without end.

    `no_head` hosts answer HEAD with 405, `silent` ones never answer, `wordy` ones send a header of 100 kB.
    """

    redirects: dict[str, str] = field(default_factory=dict)
    status: int = 302
    no_head: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    wordy: set[str] = field(default_factory=set)
    visits: list[Visit] = field(default_factory=list)
    body_bytes: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _server: TestServer | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        self._over.set()
        if self._server is not None:
            await self._server.close()

    @property
    def port(self) -> int:
        assert self._server is not None
        assert self._server.port is not None
        return self._server.port

    def names(self, answers: Mapping[str, Sequence[Sequence[str]]] | None = None) -> Callable[[], "Names"]:
        """DNS that leads every name here; `answers` are a name's answers one after the other, the last one stays."""
        names = Names(self.port, answers or {})
        return lambda: names

    def asked(self) -> list[str]:
        return [f"{visit.method} {visit.host}{visit.path}" for visit in self.visits]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        self.visits.append(Visit(request.method, host, request.path_qs, dict(request.headers)))
        if host in self.silent:
            await self._over.wait()
        if request.method == "HEAD" and host in self.no_head:
            return web.Response(status=405)
        headers = {"Set-Cookie": "you=known"}
        if host in self.wordy:
            headers["X-Words"] = "x" * 100_000
        target = self.redirects.get(host + request.path)
        if target is not None:
            return web.Response(status=self.status, headers={**headers, "Location": target})
        if request.method == "HEAD":
            return web.Response(headers=headers)
        return await self._endless(request, headers)

    async def _endless(self, request: web.Request, headers: Mapping[str, str]) -> web.StreamResponse:
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        while not self._over.is_set():
            await response.write(PIECE)
            self.body_bytes += len(PIECE)
        return response


class Names(AbstractResolver):
    """`asked` counts how often each name was looked up."""

    def __init__(self, port: int, answers: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._port = port
        self._answers = {name: deque(told) for name, told in answers.items()}
        self.asked: dict[str, int] = defaultdict(int)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked[host] += 1
        waiting = self._answers.get(host, deque([[LOOPBACK]]))
        told = waiting.popleft() if len(waiting) > 1 else waiting[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=self._port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in told
        ]

    async def close(self) -> None:
        """Nothing to close."""
