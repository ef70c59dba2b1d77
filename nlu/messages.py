"""What goes into a turn beside typed text, and what came out of one: Rasa's parse data for taps, its events as an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

STOP = "cancel"


def tap_data(text: str, goal: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """A tap as Rasa's parse data."""
    intent = {"name": goal, "confidence": 1.0}
    entities = [{"entity": name, "value": value} for name, value in params.items()]
    return {"text": text, "intent": intent, "intent_ranking": [intent], "entities": entities}


def stop_message(message: UserMessage) -> UserMessage:
    """What the person's own tap on "stop" would have been, as part of the same turn."""
    return UserMessage(
        f"/{STOP}",
        message.output_channel,
        message.sender_id,
        parse_data=tap_data(f"/{STOP}", STOP, {}),
        input_channel=message.input_channel,
        message_id=message.message_id,
        metadata={**(message.metadata or {}), "kind": "tap"},
    )


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
            if (entry.metadata or {}).get("event") == event:
                answer = answer or Answer([], entry.intent or {})
            elif answer:
                break
        elif answer and isinstance(entry, BotUttered):
            custom = entry.data.get("custom")
            answer.messages.append({"custom": custom} if custom else {"text": entry.text})
    return answer if answer and answer.messages else None
