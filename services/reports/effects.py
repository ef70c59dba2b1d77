"""What a step of a report does beside moving its case: the queue's row, the listing, the deadline, what is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI
from lianfang.events import Actor, append
from lianfang.privacy import Vault
from services.cases.case import Case
from services.partners.joining import status_of
from services.registry.own_list import add_to_own_list, take_from_own_list
from services.reports.history import moved_by
from services.reports.models import Report, Target
from services.reports.priority import rank
from services.reports.steps import is_listing

HOTLINE = "165"
JOINED = "joined"
DEMO = {"key": "notice.demo"}  # design rule 11
_NO_REASON: Mapping[str, Any] = {"key": "decision.none"}


def mirror(row: Report, case: Case, *, late: bool) -> None:
    """The queue's row follows its case."""
    is_joined = row.leader is not None and case.state != "withdrawn"
    row.state = JOINED if is_joined else case.state
    row.changed_at, row.due_at, row.late = case.changed_at, case.due_at, late
    place(row)


def place(row: Report) -> None:
    """Its place in the queue anew."""
    row.rank = rank(merchant=row.merchant, reporters=row.reporters, money_lost=row.money_lost, late=row.late)


def relist(session: Session, row: Report, *, actor: Actor, now: datetime) -> None:
    """The registry lists what the case decided exactly while it stands."""
    wanted = is_listing(row.lane, row.state)
    for target in targets_of(session, row.case):
        if target.listed is wanted:
            continue
        target.listed = wanted
        if wanted:
            target.listed_at, target.ended_at = now, None
            add_to_own_list(session, [(target.kind, target.key)], now)
        else:
            end(session, target, now)
        append(
            session,
            at=now,
            actor=actor,
            entity="listing",
            entity_id=target.id,
            from_state="ended" if wanted else "listed",
            to_state="listed" if wanted else "ended",
            params={"case": row.case, "kind": target.kind, "scope": target.scope},
        )


def end(session: Session, target: Target, now: datetime) -> None:
    """Take a target off the list, unless another case lists the same."""
    target.listed, target.ended_at = False, now
    session.flush()
    same = select(Target.id).where(
        Target.kind == target.kind, Target.key == target.key, Target.listed, Target.id != target.id
    )
    if session.scalar(same.limit(1)) is None:
        take_from_own_list(session, [(target.kind, target.key)], now)


def targets_of(session: Session, case: str) -> list[Target]:
    """What the present decision on a case names."""
    ours = select(Target).where(Target.case == case, Target.replaced.is_(False)).order_by(Target.id)
    return list(session.scalars(ours))


def until_of(session: Session, case: str) -> datetime | None:
    """When the listing of a case ends by itself: with the first of its targets."""
    return min((one.until for one in targets_of(session, case) if one.until), default=None)


def forget_contact(vault: Vault, case: Case) -> None:
    """Whoever takes a report back is not to be called about it."""
    if case.details is not None:
        details: dict[str, Any] = vault.decrypt_json(case.details)
        case.details = vault.encrypt_json({**details, "contact": None})


def describe(session: Session, _vault: Vault, case: Case) -> Mapping[str, Any]:
    """`what` (defanged, masked), `kind`, `others` who reported it too, `at`, `until`, `why` of the last decision.

    Of 165: its `status`, `hotline` its own number, `by_165` whether its own system brought the report to its state.
    """
    own = session.get(Report, case.id)
    if own is None:
        return {}
    row = own if own.leader is None else session.get_one(Report, own.leader)
    until, status = until_of(session, row.case), status_of(session, HOTLINE)
    return {
        "what": own.shown,
        "kind": own.kind,
        "others": max(row.reporters - (own.left_at is None), 0),
        "left": own.left_at is not None,
        "at": _moment(row.changed_at),
        "until": _moment(until) if until else "",
        "why": {"key": f"decision.{row.reason}"} if row.reason else _NO_REASON,
        "demo": DEMO if status == "sandbox" else "",
        "status": status,
        "hotline": row.hotline_number or "",
        "by_165": _came_by_165(session, row),
    }


def _came_by_165(session: Session, row: Report) -> bool:
    """Whether 165's own system answered so: that it has the report, or the step to where it stands."""
    if row.state == "reported":
        return row.hotline_number is not None
    return moved_by(session, row.case, row.state) == "partner"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(TAIPEI):%m/%d %H:%M}"
