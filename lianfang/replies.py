"""Replies as data: keys and parameters of what is said, buttons, a card; the gateway makes words of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Say:
    """One line of an answer: a key of domain.yml and what its placeholders become."""

    key: str
    params: Mapping[str, Any] | None = None

    def as_json(self) -> Json:
        return {"key": self.key, "params": dict(self.params or {})}


@dataclass(frozen=True)
class Reply:
    """One message to the person; complete without its card."""

    say: Sequence[Say]
    buttons: Sequence[Json] = ()
    card: Json | None = None
    urgent: bool = False

    def as_json(self) -> Json:
        return {
            "say": [line.as_json() for line in self.say],
            "card": self.card,
            "buttons": list(self.buttons),
            "urgent": self.urgent,
        }


def says(*keys: str, buttons: Sequence[Json] = (), urgent: bool = False) -> Reply:
    """A reply of plain lines without parameters."""
    return Reply([Say(key) for key in keys], buttons, urgent=urgent)


def goal_button(key: str, goal: str, **params: str) -> Json:
    """A button that sets off a goal of the gateway's allow-list."""
    return {"key": key, "goal": goal, "params": params}


def call_button(number: str) -> Json:
    return {"key": f"btn.call_{number}", "tel": number}


CALL_165 = call_button("165")
CALL_110 = call_button("110")
CHECK_MESSAGE = goal_button("btn.check_message", "check_message")
ALREADY_SCAMMED = goal_button("btn.already_scammed", "already_scammed")
FIND_HUMAN = {"key": "btn.human_165", "tel": "165"}
HELP = goal_button("btn.help", "help")
