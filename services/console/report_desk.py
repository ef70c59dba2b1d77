"""The desks of reports and appeals: their queues by rank, what was reported, and decisions by the reports' own rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI, Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from services.cases.lane import NotAllowed
from services.cases.officers import CaseShown, Moved
from services.cases.queues import Queue
from services.console.decision_part import decision_part
from services.console.desk import Effect, Field, FieldKind, Given, Page, Part, Row, StepOffered, StepRefused
from services.console.report_steps import choices_of, steps_of
from services.reports import deciding
from services.reports.decided import decided_on
from services.reports.desk import Desk as Ground
from services.reports.desk import desk_of
from services.reports.given import Given as GivenToReports
from services.reports.planning import Plan
from services.reports.queues import Waiting, look_over, waiting_in
from services.reports.steps import BACK

_GONE = frozenset({"not_open", "nothing_to_undo", "no_such_case"})
_FIELDS: Mapping[str, FieldKind] = {
    "kind": "code",
    "subject": "prose",
    "brand": "text",
    "found": "code",
    "money_lost": "money",
    "sender": "text",
    "seen_at": "time",
    "text": "prose",
    "why": "prose",
    "about": "code",
    "from_picture": "yes",
    "consent": "yes",
    "contact": "contact",
}


@dataclass(frozen=True)
class ReportDesk:
    """One for each lane of services/reports."""

    lane: str

    @property
    def choices(self) -> Mapping[str, Sequence[str]]:
        return choices_of(self.lane)

    @property
    def steps(self) -> Mapping[tuple[str, str], StepOffered]:
        return steps_of(self.lane)

    async def seat(self, database: Database, vault: Vault, clock: Clock) -> "ReportSeat":
        return ReportSeat(self, await desk_of(database, vault, clock))


@dataclass(frozen=True)
class ReportSeat:
    """`ground`: what the reports' functions need beside a session."""

    desk: ReportDesk
    ground: Ground

    def queues(self, session: Session, states: Sequence[str]) -> list[Queue]:
        return look_over(session, self.desk.lane, states)

    def page(self, session: Session, state: str, after: str, limit: int) -> Page:
        found = waiting_in(session, self.desk.lane, state, after=after or None, limit=limit)
        return Page([_row(one) for one in found.cases], found.next)

    def fields(self, session: Session, case: CaseShown) -> list[Field]:  # noqa: ARG002 -- a seat's
        return [
            Field(name, kind, _shown(name, case.details[name]))
            for name, kind in _FIELDS.items()
            if case.details.get(name)
        ]

    def parts(self, session: Session, case: CaseShown) -> list[Part]:
        decided = decided_on(session, case.id)
        return [] if decided is None else [decision_part(decided, case.number)]

    def open_steps(self, session: Session, case: CaseShown) -> list[str]:
        if case.leader is not None:
            return []
        back = self._way_back(session, case)
        events = [event for state, event in self.desk.steps if state == case.state]
        return [event for event in events if not event.startswith(BACK) or event == back]

    def _way_back(self, session: Session, case: CaseShown) -> str | None:
        try:
            return deciding.dry_undo(session, self.ground, "", case.number).event
        except deciding.Refused:
            return None

    def free_for(
        self, session: Session, case: CaseShown, event: str, person: str, organisations: frozenset[str]
    ) -> frozenset[str]:
        if event.startswith(BACK):
            return organisations
        return deciding.free_for(session, person, case.number, event) & organisations

    def effect(self, session: Session, case: CaseShown, event: str, given: Given) -> Effect:
        told = _told(case, given)
        try:
            plan = deciding.dry_run(session, self.ground, given.person, case.number, event, told)
        except deciding.Refused as refused:
            raise _translated(refused, case, event) from None
        return _effect(plan)

    def take(self, session: Session, case: CaseShown, event: str, given: Given) -> None:
        try:
            if event.startswith(BACK):
                deciding.undo(session, self.ground, given.person, case.number)
            else:
                deciding.decide(session, self.ground, given.person, case.number, event, _told(case, given))
        except deciding.Refused as refused:
            raise _translated(refused, case, event) from None


def _row(one: Waiting) -> Row:
    return Row(one.number, one.shown, tuple(_marks(one)), one.opened_at, one.changed_at, one.due_at)


def _marks(one: Waiting) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if one.late:
        yield "late", {}
    if one.merchant:
        yield "merchant", {}
    if one.money_lost:
        yield "money_lost", {"amount": f"{one.money_lost:,}"}
    if one.others:
        yield "others", {"count": one.others}


def _shown(name: str, value: Any) -> Any:
    if name == "contact" and isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return value


def _told(case: CaseShown, given: Given) -> GivenToReports:
    values = given.values
    return GivenToReports(
        reason=values.get("reason"),
        targets=tuple(values.get("targets", "").split()),
        scope=values.get("scope"),  # type: ignore[arg-type]
        until=_end_of(values.get("until", "")),
        legal_basis=values.get("legal_basis"),
        unit=values.get("unit"),
        typed=values.get("typed"),
        organisation=min(given.organisations) if given.organisations else None,
        note=given.note,
        seen=case.seen,
    )


def _end_of(day: str) -> datetime | None:
    """The end of a day in Taipei; None for what is no day."""
    try:
        return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), TAIPEI)
    except ValueError:
        return None


def _effect(plan: Plan) -> Effect:
    return Effect(
        adds=plan.adds,
        removes=plan.removes,
        until=plan.until,
        tells=plan.tells,
        objections=tuple((one.code, one.about) for one in plan.objections),
    )


def _translated(refused: deciding.Refused, case: CaseShown, event: str) -> Exception:
    if "moved_on" in refused.codes:
        return Moved()
    if _GONE.isdisjoint(refused.codes):
        return StepRefused(*refused.codes)
    return NotAllowed(case.lane, case.state, event)
