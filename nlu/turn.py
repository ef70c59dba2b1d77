"""One turn of a conversation: run it, or find its earlier answer; failures are raised, not swallowed."""

import json
from dataclasses import dataclass
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.commands import escape_command

CHANNEL_NAME = "lianfang"
# Rasa looks at a conversation's lock once a second; ours is held for some 30 ms.
LOCK_POLL_SECONDS = 0.05


class TurnRefused(Exception):
    """The request cannot become a turn; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TurnFailed(Exception):
    """The turn broke or nobody answered; nothing of it was saved, so it may be run again."""

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


class SilentOutput(OutputChannel):
    """Sends nothing: the answer is read from the tracker, so a repeat finds the same one."""

    @classmethod
    def name(cls) -> str:
        return CHANNEL_NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """The tracker has it already."""


class _WatchedAction(Action):
    """Remembers the failure that Rasa logs and then ignores."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.failed = False

    def name(self) -> str:
        return str(self.action.name())

    def event_for_successful_execution(self, prediction: Any) -> Any:
        return self.action.event_for_successful_execution(prediction)

    async def run(self, output_channel: Any, nlg: Any, tracker: Any, domain: Any) -> list[Event]:
        try:
            return await self.action.run(output_channel, nlg, tracker, domain)  # type: ignore[no-any-return]
        except ActionExecutionRejection:
            raise
        except Exception:
            self.failed = True
            raise


class HonestProcessor(MessageProcessor):
    """Rasa's processor, whose turn fails when one of its actions fails."""

    async def _run_action(
        self, action: Action, tracker: DialogueStateTracker, output_channel: Any, nlg: Any, prediction: Any
    ) -> bool:
        watched = _WatchedAction(action)
        more = await super()._run_action(watched, tracker, output_channel, nlg, prediction)
        if watched.failed:
            raise TurnFailed("action_failed")
        return bool(more)

    async def run_turn(self, message: UserMessage) -> DialogueStateTracker:
        """`handle_message` that reads the tracker once and saves it only when somebody answered."""
        tracker = await self.get_tracker(message.sender_id)
        event = str((message.metadata or {}).get("event"))
        if answer_to(tracker, event):
            return tracker
        await self._update_tracker_session(tracker, message.output_channel, message.metadata)
        await self._handle_message_with_tracker(message, tracker)
        tracker = await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)
        if not answer_to(tracker, event):
            raise TurnFailed("no_answer")
        await self.save_tracker(tracker)
        return tracker


@dataclass(frozen=True)
class Answer:
    """What the bot said to one event, and how it had understood it."""

    messages: list[dict[str, Any]]
    intent: dict[str, Any]


def answer_to(tracker: DialogueStateTracker, event: str) -> Answer | None:
    """The answer the conversation holds for this event, None when nobody answered it."""
    answer: Answer | None = None
    for entry in tracker.events:
        if isinstance(entry, UserUttered):
            if answer:
                break
            if (entry.metadata or {}).get("event") == event:
                answer = Answer([], entry.intent or {})
        elif answer and isinstance(entry, BotUttered):
            custom = entry.data.get("custom")
            answer.messages.append({"custom": custom} if custom else {"text": entry.text})
    return answer if answer and answer.messages else None


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
    intent = {"name": goal, "confidence": 1.0}
    entities = [{"entity": name, "value": value} for name, value in params.items()]
    return {"text": message, "intent": intent, "intent_ranking": [intent], "entities": entities}


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
