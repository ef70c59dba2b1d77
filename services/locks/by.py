"""Who does something, when, and by which request."""

from dataclasses import dataclass
from datetime import datetime

from lianfang.events import Actor


@dataclass(frozen=True)
class By:
    """`trace`: the event of the chat that led here."""

    actor: Actor
    now: datetime
    trace: str | None = None

    @classmethod
    def person(cls, person: str, now: datetime, trace: str | None = None) -> "By":
        return cls(Actor("person", person), now, trace)

    @classmethod
    def partner(cls, partner: str, now: datetime) -> "By":
        return cls(Actor("partner", partner), now)
