"""The core as a process: Rasa's agent behind a bare Sanic server on loopback, our channel."""

import asyncio
import logging
import os
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, register
from rasa.core.lock_store import LockStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from nlu.channel import problem
from nlu.connection import KeptConnection
from nlu.patches import apply_patches
from nlu.processor import HonestProcessor
from nlu.quiet import OWN_LOGGER, where
from nlu.tracker import ForgetfulRedisStore, ForgetfulTrackerStore, redis_endpoints

log = logging.getLogger(OWN_LOGGER)

HOST = "127.0.0.1"
SECONDS_FOR_A_TURN = 30
LARGEST_REQUEST = 256 * 1024
SWEEP_SECONDS = 60
CANNOT_LOAD = 2
CANNOT_LISTEN = 3


def read_endpoints(actions_url: str | None) -> AvailableEndpoints:
    """endpoints.yml, with the action server that was started, its key, and Redis when LIANFANG_REDIS_URL is set."""
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    key = os.environ.get("LIANFANG_INTERNAL_KEY")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    endpoints.action = KeptConnection(
        actions_url or endpoints.action.url, headers=headers, **endpoints.action.kwargs
    )
    redis_url = os.environ.get("LIANFANG_REDIS_URL")
    if redis_url:
        endpoints.tracker_store, endpoints.lock_store = redis_endpoints(redis_url)
    return endpoints


def open_store(endpoint: EndpointConfig) -> ForgetfulTrackerStore | ForgetfulRedisStore:
    """The store of endpoints.yml, which must be one of ours: Rasa's own never forget."""
    kind = class_from_module_path(endpoint.type)
    if not issubclass(kind, ForgetfulTrackerStore | ForgetfulRedisStore):
        raise TypeError("a tracker store that does not forget")
    store: ForgetfulTrackerStore | ForgetfulRedisStore = kind(
        domain=Domain.empty(), host=endpoint.url, **endpoint.kwargs
    )
    return store


def load_agent(model: Path, endpoints: AvailableEndpoints) -> Agent:
    """Rasa's agent with our processor and without its fail-safe store, which would keep trackers for ever."""
    store = open_store(endpoints.tracker_store)
    agent = Agent(
        lock_store=LockStore.create(endpoints.lock_store),
        action_endpoint=endpoints.action,
        tracker_store=store,
    )
    agent.tracker_store = store
    agent.processor = HonestProcessor(
        model_path=model,
        tracker_store=store,
        lock_store=agent.lock_store,
        action_endpoint=endpoints.action,
        generator=agent.nlg,
    )
    agent.domain = store.domain = agent.processor.domain
    agent.nlg.responses = agent.domain.responses
    return agent


def read_channels() -> list[InputChannel]:
    """The channels of credentials.yml."""
    credentials = read_config_file("credentials.yml")
    return [class_from_module_path(name).from_credentials(given) for name, given in credentials.items()]


async def _sweep(app: Sanic) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        app.ctx.agent.tracker_store.forget_expired()


async def _close(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
    await app.ctx.agent.action_endpoint.close()


async def _answer_error(_request: Request, error: Exception) -> HTTPResponse:
    status = error.status_code if isinstance(error, SanicException) else 500
    return problem(status, type(error).__name__)


def build_app(agent: Agent, channels: list[InputChannel]) -> Sanic:
    """A bare server: no API of Rasa's, no CORS, no pages."""
    app = Sanic("lianfang_nlu", configure_logging=False)
    app.config.update(RESPONSE_TIMEOUT=SECONDS_FOR_A_TURN, REQUEST_MAX_SIZE=LARGEST_REQUEST, ACCESS_LOG=False)
    app.ctx.agent = agent
    app.error_handler.add(Exception, _answer_error)
    app.add_task(_sweep(app))
    app.register_listener(_close, "after_server_stop")
    register(channels, app, route="/webhooks/")
    return app


def serve(model: Path, port: int, actions_url: str | None, workers: int) -> int:
    """Run until told to stop; otherwise say in one line why not and return a code.

    Several workers are processes on one port, forked from this one with the model they share.
    """
    if workers > 1 and not os.environ.get("LIANFANG_REDIS_URL"):
        log.critical("several workers need LIANFANG_REDIS_URL: in memory each would know other conversations")
        return CANNOT_LOAD
    apply_patches()
    try:
        channels = read_channels()
        agent = load_agent(model, read_endpoints(actions_url))
    except Exception as error:  # noqa: BLE001 -- reported and ended
        log.critical("cannot start with model %s: %s", model, where(error))
        return CANNOT_LOAD
    app = build_app(agent, channels)
    try:
        app.run(host=HOST, port=port, workers=workers, access_log=False, motd=False)
    except OSError as error:
        log.critical("cannot listen on %s:%s (%s); LIANFANG_RASA_PORT moves it", HOST, port, error.strerror)
        return CANNOT_LISTEN
    return 0
