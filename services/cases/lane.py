"""What a lane is, as data: its states, what moves them, its deadlines, what is told of them, what the owner may do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from lianfang.events import Actor
from lianfang.privacy import Vault

if TYPE_CHECKING:
    from services.cases.models import Case

Table = Mapping[tuple[str, str], str]  # (state, event) -> the state after it


class NotAllowed(Exception):
    """The state knows no such event: nothing was changed."""

    def __init__(self, lane: str, state: str, event: str) -> None:
        super().__init__(f"{lane}: no {event} in {state}")
        self.lane = lane
        self.state = state
        self.event = event


@dataclass(frozen=True)
class Deadline:
    """How long a state may last, and the event that a job sends then."""

    after: timedelta
    event: str


@dataclass(frozen=True)
class Passage:
    """One step of a case, for the lane's own effects in the same transaction."""

    case: "Case"
    event: str
    from_state: str | None
    to_state: str
    actor: Actor
    now: datetime
    vault: Vault
    trace: str | None


def nothing_first(_session: Session, _case: str) -> None:
    """A lane whose steps touch no other case."""


def no_effects(_session: Session, _passage: Passage) -> None:
    """A lane that only moves."""


def nothing_more(_session: Session, _vault: Vault, _case: "Case") -> Mapping[str, Any]:
    """A lane whose cases are told by number and state alone."""
    return {}


@dataclass(frozen=True)
class Lane:
    """A kind of case. `ends` are the states that nothing leaves by itself; `table` may still lead out of them (undo)."""

    name: str
    start: str
    table: Table
    ends: frozenset[str]
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)  # state entered -> key of domain.yml
    urgent: frozenset[str] = frozenset()  # states whose notice does not wait for the morning
    owner_events: Mapping[str, str] = field(default_factory=dict)  # withdraw, wrong, object -> event
    lock_first: Callable[[Session, str], None] = nothing_first  # other cases that a step touches too
    entered: Callable[[Session, Passage], None] = no_effects
    describe: Callable[[Session, Vault, "Case"], Mapping[str, Any]] = nothing_more  # for words; no secrets
    owners: frozenset[str] = frozenset()  # what of it followers are not told

    def after(self, state: str, event: str) -> str:
        """The next state. Raises NotAllowed."""
        try:
            return self.table[state, event]
        except KeyError:
            raise NotAllowed(self.name, state, event) from None

    def open_to_owner(self, state: str) -> list[str]:
        """What the owner may do in this state: keys of `owner_events`."""
        return [act for act, event in self.owner_events.items() if (state, event) in self.table]

    def told(self, session: Session, vault: Vault, case: "Case", person: str) -> dict[str, Any]:
        """`describe` for this person: who only follows is not told what is the owner's."""
        hidden = self.owners if case.person != person else frozenset()
        return {**self.describe(session, vault, case), **dict.fromkeys(hidden, "")}

    @property
    def states(self) -> frozenset[str]:
        return frozenset({self.start, *(state for state, _ in self.table), *self.table.values()})

    @property
    def events(self) -> frozenset[str]:
        return frozenset(event for _, event in self.table)
