"""What a step would do, worked out before anything is changed: a dry run shows it, a decision does exactly it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services.people.roles import bound_to
from services.registry.own_list import stored_key
from services.registry.rules.lists import shown_key
from services.reports.aiming import aims_anew, aims_before, told_of
from services.reports.apart import NotApart, offices_for
from services.reports.desk import Desk
from services.reports.effects import targets_of, until_of
from services.reports.given import HOLDS, Given, missing
from services.reports.guard import Aim, Objection, objections
from services.reports.history import history, standing
from services.reports.lanes import LANES
from services.reports.limits import Room
from services.reports.models import Report
from services.reports.releasing import room
from services.reports.steps import TWO_ORGANISATIONS, Apart, Step, is_listing
from services.reports.tables import EMERGENCY_HOLDS


@dataclass(frozen=True)
class Plan:
    """One step before it is taken, for whoever may take it.

    `adds`: what is listed from then on, defanged but not masked: who lists a number sees all of it; `removes`: what no
    more; `until`: when the listing ends;
    `tells`: how many persons; `room`: of today's limit, where it counts; `objections`: why it is not taken.
    """

    number: str
    lane: str
    event: str
    before: str
    after: str
    role: str | None
    organisation: str | None
    adds: tuple[str, ...] = field(default=(), repr=False)
    removes: tuple[str, ...] = ()
    until: datetime | None = None
    tells: int = 0
    room: Room | None = None
    objections: tuple[Objection, ...] = ()
    aimed: tuple[Aim, ...] = field(default=(), repr=False)


def plan_step(
    session: Session, desk: Desk, row: Report, event: str, step: Step, officer: str, given: Given
) -> Plan:
    """The whole step, with everything that speaks against it."""
    aims, faults = _aims(session, desk, row, step, given)
    kinds = {aim.kind for aim in aims}
    faults += missing(step, given, kinds, desk.now)
    offices, apart_fault = offices_open(session, row, step, kinds, officer)
    faults += apart_fault
    if given.organisation is not None and offices:
        offices = [office for office in offices if office[1] == given.organisation]
        faults += [] if offices else [Objection("same_organisation")]
    role, organisation = offices[0] if offices else (None, None)
    adds, removes = difference(session, desk, row, step.to, aims)
    if step.purpose is not None:
        protected = desk.protecting(session, [aim.value for aim in aims if aim.kind in ("host", "page")])
        faults += [one for aim in aims for one in objections(aim, step.purpose, protected)]
    left = room(session, step.purpose, officer, desk.now) if step.purpose else None
    if left is not None and not left.has(len(adds) if step.purpose == "list" else len(aims)):
        faults.append(Objection("limit_reached", never=False))
    return Plan(
        number=row.number,
        lane=row.lane,
        event=event,
        before=row.state,
        after=step.to,
        role=role,
        organisation=organisation,
        adds=adds,
        removes=removes,
        until=_until(session, row, step, given, desk.now),
        tells=told_persons(session, row, step.to),
        room=left,
        objections=tuple(dict.fromkeys(faults)),
        aimed=tuple(aims),
    )


def difference(
    session: Session, desk: Desk, row: Report, after: str, aims: list[Aim] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What this case lists in the state `after` and not now, and the other way round; `aims` None: as decided before."""
    present = targets_of(session, row.case)
    listed = {(one.kind, one.key): one.shown for one in present if one.listed}
    if not is_listing(row.lane, after):
        then: dict[tuple[str, str], str] = {}
    elif aims:
        then = {stored_key(desk.vault, aim.kind, aim.value): _in_full(aim) for aim in aims}
    else:
        then = {(one.kind, one.key): one.shown for one in present}
    adds = tuple(shown for key, shown in then.items() if key not in listed)
    return adds, tuple(shown for key, shown in listed.items() if key not in then)


def _in_full(aim: Aim) -> str:
    return shown_key(aim.kind, aim.value) if aim.kind in ("host", "page", "chat") else aim.value


def told_persons(session: Session, row: Report, after: str) -> int:
    """How many persons get a notice when the case enters this state."""
    if after not in LANES[row.lane].notices or after == row.state:
        return 0
    reporters = select(func.count(func.distinct(Report.person))).where(
        or_(Report.case == row.case, Report.leader == row.case), Report.person.is_not(None)
    )
    return session.scalar(reporters) or 0


def _aims(
    session: Session, desk: Desk, row: Report, step: Step, given: Given
) -> tuple[list[Aim], list[Objection]]:
    if "scope" in step.needs:
        return aims_anew(session, row, told_of(session, desk.vault, row), given, desk.directory)
    return (aims_before(session, row, given) if step.purpose else []), []


def offices_open(
    session: Session, row: Report, step: Step, kinds: Collection[str], officer: str
) -> tuple[list[tuple[str, str]], list[Objection]]:
    """Each (role, organisation) in which this person may take the step, or why there is none."""
    earlier = standing(history(session, row.concerns or row.case))
    bound = bound_to(session, {officer, *(deed.person for deed in earlier if deed.person)})
    apart: Apart | None = step.apart
    if apart == "person" and not TWO_ORGANISATIONS.isdisjoint(kinds):
        apart = "organisation"
    try:
        return offices_for(step.roles, apart, earlier, person=officer, bound=bound), []
    except NotApart as refused:
        return [], [Objection(refused.code)]


def _until(session: Session, row: Report, step: Step, given: Given, now: datetime) -> datetime | None:
    if step.to == "approved_provisionally":
        return now + EMERGENCY_HOLDS
    if given.until is not None and "until" in step.needs:
        return given.until
    return given.until or now + HOLDS if "scope" in step.needs else until_of(session, row.case)
