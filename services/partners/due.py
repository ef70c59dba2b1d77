"""Which deliveries are due: reachable, first about their entity, not too old; and the lease that makes them ours."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased

from services.partners.answers import GIVE_UP_AFTER
from services.partners.models import DeliveryRow, Partner

AT_ONCE = 20
LEASE = timedelta(seconds=60)
_WAITS = DeliveryRow.state == "waiting"


def something_due(session: Session, now: datetime) -> bool:
    """Whether a round has anything to do; only reads."""
    due = select(DeliveryRow.id).where(_WAITS, _sendable(now) | _too_old(now))
    return session.scalar(due.limit(1)) is not None


def lease(session: Session, now: datetime) -> Sequence[tuple[DeliveryRow, Partner]]:
    """The due ones, ours for a minute; new ones before those tried in vain."""
    due = (
        select(DeliveryRow, Partner)
        .join(Partner, Partner.id == DeliveryRow.partner)
        .where(_WAITS, _sendable(now))
        .order_by(DeliveryRow.attempts, DeliveryRow.id)
        .limit(AT_ONCE)
        .with_for_update(of=DeliveryRow, skip_locked=True)
    )
    leased = [(row, partner) for row, partner in session.execute(due)]
    for row, _partner in leased:
        row.not_before = now + LEASE
        row.attempts += 1
    return leased


def too_old(session: Session, now: datetime) -> Sequence[str]:
    """Ids of deliveries to give up, sent or not: also those whose partner never had an address."""
    return session.scalars(select(DeliveryRow.id).where(_WAITS, _too_old(now)).limit(AT_ONCE)).all()


def _too_old(now: datetime) -> ColumnElement[bool]:
    return DeliveryRow.created_at <= now - GIVE_UP_AFTER


def _sendable(now: datetime) -> ColumnElement[bool]:
    earlier = aliased(DeliveryRow)
    first = ~(
        select(earlier.id)
        .where(
            earlier.entity_id == DeliveryRow.entity_id,
            earlier.partner == DeliveryRow.partner,
            earlier.state == "waiting",
            earlier.id < DeliveryRow.id,
        )
        .correlate(DeliveryRow)
        .exists()
    )
    reachable = (
        select(Partner.id)
        .where(
            Partner.id == DeliveryRow.partner, Partner.status != "none", Partner.webhook_secret.is_not(None)
        )
        .correlate(DeliveryRow)
        .exists()
    )
    return and_(DeliveryRow.not_before <= now, ~_too_old(now), reachable, first)
