"""The sandbox partners' webhooks: one small server that verifies, drops repeats, and answers as an issuer would."""

import asyncio
import json
import socket
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any

import structlog
from aiohttp import web
from yarl import URL

from cli.sandbox.memory import Memory, reference
from cli.sandbox.place import memory_file
from lianfang.clock import Clock
from lianfang.settings import Settings
from services.partners.signing import HEADER, BadSignature, verify

log = structlog.get_logger(__name__)

Json = dict[str, Any]
LOOPBACK = "127.0.0.1"
WEBHOOKS = "webhooks"


class Receiver:
    """`POST /{partner}` is that partner's webhook; it remembers what it did with a post, and repeats its answer."""

    def __init__(self, memory: Memory, clock: Clock) -> None:
        self._memory = memory
        self._clock = clock
        self._over = asyncio.Event()

    def build_app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/healthz", self._healthy)
        app.router.add_post("/{partner}", self._take)
        app.on_shutdown.append(self._end_silence)
        return app

    async def _healthy(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _end_silence(self, _app: web.Application) -> None:
        self._over.set()

    async def _take(self, request: web.Request) -> web.Response:
        partner, body = request.match_info["partner"], await request.read()
        outage = self._memory.outage(partner, self._clock())
        if outage == "silent":
            await self._over.wait()
        if outage is not None:
            return _problem(503, "outage")
        credentials = self._memory.credentials(partner)
        if credentials is None:
            return _problem(404, "no_such_partner")
        try:
            post = verify(credentials.secret, request.headers.get(HEADER, ""), body, self._clock())
        except BadSignature as error:
            log.info("sandbox post refused", reason=str(error))
            return _problem(401, "bad_signature")
        status, answer = self._memory.answered(post) or self._answer(post, partner, json.loads(body))
        return web.json_response(answer, status=status)

    def _answer(self, post: str, partner: str, told: Json) -> tuple[int, Json]:
        act = ACTS.get(told["kind"])
        status, answer = act(self._memory, partner, told["data"]) if act else (200, NOTED)
        self._memory.keep_answer(post, status, answer)
        log.info("sandbox post", kind=told["kind"], status=status)
        return status, answer


NOTED: Json = {"result": "noted"}
"""What comes from a partner that has nothing to decide."""


def _lock_on_request(memory: Memory, issuer: str, data: Json) -> tuple[int, Json]:
    """An issuer that keeps its cards itself looks for the serial and locks it, unless the points are gone."""
    card_ref = reference(issuer, data["serial"] or "")
    if memory.change(card_ref, "locked", unless=GONE):
        memory.note_lock(data["lock"], card_ref)
        return 200, {"answer": "locked"}
    return 200, {"answer": "too_late" if memory.card(card_ref) else "unknown_card"}


def _become(state: str) -> Callable[[Memory, str, Json], tuple[int, Json]]:
    """The issuer notes what was decided about a card."""

    def act(memory: Memory, _issuer: str, data: Json) -> tuple[int, Json]:
        card_ref = data.get("card_ref") or memory.locked_by(data["lock"])
        if card_ref is not None:
            memory.change(card_ref, state, unless=GONE)
        return 200, NOTED

    return act


def _tell_what_became(memory: Memory, _issuer: str, data: Json) -> tuple[int, Json]:
    """What became of a permission: the issuer's own books know."""
    card = memory.card(data["card_ref"])
    report = REPORTS.get(card.state) if card else None
    return 200, {"report": report, "permission": data["permission"]}


GONE = frozenset({"credited", "spent", "refunded"})
REPORTS = {"sold": "not_credited", "credited": "credited", "spent": "credited"}
ACTS: Mapping[str, Callable[[Memory, str, Json], tuple[int, Json]]] = {
    "lock.requested": _lock_on_request,
    "lock.placed": _become("locked"),
    "lock.released": _become("sold"),
    "refund.done": _become("refunded"),
    "card.ask": _tell_what_became,
}


def _problem(status: int, code: str) -> web.Response:
    return web.json_response({"code": code}, status=status, content_type="application/problem+json")


def find_place(memory: Memory) -> URL:
    """Where the webhooks listen: where they did before if that port is free, else on another one."""
    before = memory.noted(WEBHOOKS)
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, URL(before).port or 0 if before else 0))
        except OSError:
            trial.bind((LOOPBACK, 0))
        place = URL.build(scheme="http", host=LOOPBACK, port=trial.getsockname()[1])
    memory.note(WEBHOOKS, str(place))
    return place


async def listen(app: web.Application, port: int, stack: AsyncExitStack) -> URL:
    """Serve on loopback until the stack unwinds; port 0 takes a free one. Gives the address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, LOOPBACK, port).start()
    return URL.build(scheme="http", host=LOOPBACK, port=runner.addresses[0][1])


async def run_receiver(settings: Settings, stop: asyncio.Event, clock: Clock) -> None:
    """`python -m cli.serve sandbox`: the partners of a running chain, until `stop` is set."""
    memory = Memory(memory_file(settings))
    async with AsyncExitStack() as stack:
        port = URL(memory.noted(WEBHOOKS) or "").port
        await listen(Receiver(memory, clock).build_app(), port or 0, stack)
        await stop.wait()
