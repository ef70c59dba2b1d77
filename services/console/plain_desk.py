"""A desk for any lane of cases: queues by waiting time, and those fields of a case that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from services.cases.lane import Lane
from services.cases.officers import CaseShown, OfficersStep, take_step
from services.cases.queues import Place, Queue, look_over, page_of
from services.console.desk import Effect, Field, FieldKind, Given, Page, Row, StepOffered
from services.console.second_person import free_for


@dataclass(frozen=True)
class PlainDesk:
    """`shown`: which of a case's details are shown, and as what; others stay hidden."""

    course: Lane
    steps: Mapping[tuple[str, str], StepOffered]
    shown: Mapping[str, FieldKind] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)

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
        rows = [Row(one.number, "", (), one.opened_at, one.changed_at, one.due_at) for one in found[:limit]]
        return Page(rows, _written(found[limit - 1].place) if len(found) > limit else None)

    def fields(self, session: Session, case: CaseShown) -> list[Field]:  # noqa: ARG002 -- a seat's
        told = case.details
        return [
            Field(name, kind, told[name])
            for name, kind in self.desk.shown.items()
            if told.get(name) is not None
        ]

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
        return free_for(case.history, self.desk.steps[case.state, event].apart, person, organisations)

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
