"""One turn of a conversation: run it, or find its earlier answer; failures are raised, not swallowed."""

import json
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import DEFAULT_INTENTS

from nlu.commands import escape_command
from nlu.messages import answer_to, tap_data
from nlu.processor import CHANNEL_NAME, HonestProcessor, SilentOutput, TurnFailed

# Rasa looks at a conversation's lock once a second; ours is held for some 30 ms.
LOCK_POLL_SECONDS = 0.05


class TurnRefused(Exception):
    """The request cannot become a turn; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Turn:
    """What the gateway asks for; `kind` is text, tap or image."""

    sender: str
    message: str
    kind: str
    metadata: dict[str, Any]

    @property
    def event(self) -> str:
        return str(self.metadata["event"])

    @classmethod
    def from_json(cls, body: Any) -> "Turn":
        """Refuse with `bad_request` what is not a turn."""
        metadata = body.get("metadata") if isinstance(body, dict) else None
        if not isinstance(metadata, dict):
            raise TurnRefused("bad_request")
        sender, message, kind = body.get("sender"), body.get("message"), metadata.get("kind")
        texts = (sender, message, metadata.get("event"))
        if not all(isinstance(text, str) for text in texts) or not sender or not metadata.get("event"):
            raise TurnRefused("bad_request")
        if kind not in {"text", "tap", "image"}:
            raise TurnRefused("bad_request")
        return cls(str(sender), str(message), str(kind), metadata)


def read_tap(message: str, processor: MessageProcessor) -> dict[str, Any]:
    """`/goal{"name": "value"}` as Rasa's parse data; goals and names the domain lacks are refused."""
    goal, brace, rest = message.removeprefix("/").partition("{")
    try:
        params = json.loads(brace + rest) if brace else {}
    except ValueError as error:
        raise TurnRefused("unknown_goal") from error
    goal = goal.strip()
    known = set(processor.domain.intents) - set(DEFAULT_INTENTS)
    if not message.startswith("/") or goal not in known or not set(params) <= set(processor.domain.entities):
        raise TurnRefused("unknown_goal")
    return tap_data(message, goal, params)


async def run_turn(agent: Agent, turn: Turn) -> dict[str, Any]:
    """The gateway's answer to one turn; the same event gets the same messages without running again."""
    processor = agent.processor
    assert isinstance(processor, HonestProcessor)  # noqa: S101 -- serve.py builds no other
    tap = turn.kind == "tap"
    message = UserMessage(
        turn.message if tap else escape_command(turn.message),
        SilentOutput(),
        turn.sender,
        parse_data=read_tap(turn.message, processor) if tap else None,
        input_channel=CHANNEL_NAME,
        message_id=turn.event,
        metadata=turn.metadata,
    )
    async with agent.lock_store.lock(turn.sender, wait_time_in_seconds=LOCK_POLL_SECONDS):
        tracker = await processor.run_turn(message)
    answer = answer_to(tracker, turn.event)
    if not answer:
        raise TurnFailed("no_answer")
    return {
        "messages": answer.messages,
        "form": tracker.active_loop_name,
        "intent": answer.intent.get("name"),
        "confidence": float(answer.intent.get("confidence") or 0.0),
    }
