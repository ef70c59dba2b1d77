"""What the lock platform achieves, from the history: locks, points saved, refusals, refunds, time to a lock, reports."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI
from lianfang.events import Event
from services.cases.walking import ENTITY as CASE
from services.locks.cards import ENTITY as CARD
from services.locks.lock_states import EXPIRED, RELEASED, TOO_LATE
from services.locks.models import Card, Lock

STATUSES = ("live", "sandbox", "none")
LOST_AGAIN = (RELEASED, EXPIRED, TOO_LATE)


def figures(session: Session, since: datetime, until: datetime) -> dict[str, Any]:
    """For each status of the issuer, what happened from `since` until before `until`.

    `reached` counts the cases that came to a state; `amount_locked` and `amount_kept` are face values in TWD, the
    second without locks that ended with the points free or gone; `to_lock_seconds` from the first message on.
    """
    return {status: _of_status(session, status, since, until) for status in STATUSES}


def _of_status(session: Session, status: str, since: datetime, until: datetime) -> dict[str, Any]:
    reached = dict(session.execute(_steps(status, since, until)).all())
    locked = session.execute(
        select(Lock.case, Lock.first_message_at, Lock.locked_at, Card.face_value)
        .outerjoin(Card, Card.id == Lock.card)
        .where(Lock.status == status, Lock.locked_at >= since, Lock.locked_at < until)
    ).all()
    lost = set(
        session.scalars(
            select(Event.entity_id)
            .join(Lock, Lock.case == Event.entity_id)
            .where(Event.entity == CASE, Event.to_state.in_(LOST_AGAIN), Lock.status == status)
            .where(Lock.locked_at >= since, Lock.locked_at < until)
        )
    )
    seconds = sorted((row.locked_at - row.first_message_at).total_seconds() for row in locked)
    return {
        "reached": reached,
        "locked": len(locked),
        "amount_locked": sum(row.face_value or 0 for row in locked),
        "amount_kept": sum(row.face_value or 0 for row in locked if row.case not in lost),
        "crediting_refused": session.scalar(_refused(status, since, until)),
        "to_lock_seconds": {"p50": _percentile(seconds, 50), "p95": _percentile(seconds, 95)},
        "reports_by_month": _by_month(session, status, since, until),
    }


def _steps(status: str, since: datetime, until: datetime) -> Select[str, int]:
    """State -> how many cases entered it."""
    return (
        select(Event.to_state, func.count(func.distinct(Event.entity_id)))
        .join(Lock, Lock.case == Event.entity_id)
        .where(Event.entity == CASE, Event.at >= since, Event.at < until, Lock.status == status)
        .group_by(Event.to_state)
    )


def _refused(status: str, since: datetime, until: datetime) -> Select[int]:
    """Locked cards whose issuer asked to credit them."""
    asked = (
        select(Event.entity_id)
        .where(Event.entity == CARD, Event.reason == "crediting_refused", Event.at >= since, Event.at < until)
        .distinct()
    )
    return select(func.count(func.distinct(Lock.card))).where(Lock.status == status, Lock.card.in_(asked))


def _by_month(session: Session, status: str, since: datetime, until: datetime) -> dict[str, int]:
    """`2026-11` (Taipei) -> how many cards were reported."""
    opened = select(Lock.asked_at).where(Lock.status == status, Lock.asked_at >= since, Lock.asked_at < until)
    months = Counter(f"{at.astimezone(TAIPEI):%Y-%m}" for at in session.scalars(opened))
    return dict(sorted(months.items()))


def _percentile(values: list[float], percent: int) -> float | None:
    """The smallest value that this many percent do not exceed; None of nothing."""
    return values[max(0, -(-len(values) * percent // 100) - 1)] if values else None
