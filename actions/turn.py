"""One turn as actions see it: the message, who wrote it, what is remembered, what was shown before."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker


class Turn:
    """Reads a rasa-sdk tracker; holds nothing of its own."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._message: dict[str, Any] = tracker.latest_message or {}
        self._metadata: dict[str, Any] = self._message.get("metadata") or {}

    @property
    def text(self) -> str:
        return str(self._message.get("text") or "")

    @property
    def intent(self) -> str:
        return str((self._message.get("intent") or {}).get("name") or "")

    @property
    def ranking(self) -> list[str]:
        """Names of the likely intents, best first."""
        return [str(entry["name"]) for entry in self._message.get("intent_ranking") or []]

    @property
    def is_tap(self) -> bool:
        return self._metadata.get("kind") == "tap"

    @property
    def in_group(self) -> bool:
        return bool(self._metadata.get("group"))

    @property
    def shown_since_core(self) -> bool:
        """Whether the gateway itself showed something after our last reply (a picture's answer, a notice …)."""
        return bool(self._metadata.get("shown_since_core"))

    @property
    def language(self) -> str:
        return str(self._metadata.get("lang") or self.slot("lang") or "zh-TW")

    @property
    def person(self) -> str | None:
        return self._metadata.get("person") or None

    @property
    def event(self) -> str:
        return str(self._metadata.get("event") or "")

    @property
    def form(self) -> str | None:
        name = self._tracker.active_loop_name
        return str(name) if name else None

    def slot(self, name: str) -> Any:
        return self._tracker.slots.get(name)

    def entity(self, name: str) -> str | None:
        """The first value found for this entity, or given by the tap."""
        value = next(self._tracker.get_latest_entity_values(name), None)
        return str(value) if value else None

    @property
    def language_just_chosen(self) -> str | None:
        """The language that this very turn has set, when the gateway does not know of it yet."""
        for event in reversed(self._tracker.events):
            if event.get("event") == "user":
                return None
            if event.get("event") == "slot" and event.get("name") == "lang":
                chosen = event.get("value")
                return str(chosen) if chosen and chosen != self._metadata.get("lang") else None
        return None

    def seconds_since_card(self, confirms: str) -> float | None:
        """Age of the card that asks to confirm this, None unless it is the last thing shown."""
        now: float | None = None
        for event in reversed(self._tracker.events):
            if event.get("event") == "user" and now is None:
                now = float(event.get("timestamp") or 0)
            elif event.get("event") == "bot":
                card = ((event.get("data") or {}).get("custom") or {}).get("card") or {}
                if card.get("confirms") != confirms or now is None:
                    return None
                return now - float(event.get("timestamp") or 0)
        return None

    def previous_text_answered_by(self, action: str) -> str | None:
        """What the person wrote in the turn before, if that action answered it."""
        answered = False
        for event in self._events_before_this_turn():
            if event.get("event") == "action" and event.get("name") == action:
                answered = True
            elif event.get("event") == "user":
                return str(event.get("text") or "") if answered else None
        return None

    def _events_before_this_turn(self) -> Iterator[dict[str, Any]]:
        """Newest first, beginning before the latest user message."""
        newest_first = iter(reversed(self._tracker.events))
        for event in newest_first:
            if event.get("event") == "user":
                break
        yield from newest_first
