"""What an action leaves: its reply, slots to set, and the form or action that goes on from here."""

from dataclasses import dataclass, field
from typing import Any

from lianfang.replies import Reply

LISTEN = "action_listen"


@dataclass(frozen=True)
class Outcome:
    """By default the conversation waits for the person."""

    reply: Reply | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    then: str = LISTEN
