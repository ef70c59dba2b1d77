"""Officers' decisions on reports: tried without effect, taken, taken back by one step; every one with its event.

Plain functions of a session (`Database.together`, `Database.look` for the dry runs); the console imports them.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from lianfang.events import Actor
from lianfang.history import chain_of
from lianfang.ids import new_id
from services.cases.case import Case
from services.cases.evidence import add_evidence
from services.cases.finding import find_case, leader
from services.cases.walking import ENTITY, lock_in_order, walk
from services.people.roles import bound_to
from services.registry.own_list import stored_key
from services.registry.rules.lists import shown_key
from services.reports.desk import Desk, take_turn
from services.reports.effects import end, targets_of
from services.reports.given import Given
from services.reports.guard import Objection
from services.reports.history import Deed, history, last_move
from services.reports.lanes import LANES
from services.reports.models import Report, Target
from services.reports.planning import Plan, difference, offices_open, plan_step
from services.reports.steps import ADMIN, STEPS, Step, back_to


class Refused(Exception):
    """Nothing was changed. `codes`: why; `plan`: what was wanted, where it could be worked out."""

    def __init__(self, *codes: str, plan: Plan | None = None) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes
        self.plan = plan


def dry_run(session: Session, desk: Desk, officer: str, number: str, event: str, given: Given) -> Plan:
    """Exactly what `decide` would change, with every objection. Raises Refused: no_such_case, not_open, moved_on."""
    row = _row(session, number)
    return plan_step(session, desk, row, event, _step(session, row, event, given), officer, given)


def decide(session: Session, desk: Desk, officer: str, number: str, event: str, given: Given) -> Plan:
    """Take a step of steps.py; `officer` is a person, whose roles are read here. Raises Refused."""
    take_turn(session, "officers decide on reports")
    row, case = _locked(session, number)
    step = _step(session, row, event, given)
    plan = plan_step(session, desk, row, event, step, officer, given)
    if plan.objections:
        raise Refused(*(one.code for one in plan.objections), plan=plan)
    _aim(session, desk, row, step, plan)
    actor = Actor("officer", officer)
    if given.note:
        add_evidence(session, desk.vault, case, kind="text", body=given.note, actor=actor, now=desk.now)
    row.reason = given.reason
    if "legal_basis" in step.needs:
        row.legal_basis, row.unit = given.legal_basis, (given.unit or "").strip()
    walk(
        session,
        desk.vault,
        LANES[row.lane],
        case,
        event,
        actor=actor,
        now=desk.now,
        reason=given.reason,
        params={
            "role": plan.role,
            "organisation": plan.organisation,
            "targets": len(plan.aimed),
            "scope": given.scope,
            "legal_basis": given.legal_basis,
            "unit": row.unit if "unit" in step.needs else None,
        },
        trace=desk.trace,
    )
    return plan


def dry_undo(session: Session, desk: Desk, officer: str, number: str) -> Plan:
    """What `undo` would change. Raises Refused: no_such_case, nothing_to_undo."""
    return _plan_undo(session, desk, officer, _row(session, number))


def undo(session: Session, desk: Desk, officer: str, number: str) -> Plan:
    """Take the last step back, if an officer took it; anyone who could have taken it may, and an admin. Raises Refused."""
    take_turn(session, "officers decide on reports")
    row, case = _locked(session, number)
    plan = _plan_undo(session, desk, officer, row)
    if plan.objections:
        raise Refused(*(one.code for one in plan.objections), plan=plan)
    walk(
        session,
        desk.vault,
        LANES[row.lane],
        case,
        plan.event,
        actor=Actor("officer", officer),
        now=desk.now,
        tell=False,
        reason="undone",
        params={"role": plan.role, "organisation": plan.organisation},
        trace=desk.trace,
    )
    return plan


def free_for(session: Session, officer: str, number: str, event: str) -> frozenset[str]:
    """The organisations for which this step is open to this person now; none when somebody else must take it."""
    row = _row(session, number)
    step = STEPS[row.lane].get((row.state, event))
    if step is None:
        return frozenset()
    kinds = {one.kind for one in targets_of(session, row.case)} | {row.kind}
    offices, _ = offices_open(session, row, step, kinds, officer)
    return frozenset(organisation for _, organisation in offices)


def undoable(session: Session, row: Report) -> Deed | None:
    """The step that `undo` would take back, None when the last move was none of an officer's."""
    last = last_move(history(session, row.case))
    if last is None or last.before is None or not last.in_office or last.is_undo:
        return None
    return last if (row.state, back_to(last.before)) in LANES[row.lane].table else None


def _plan_undo(session: Session, desk: Desk, officer: str, row: Report) -> Plan:
    last = undoable(session, row)
    if last is None or last.before is None:
        raise Refused("nothing_to_undo")
    roles = STEPS[row.lane][last.before, last.event].roles | {ADMIN}
    own = sorted(bound for bound in bound_to(session, [officer]).get(officer, ()) if bound[0] in roles)
    role, organisation = own[0] if own else (None, None)
    adds, removes = difference(session, desk, row, last.before, None)
    return Plan(
        number=row.number,
        lane=row.lane,
        event=back_to(last.before),
        before=row.state,
        after=last.before,
        role=role,
        organisation=organisation,
        adds=adds,
        removes=removes,
        objections=() if own else (Objection("role_missing"),),
    )


def _row(session: Session, number: str) -> Report:
    """The report whose course counts for this number."""
    case = find_case(session, number)
    row = None if case is None else session.get(Report, leader(session, case).id)
    if row is None:
        raise Refused("no_such_case")
    return row


def _locked(session: Session, number: str) -> tuple[Report, Case]:
    row = _row(session, number)
    case = lock_in_order(session, LANES[row.lane], row.case)
    session.refresh(row, with_for_update=True)
    return row, case


def _step(session: Session, row: Report, event: str, given: Given) -> Step:
    if given.seen is not None and given.seen != chain_of(session, ENTITY, row.case)[-1].number:
        raise Refused("moved_on")
    step = STEPS[row.lane].get((row.state, event))
    if step is None:
        raise Refused("not_open")
    return step


def _aim(session: Session, desk: Desk, row: Report, step: Step, plan: Plan) -> None:
    """The case's targets become those of the plan."""
    targets = targets_of(session, row.case)
    if "scope" in step.needs:
        targets = _replaced(session, desk, row, targets, plan)
    for target in targets:
        target.until = plan.until
        if step.purpose == "block":
            target.blocked_at = desk.now
    session.flush()


def _replaced(session: Session, desk: Desk, row: Report, present: list[Target], plan: Plan) -> list[Target]:
    wanted = {stored_key(desk.vault, aim.kind, aim.value): aim for aim in plan.aimed}
    kept = {(one.kind, one.key): one for one in present if (one.kind, one.key) in wanted}
    for one in present:
        if (one.kind, one.key) not in kept:
            one.replaced = True
            if one.listed:
                end(session, one, desk.now)
    for place, aim in wanted.items():
        if place not in kept:
            kept[place] = _new_target(row, place, desk.now)
            session.add(kept[place])
        kept[place].shown, kept[place].scope = shown_key(aim.kind, aim.value), aim.scope or "exact"
    return list(kept.values())


def _new_target(row: Report, place: tuple[str, str], now: datetime) -> Target:
    kind, key = place
    return Target(
        id=new_id("tg"), case=row.case, kind=kind, key=key, listed=False, replaced=False, decided_at=now
    )
