"""A desk for any lane of cases: queues by waiting time, and those fields of a case that it names."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from services.cases.lane import Lane
from services.cases.officers import CaseShown, OfficersStep, take_step
from services.cases.queues import Place, Queue, look_over, page_of
from services.console.desk import Effect, Field, FieldKind, Given, Page, Part, Row, StepOffered
from services.console.second_person import free_for

Marks = tuple[tuple[str, Mapping[str, Any]], ...]
Named = tuple[str, str, Marks]  # code, subject and marks of a row


def no_names(_session: Session, _cases: Collection[str]) -> Mapping[str, Named]:
    """A lane whose cases are told apart by their numbers."""
    return {}


def nothing_more(_session: Session, _vault: Vault, _case: CaseShown) -> list[Part]:
    """A lane that knows no more than what was told."""
    return []


@dataclass(frozen=True)
class PlainDesk:
    """`shown`: which of a case's details are shown, and as what; others stay hidden.

    `named`: what the rows of a queue say, by case; `parts`: what is known beside what was told.
    """

    course: Lane
    steps: Mapping[tuple[str, str], StepOffered]
    shown: Mapping[str, FieldKind] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    named: Callable[[Session, Collection[str]], Mapping[str, Named]] = no_names
    parts: Callable[[Session, Vault, CaseShown], list[Part]] = nothing_more

    @property
    def lane(self) -> str:
        return self.course.name

    async def seat(self, database: Database, vault: Vault, clock: Clock) -> "PlainSeat":  # noqa: ARG002 -- a desk's
        return PlainSeat(self, vault)


@dataclass(frozen=True)
class PlainSeat:
    """Steps are walked as the lane's table has them."""

    desk: PlainDesk
    vault: Vault

    def queues(self, session: Session, states: Sequence[str]) -> list[Queue]:
        return look_over(session, [(self.desk.lane, state) for state in states])

    def page(self, session: Session, state: str, after: str, limit: int) -> Page:
        found = page_of(session, self.desk.lane, state, after=_read(after), limit=limit)
        shown = found[:limit]
        named = self.desk.named(session, [one.id for one in shown])
        rows = []
        for one in shown:
            code, subject, marks = named.get(one.id, ("", "", ()))
            rows.append(Row(one.number, subject, marks, one.opened_at, one.changed_at, one.due_at, code))
        return Page(rows, _written(shown[-1].place) if len(found) > limit else None)

    def fields(self, session: Session, case: CaseShown) -> list[Field]:  # noqa: ARG002 -- a seat's
        told = case.details
        return [
            Field(name, kind, told[name])
            for name, kind in self.desk.shown.items()
            if told.get(name) is not None
        ]

    def parts(self, session: Session, case: CaseShown) -> list[Part]:
        return self.desk.parts(session, self.vault, case)

    def open_steps(self, session: Session, case: CaseShown) -> list[str]:  # noqa: ARG002 -- a seat's
        return [event for state, event in self.desk.steps if state == case.state and case.leader is None]

    def free_for(
        self,
        session: Session,  # noqa: ARG002 -- a seat's
        case: CaseShown,
        event: str,
        person: str,
        organisations: frozenset[str],
    ) -> frozenset[str]:
        return free_for(case.history, self.desk.steps[case.state, event], person, organisations)

    def effect(self, session: Session, case: CaseShown, event: str, given: Given) -> Effect:  # noqa: ARG002 -- a seat's
        return Effect()

    def take(self, session: Session, case: CaseShown, event: str, given: Given) -> None:
        step = OfficersStep(
            person=given.person,
            organisation=min(given.organisations),
            now=given.now,
            seen=case.seen,
            reason=given.values.get("reason"),
            note=given.note,
        )
        take_step(session, self.vault, self.desk.course, case.id, event, step)


def _written(place: Place) -> str:
    at, last = place
    return f"{at.isoformat()} {last}"  # to the microsecond: nobody is shown twice or left out


def _read(place: str) -> Place | None:
    at, _, last = place.partition(" ")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, last) if last and moment.tzinfo else None
