"""Issuers as records the registry desk changes: what two officers decided is read and written here, with its event."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.events import Actor, append
from services.locks.issuers import NEEDS, PAGES, REFUND_RULES, WAYS
from services.locks.models import Issuer

RECORD = "issuer"  # the desk's name for the kind
BY_DESK = Actor("system", "registry_desk")
FIELDS = (
    "name_zh", "name_en", "way", "delay_hours", "own_rule_hours", "refund_rule", "needs", "url", "page", "hotline",
    "source", "verified_on",
)  # fmt: skip
CHOICES = {"way": WAYS, "page": tuple(sorted(PAGES)), "refund_rule": tuple(sorted(REFUND_RULES))}
ALL_NEEDS = tuple(sorted(NEEDS))


def issuer_ids(session: Session) -> list[str]:
    """Every issuer, by id."""
    return list(session.scalars(select(Issuer.id).order_by(Issuer.id)))


def read_issuer(session: Session, issuer: str) -> dict[str, Any] | None:
    """Its fields as JSON has them, None for an unknown one."""
    row = session.get(Issuer, issuer)
    if row is None:
        return None
    return {**{name: getattr(row, name) for name in FIELDS}, "verified_on": row.verified_on.isoformat()}


def write_issuer(session: Session, issuer: str, record: dict[str, Any], now: datetime) -> None:
    """Set all of the fields, in the transaction that decides."""
    row = session.get_one(Issuer, issuer, with_for_update=True)
    for name in FIELDS:
        value = record[name]
        setattr(row, name, date.fromisoformat(value) if name == "verified_on" else value)
    append(
        session,
        at=now,
        actor=BY_DESK,
        entity=RECORD,
        entity_id=issuer,
        from_state="known",
        to_state="known",
        reason="decided",
        params={"way": row.way, "delay_hours": row.delay_hours},
    )
