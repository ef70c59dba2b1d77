"""What stands, or stood, by the decision on a report: what exactly, how far, until when, on which ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from services.reports.effects import targets_of
from services.reports.history import state_before
from services.reports.models import Report, Target
from services.reports.steps import APPEALED

BLOCKING = frozenset({"approved_provisionally", "appealed_provisionally", "approved", "handed_over"})
Standing = Literal["blocked", "listed", "ended"]


@dataclass(frozen=True)
class Named:
    """One thing that a decision names, defanged or masked; `until`: when it ends, or ended."""

    shown: str
    scope: str
    standing: Standing
    until: datetime | None


@dataclass(frozen=True)
class Decided:
    """`number` of the case that the decision was taken on; the ground only where something is or was blocked."""

    number: str
    named: Sequence[Named]
    legal_basis: str | None
    unit: str | None


def decided_on(session: Session, case: str) -> Decided | None:
    """By the case itself, the one it was joined to, or the one it objects to; None while nothing was decided."""
    own = session.get(Report, case)
    if own is None:
        return None
    other = own.leader or own.concerns
    row = own if other is None else session.get_one(Report, other)
    targets = targets_of(session, row.case)
    if not targets:
        return None
    state = row.state if row.state != APPEALED else state_before(session, row.case, APPEALED)
    named = [_named(target, is_blocking=state in BLOCKING) for target in targets]
    has_ground = any(
        one.standing == "blocked" or (one.standing == "ended" and target.blocked_at is not None)
        for one, target in zip(named, targets, strict=True)
    )
    return Decided(
        number=row.number,
        named=named,
        legal_basis=row.legal_basis if has_ground else None,
        unit=row.unit if has_ground else None,
    )


def _named(target: Target, *, is_blocking: bool) -> Named:
    if not target.listed:
        return Named(target.shown, target.scope, "ended", target.ended_at)
    return Named(target.shown, target.scope, "blocked" if is_blocking else "listed", target.until)
