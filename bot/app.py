"""The gateway process: webhooks into the inbox, the inbox's workers, and nothing kept in memory that a crash could lose."""

import asyncio
import socket
from collections.abc import Mapping

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import metrics
from bot.channels.port import BadRequest, BadSignature, Channel
from bot.channels.terminal import Terminal, TerminalHub
from bot.core import Core
from bot.dispatch import Dispatcher
from bot.inbox import Inbox
from bot.noticing import Noticing
from bot.terminal_route import require_loopback, terminal_route
from bot.turn import Turns
from lianfang.client import InternalClient
from lianfang.clock import Clock, utc_now
from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import ROOT, Settings
from lianfang.web import MAX_BODY_BYTES, Problem, problems
from lianfang.words import Words
from services.people.client import PeopleClient
from services.registry.client import RegistryClient

log = structlog.get_logger(__name__)


class Gateway:
    """Everything the gateway is made of, built once from the settings."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.database_url)
        vault = Vault(settings.secret_keys, settings.index_keys)
        owner = vault.index("gateway", str(settings.data_dir), socket.gethostname())[-12:]
        self.inbox = Inbox(self.database, vault, clock, owner)
        self.hub = TerminalHub()
        self.terminal = None if settings.is_production else Terminal(self.hub)
        self.channels = {channel.name: channel for channel in self._configured_channels()}
        self._services = InternalClient(settings.services_url, settings.internal_key)
        self._rasa = InternalClient(settings.rasa_url, settings.internal_key)
        words = Words.load(ROOT / "domain.yml")
        people = PeopleClient(self._services)
        operator = settings.operator
        self.noticing = Noticing(self.database, vault, clock, words, operator, people, self.channels)
        turns = Turns(
            self.database,
            self.inbox,
            clock,
            words,
            operator,
            people,
            RegistryClient(self._services),
            Core(self._rasa),
            self.channels,
        )
        self.dispatcher = Dispatcher(self.inbox, self.database, clock, turns, self.noticing, self.channels)

    def _configured_channels(self) -> list[Channel]:
        settings = self.settings
        channels: list[Channel] = []
        if settings.line_channel_secret:
            from bot.channels.line import Line  # noqa: PLC0415 -- its SDK takes seconds to import

            channels.append(
                Line(
                    settings.line_channel_secret,
                    settings.line_channel_access_token,
                    api_base=settings.line_api_base,
                    clock=self.clock,
                )
            )
        if settings.telegram_bot_token:
            from bot.channels.telegram import Telegram  # noqa: PLC0415 -- its SDK takes seconds to import

            channels.append(
                Telegram(
                    settings.telegram_bot_token,
                    settings.telegram_secret_token,
                    api_base=settings.telegram_api_base,
                )
            )
        if self.terminal is not None:
            channels.append(self.terminal)
        return channels

    def build_app(self) -> web.Application:
        """Webhooks for everyone; health, metrics and the terminal for this machine only."""
        app = web.Application(middlewares=[problems], client_max_size=MAX_BODY_BYTES)
        app.router.add_post("/webhooks/{channel:line|telegram}", self.receive)
        app.router.add_get("/healthz", self.healthy)
        app.router.add_get("/readyz", self.ready)
        app.router.add_get("/metrics", self.metrics)
        if self.terminal is not None:
            key = self.settings.internal_key
            app.router.add_get("/terminal", terminal_route(self.terminal, self.hub, key, self.accept))
        return app

    async def receive(self, request: web.Request) -> web.Response:
        """A webhook: 200 only once its events are in the inbox."""
        name = request.match_info["channel"]
        channel = self.channels.get(name)
        if channel is None:
            raise Problem(404, "channel_not_configured", f"{name} is not configured here")
        body = await request.read()
        try:
            await self.accept(channel, request.headers, body)
        except BadSignature as error:
            metrics.REFUSED_WEBHOOKS.labels(name, "signature").inc()
            raise Problem(error.status, "bad_signature", "Missing or wrong signature") from error
        except BadRequest as error:
            metrics.REFUSED_WEBHOOKS.labels(name, "malformed").inc()
            raise Problem(400, "malformed_body", "The body is not a webhook of this channel") from error
        return web.json_response({})

    async def accept(self, channel: Channel, headers: Mapping[str, str], body: bytes) -> None:
        """Parse and store; raises BadSignature or BadRequest with nothing stored."""
        events, unknown = channel.parse(headers, body, self.clock())
        stored = await self.inbox.store(events)
        metrics.EVENTS.labels(channel.name).inc(stored)
        if unknown:
            metrics.UNKNOWN_EVENTS.labels(channel.name).inc(unknown)
        if stored:
            self.dispatcher.wake()

    async def healthy(self, request: web.Request) -> web.Response:
        """200 while the process serves."""
        require_loopback(request)
        return web.json_response({"status": "ok"})

    async def ready(self, request: web.Request) -> web.Response:
        """200 when the inbox can be read."""
        require_loopback(request)
        return web.json_response({"status": "ready", "inbox": await self.inbox.backlog()})

    async def metrics(self, request: web.Request) -> web.Response:
        """Prometheus' text format."""
        require_loopback(request)
        for state, count in (await self.inbox.backlog()).items():
            metrics.BACKLOG.labels(state).set(count)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def close(self) -> None:
        for channel in self.channels.values():
            await channel.stop()
        await self._services.close()
        await self._rasa.close()
        await self.database.close()


async def run_gateway(settings: Settings, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """Serve until `stop` is set; the database must be migrated."""
    gateway = Gateway(settings, clock)
    for channel in gateway.channels.values():
        await channel.start()
    runner = web.AppRunner(gateway.build_app(), access_log=None, shutdown_timeout=2)
    await runner.setup()
    # In development nothing of ours is reachable from outside; in production a proxy with TLS stands in front.
    host = "0.0.0.0" if settings.is_production else "127.0.0.1"  # noqa: S104 -- the webhooks face the internet
    await web.TCPSite(runner, host, settings.gateway_port).start()
    log.info("gateway up", port=settings.gateway_port)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(gateway.dispatcher.run(stop))
            group.create_task(gateway.noticing.run(stop))
    finally:
        await runner.cleanup()
        await gateway.close()
