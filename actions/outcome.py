"""What an action leaves: its reply, slots to set, and what goes on from here."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from lianfang.replies import Reply

LISTEN = "action_listen"


class GoesOn(Enum):
    """What becomes of the goal that was open."""

    NOT = "it ends"
    QUESTION = "its question is asked again, but no confirming card is put back in front of anybody"
    ALWAYS = "its question or its card is shown again"


@dataclass(frozen=True)
class Outcome:
    """By default the conversation waits for the person, with nothing open."""

    reply: Reply | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    then: str = LISTEN
    goes_on: GoesOn = GoesOn.NOT
