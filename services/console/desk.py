"""What the console asks of a lane: who may take which step, what its queues and cases show, how a step is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from services.cases.officers import CaseShown
from services.cases.queues import Queue

Apart = Literal["person", "organisation"]
# `choice`: a code with words under the field's own name; `names`: of other fields; `case`: a number to go to.
FieldKind = Literal[
    "text", "prose", "address", "time", "money", "yes", "code", "contact", "choice", "names", "case"
]


@dataclass(frozen=True)
class StepOffered:
    """One step out of one state: for which roles, apart from those who took earlier ones, what must be given with it.

    `earlier`: the events that count as earlier steps, all when None; `closed`: words that say who must take it instead;
    `may`: what can be given too; `weighs`: it lists or blocks, so its effect is shown before it is taken; `undo`: it
    takes an earlier step back, so no case waits for it.
    """

    to: str
    roles: frozenset[str]
    apart: Apart | None = None
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    weighs: bool = False
    undo: bool = False
    earlier: frozenset[str] | None = None
    closed: Literal["second_person", "other_person"] = "second_person"


@dataclass(frozen=True)
class Row:
    """One case in a queue; `marks`: codes of what makes it pressing, with what fills their words.

    `subject` is what it is about, `code` (words `code.*`) whose or what kind of thing that is, where it is needed.
    """

    number: str
    subject: str
    marks: tuple[tuple[str, Mapping[str, Any]], ...]
    opened_at: datetime
    changed_at: datetime
    due_at: datetime | None
    code: str = ""

    @property
    def is_late(self) -> bool:
        return any(mark == "late" for mark, _ in self.marks)


@dataclass(frozen=True)
class Page:
    """`next`: where the page behind begins, None at the end."""

    rows: Sequence[Row]
    next: str | None


@dataclass(frozen=True)
class Field:
    """One thing a case tells; of `contact` the value is shown only when somebody asks for it.

    `scope`: of an address, how much of it is meant (words `scope.*`).
    """

    name: str
    kind: FieldKind
    value: Any
    scope: str = ""


@dataclass(frozen=True)
class Part:
    """What is known of a case beside what was told, under a heading of its own: `name` as in words `part.*`."""

    name: str
    fields: Sequence[Field]


@dataclass(frozen=True)
class Given:
    """Who takes a step in which office, having seen the case as it is, and what was filled in by the names of its needs."""

    person: str
    organisations: frozenset[str]
    values: Mapping[str, str]
    note: str
    now: datetime


@dataclass(frozen=True)
class Effect:
    """What a step would change, worked out and not done; `objections` as (code, what about)."""

    adds: Sequence[str] = ()
    removes: Sequence[str] = ()
    until: datetime | None = None
    tells: int = 0
    objections: Sequence[tuple[str, str]] = field(default_factory=tuple)


class StepRefused(Exception):
    """The lane's own rules do not let this step be taken; `codes` say why."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = codes


class Seat(Protocol):
    """A desk with what it needs for one request; everything runs in the caller's session."""

    def queues(self, session: Session, states: Sequence[str]) -> list[Queue]: ...

    def page(self, session: Session, state: str, after: str, limit: int) -> Page:
        """What is to be done first comes first."""

    def fields(self, session: Session, case: CaseShown) -> list[Field]: ...

    def parts(self, session: Session, case: CaseShown) -> list[Part]: ...

    def open_steps(self, session: Session, case: CaseShown) -> list[str]:
        """The events of the desk's steps that this case can take now, whoever takes them."""

    def free_for(
        self, session: Session, case: CaseShown, event: str, person: str, organisations: frozenset[str]
    ) -> frozenset[str]:
        """Those of the person's organisations for which this step is open to them; none: somebody else must take it."""

    def effect(self, session: Session, case: CaseShown, event: str, given: Given) -> Effect: ...

    def take(self, session: Session, case: CaseShown, event: str, given: Given) -> None:
        """Raises services.cases.officers.Moved, services.cases.lane.NotAllowed or StepRefused, with nothing changed."""


class Desk(Protocol):
    """One for each lane: what is known without a request."""

    @property
    def lane(self) -> str: ...

    @property
    def steps(self) -> Mapping[tuple[str, str], StepOffered]:
        """(state, event) -> the step officers may take there."""

    @property
    def choices(self) -> Mapping[str, Sequence[str]]:
        """Of needs that are chosen from codes: the codes."""

    async def seat(self, database: Database, vault: Vault, clock: Clock) -> Seat: ...
