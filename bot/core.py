"""The gateway's side of the Rasa core: one turn in, replies as data out; silence counts as failure."""

import json
from dataclasses import dataclass
from typing import Any

from bot.goals import GOALS
from lianfang.client import InternalClient, ServiceRefused, ServiceUnavailable

BUDGET_SECONDS = 6.0
TURN = "/webhooks/lianfang/webhook"
FORGET = "/webhooks/lianfang/forget"


@dataclass(frozen=True)
class CoreAnswer:
    """What the core said: `messages` as actions made them, and whether a form is waiting for an answer."""

    messages: list[dict[str, Any]]
    in_form: bool


class CoreDown(Exception):
    """No usable answer: unreachable, too late, an error, or silence."""


class Core:
    """Typed calls to our input channel in Rasa."""

    def __init__(self, http: InternalClient) -> None:
        self._http = http

    async def turn(self, session: str, message: str, metadata: dict[str, Any]) -> CoreAnswer:
        """One turn of the conversation. Raises CoreDown."""
        body = {"sender": session, "message": message, "metadata": metadata}
        try:
            answer = await self._http.post(TURN, body, budget=BUDGET_SECONDS, trace=metadata["event"])
        except (ServiceUnavailable, ServiceRefused) as error:
            raise CoreDown(str(error)) from error
        messages = [said for said in (_as_data(one) for one in answer.get("messages", [])) if said]
        if not messages:
            raise CoreDown("silence")
        return CoreAnswer(messages, in_form=bool(answer.get("form")))

    async def forget(self, session: str) -> None:
        """Drop what the core remembers of a session; a core that is down has forgotten already."""
        try:
            await self._http.post(FORGET, {"sender": session}, budget=BUDGET_SECONDS)
        except (ServiceUnavailable, ServiceRefused):
            return


def tap_message(goal: str, params: dict[str, Any]) -> str:
    """The core's own notation for a tap. Raises KeyError for a goal or parameter that is not on the allow-list."""
    allowed = GOALS[goal]
    if not set(params) <= allowed:
        raise KeyError(goal)
    return f"/{goal}{json.dumps(params, ensure_ascii=False)}" if params else f"/{goal}"


def _as_data(message: dict[str, Any]) -> dict[str, Any] | None:
    """Replies as data; a plain text of the core's own words passes as it is."""
    custom = message.get("custom")
    if isinstance(custom, dict) and custom.get("say"):
        return custom
    if message.get("text"):
        return {"said": str(message["text"])}
    return None
