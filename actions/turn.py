"""One turn as actions see it: the message, who wrote it, what is remembered, what was shown before."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker

from lianfang.clock import UTC

LEAST_LIKELY = 0.1
UNSURE = "action_unsure"  # says that it did not understand


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
    def confidence(self) -> float:
        return float((self._message.get("intent") or {}).get("confidence") or 0.0)

    @property
    def ranking(self) -> list[str]:
        """Names of the likely intents, best first; what is as likely as anything else is left out."""
        entries = self._message.get("intent_ranking") or []
        return [str(entry["name"]) for entry in entries if entry.get("confidence", 1.0) >= LEAST_LIKELY]

    @property
    def is_tap(self) -> bool:
        return self._metadata.get("kind") == "tap"

    @property
    def in_group(self) -> bool:
        return bool(self._metadata.get("group"))

    @property
    def typed_command(self) -> bool:
        """Whether the text was typed with a slash in front, which the gateway took away."""
        return bool(self._metadata.get("typed_command"))

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
    def channel(self) -> str:
        return str(self._metadata.get("channel") or "")

    @property
    def at(self) -> datetime | None:
        """When the message was sent, as the gateway says; else when it reached the core."""
        if sent := self._metadata.get("at"):
            return datetime.fromisoformat(sent)
        said: dict[str, Any] = next(
            (one for one in reversed(self._tracker.events) if one.get("event") == "user"), {}
        )
        moment = said.get("timestamp")
        return datetime.fromtimestamp(float(moment), UTC) if moment else None

    @property
    def event(self) -> str:
        return str(self._metadata.get("event") or "")

    @property
    def form(self) -> str | None:
        name = self._tracker.active_loop_name
        return str(name) if name else None

    def slot(self, name: str) -> Any:
        return self._tracker.slots.get(name)

    @property
    def entities(self) -> dict[str, tuple[str, ...]]:
        """Every entity's values in the order of the text, or what the tap tells."""
        found: dict[str, tuple[str, ...]] = {}
        for entity in self._message.get("entities") or []:
            name, value = str(entity.get("entity")), entity.get("value")
            if value:
                found[name] = (*found.get(name, ()), str(value))
        return found

    def entity(self, name: str) -> str | None:
        """The first value found for this entity, or given by the tap."""
        return next(iter(self.entities.get(name, ())), None)

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        """The same as it was written: 「蝦皮」, not 蝦皮購物."""
        found: dict[str, tuple[str, ...]] = {}
        for entity in self._message.get("entities") or []:
            name, written = (
                str(entity.get("entity")),
                self.text[entity.get("start", 0) : entity.get("end", 0)],
            )
            if written:
                found[name] = (*found.get(name, ()), written)
        return found

    @property
    def about(self) -> dict[str, tuple[str, ...]]:
        """What the person may speak of without naming it: the last check, what we did not understand before."""
        before = self.previous_text_answered_by(UNSURE) if self.is_tap else None
        slots = {name: self.slot(name) for name in ("check", "site", "checked", "imitated")}
        known = {**slots, "before": before}
        return {name: (str(value),) for name, value in known.items() if value}

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

    @property
    def last_card(self) -> str | None:
        """The kind of card under the last thing the core said."""
        for event in self._events_before_this_turn():
            if event.get("event") == "bot":
                card = ((event.get("data") or {}).get("custom") or {}).get("card") or {}
                return str(card.get("kind") or "") or None
        return None

    @property
    def offered(self) -> frozenset[str]:
        """The goals of the buttons under the last thing the core said."""
        for event in self._events_before_this_turn():
            if event.get("event") == "bot":
                buttons = ((event.get("data") or {}).get("custom") or {}).get("buttons") or ()
                return frozenset(str(button["goal"]) for button in buttons if "goal" in button)
        return frozenset()

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
