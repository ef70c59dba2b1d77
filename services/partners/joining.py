"""Partners join, change and leave here: status, webhook and its secret, each change with its event (design rule 11)."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from yarl import URL

from lianfang.events import Actor, append
from lianfang.privacy import Vault
from services.partners.keys import OPERATOR
from services.partners.models import Partner

Status = Literal["none", "sandbox", "live"]
Kind = Literal["issuer", "store", "hotline", "association", "authority", "bank"]
STATUSES: tuple[Status, ...] = get_args(Status)
KINDS: tuple[Kind, ...] = get_args(Kind)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class NotAllowed(Exception):
    """What was asked for cannot be; one sentence."""


@dataclass(frozen=True)
class Joined:
    """A partner as it is shown."""

    id: str
    kind: str
    name_zh: str
    name_en: str
    status: str
    webhook_url: str | None


def add_partner(
    session: Session,
    partner: str,
    *,
    kind: Kind,
    name_zh: str,
    name_en: str,
    now: datetime,
    status: Status = "none",
    actor: Actor = OPERATOR,
) -> None:
    """Raises NotAllowed when there is one of this id."""
    if session.get(Partner, partner) is not None:
        raise NotAllowed(f"there is a partner {partner!r} already")
    row = Partner(
        id=partner,
        kind=kind,
        name_zh=name_zh,
        name_en=name_en,
        status=status,
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    _note(session, row, now, actor, before=None, params={"kind": kind})


def set_status(
    session: Session, partner: str, status: Status, now: datetime, *, actor: Actor = OPERATOR
) -> None:
    """From now on the partner counts as this. Raises NotAllowed for an unknown one."""
    row = _find(session, partner)
    before, row.status, row.changed_at = row.status, status, now
    _note(session, row, now, actor, before=before)


def set_webhook(
    session: Session,
    vault: Vault,
    partner: str,
    url: str,
    now: datetime,
    *,
    loopback: bool,
    actor: Actor = OPERATOR,
) -> str:
    """Where deliveries go from now on; the new secret that signs them, shown once. Raises NotAllowed."""
    if not may_call(url, loopback=loopback):
        raise NotAllowed("a webhook is an https address (in development also http to this machine)")
    row, secret = _find(session, partner), f"lfw_{secrets.token_hex(32)}"
    row.webhook_url, row.webhook_secret, row.changed_at = url, vault.encrypt(secret), now
    _note(session, row, now, actor, before=row.status, reason="webhook_changed")
    return secret


def status_of(session: Session, partner: str) -> str:
    """`none` also for whom we have never heard of."""
    return session.scalar(select(Partner.status).where(Partner.id == partner)) or "none"


def status_beside(partner: ColumnElement[str]) -> ColumnElement[str]:
    """The status of the partner that a column of another table names, as a column beside it."""
    status = select(Partner.status).where(Partner.id == partner).scalar_subquery()
    return func.coalesce(status, "none")


def statuses(session: Session) -> dict[str, str]:
    """Every partner that has joined (sandbox or live) and its status."""
    joined = select(Partner).where(Partner.status != "none")
    return {row.id: row.status for row in session.scalars(joined)}


def all_partners(session: Session) -> list[Joined]:
    """By id."""
    return [
        Joined(row.id, row.kind, row.name_zh, row.name_en, row.status, row.webhook_url)
        for row in session.scalars(select(Partner).order_by(Partner.id))
    ]


def name_of_partner(session: Session, partner: str) -> tuple[str, str] | None:
    """In Chinese and in English, None when there is none of this id."""
    row = session.get(Partner, partner)
    return None if row is None else (row.name_zh, row.name_en)


def may_call(url: str, *, loopback: bool) -> bool:
    """Whether we may post there: https without a user in it; with `loopback` also http on this machine."""
    try:
        address = URL(url)
    except ValueError:
        return False
    if address.user is not None or address.password is not None or not address.raw_host:
        return False
    return address.scheme == "https" or (
        address.scheme == "http" and loopback and address.raw_host in LOOPBACK
    )


def _find(session: Session, partner: str) -> Partner:
    row = session.get(Partner, partner, with_for_update=True)
    if row is None:
        raise NotAllowed(f"there is no partner {partner!r}")
    return row


def _note(
    session: Session,
    row: Partner,
    now: datetime,
    actor: Actor,
    *,
    before: str | None,
    reason: str | None = None,
    params: dict[str, Any] | None = None,
) -> None:
    append(
        session,
        at=now,
        actor=actor,
        entity="partner",
        entity_id=row.id,
        from_state=before,
        to_state=row.status,
        reason=reason,
        params=params or {},
    )
