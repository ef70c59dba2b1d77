"""The only door to the core: turns from the gateway, with the internal key and honest HTTP errors."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.lock_store import LockError
from rasa.shared.core.constants import DEFAULT_INTENTS
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from nlu.processor import CHANNEL_NAME, TurnFailed
from nlu.quiet import OWN_LOGGER, where
from nlu.turn import Turn, TurnRefused, run_turn

log = logging.getLogger(OWN_LOGGER)

UNAUTHORISED = "unauthorised"
HEALTH_SENTENCE = "這封簡訊是真的嗎？"


def problem(status: int, code: str) -> HTTPResponse:
    """An error the gateway can tell apart by its code."""
    return response.json({"code": code}, status=status)


class LianfangInput(InputChannel):
    """`POST webhook` runs a turn, `POST forget` drops a conversation, `GET health` parses a sentence."""

    def __init__(self, key: str) -> None:
        self._expected = f"Bearer {key}".encode()

    @classmethod
    def name(cls) -> str:
        return CHANNEL_NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "LianfangInput":
        """`key` of credentials.yml, which is ${LIANFANG_INTERNAL_KEY}."""
        key = str((credentials or {}).get("key") or "")
        if not key or key.startswith("$"):
            cls.raise_missing_credentials_exception()
        return cls(key)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Rasa's callback is not used: it hides failures."""
        del on_new_message
        routes = Blueprint("lianfang")

        @routes.post("/webhook")
        async def take_turn(request: Request) -> HTTPResponse:
            return (
                await self._take_turn(request) if self._is_authorised(request) else problem(401, UNAUTHORISED)
            )

        @routes.post("/forget")
        async def forget(request: Request) -> HTTPResponse:
            return await self._forget(request) if self._is_authorised(request) else problem(401, UNAUTHORISED)

        @routes.get("/health")
        async def report_health(request: Request) -> HTTPResponse:
            return await self._report_health(request)

        return routes

    def _is_authorised(self, request: Request) -> bool:
        given = request.headers.get("authorization") or ""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._expected)

    async def _take_turn(self, request: Request) -> HTTPResponse:
        event = "-"
        try:
            turn = Turn.from_json(read_json(request))
            event = turn.event
            return response.json(await run_turn(request.app.ctx.agent, turn))
        except TurnRefused as refusal:
            return problem(400, refusal.code)
        except TurnFailed as failure:
            log.error("turn failed: %s event=%s", failure.code, event)
            return problem(500, failure.code)
        except LockError:
            return problem(503, "busy")
        except Exception as error:  # noqa: BLE001 -- whatever breaks, the gateway must see a failure and no text
            log.error("turn failed: crashed event=%s %s", event, where(error))
            return problem(500, "crashed")

    async def _forget(self, request: Request) -> HTTPResponse:
        body = read_json(request)
        sender = body.get("sender") if isinstance(body, dict) else None
        if not isinstance(sender, str) or not sender:
            return problem(400, "bad_request")
        agent: Agent = request.app.ctx.agent
        async with agent.lock_store.lock(sender):
            agent.tracker_store.forget(sender)
        return response.json({"forgotten": True})

    async def _report_health(self, request: Request) -> HTTPResponse:
        agent: Agent = request.app.ctx.agent
        try:
            parsed = await agent.parse_message(HEALTH_SENTENCE)
        except Exception as error:  # noqa: BLE001 -- an unhealthy core is an answer here
            log.error("unhealthy: %s", where(error))
            return problem(503, "not_understanding")
        goals = set(agent.domain.intents) - set(DEFAULT_INTENTS)
        if not any(entry["name"] in goals for entry in parsed.get("intent_ranking", [])):
            return problem(503, "not_understanding")
        return response.json({"status": "ok", "model": agent.model_id})


def read_json(request: Request) -> Any:
    """The body, None when it is no JSON."""
    try:
        return request.json
    except Exception:  # noqa: BLE001 -- sanic raises several kinds, all mean the same
        return None
