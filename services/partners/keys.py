"""Keys partners call us with: `lfk_<id>_<secret>`, shown once, stored as a hash, with scopes, an end and an overlap."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from lianfang.events import Actor, append
from lianfang.ids import new_id
from services.partners.models import Partner, PartnerKey

OPERATOR = Actor("system", "command_line")
SCOPES = ("cards:write", "locks:read", "refunds:read", "refunds:write")
_KEY = re.compile(r"lfk_([0-9A-Z]{26})_([0-9a-f]{64})")
_NOBODYS = hashlib.sha256(b"").hexdigest()


class NoKey(Exception):
    """No such partner, or no valid key of it; the message is the id."""


@dataclass(frozen=True)
class Caller:
    """Who calls: a partner that has joined (sandbox or live), and what its key may do."""

    partner: str
    kind: str
    status: str
    scopes: frozenset[str]


@dataclass(frozen=True)
class Shown:
    """A key as it may be shown."""

    id: str
    last4: str
    scopes: tuple[str, ...]
    expires_at: datetime | None


def mint(
    session: Session,
    partner: str,
    scopes: Collection[str],
    now: datetime,
    *,
    expires_at: datetime | None = None,
    actor: Actor = OPERATOR,
) -> tuple[PartnerKey, str]:
    """A new key: its row, and the key itself, which is never seen again. Raises NoKey for an unknown partner."""
    if session.get(Partner, partner) is None:
        raise NoKey(partner)
    secret = secrets.token_hex(32)
    row = PartnerKey(
        id=new_id("pk"),
        partner=partner,
        key_hash=_hash(secret),
        last4=secret[-4:],
        scopes=sorted(scopes),
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    params: dict[str, object] = {"partner": partner, "scopes": row.scopes}
    _note(session, row, now, actor, before=None, after="valid", params=params)
    return row, f"lfk_{row.id.removeprefix('pk_')}_{secret}"


def rotate(
    session: Session, partner: str, now: datetime, overlap: timedelta, *, actor: Actor = OPERATOR
) -> tuple[PartnerKey, str]:
    """A new key with the scopes of the newest one; those before it end after `overlap`. Raises NoKey."""
    before = _valid_keys(session, partner, now)
    if not before:
        raise NoKey(partner)
    for key in before:
        key.expires_at = min(filter(None, (key.expires_at, now + overlap)))
        _note(session, key, now, actor, before="valid", after="ending", params={"successor": True})
    return mint(session, partner, before[-1].scopes, now, actor=actor)


def revoke(session: Session, key_id: str, now: datetime, *, actor: Actor = OPERATOR) -> None:
    """End a key at once. Raises NoKey."""
    key = session.get(PartnerKey, key_id, with_for_update=True)
    if key is None or key.revoked_at is not None:
        raise NoKey(key_id)
    key.revoked_at = now
    _note(session, key, now, actor, before="valid", after="revoked")


def all_valid(session: Session, now: datetime) -> dict[str, list[Shown]]:
    """The valid keys of every partner, oldest first."""
    found: dict[str, list[Shown]] = {}
    for row in session.scalars(select(PartnerKey).where(_valid(now)).order_by(PartnerKey.id)):
        shown = Shown(row.id, row.last4, tuple(row.scopes), row.expires_at)
        found.setdefault(row.partner, []).append(shown)
    return found


def find_caller(session: Session, presented: str, now: datetime) -> Caller | None:
    """Whose key this is; None for a wrong, ended or revoked one, alike in time."""
    form = _KEY.fullmatch(presented)
    key_id, secret = (f"pk_{form[1]}", form[2]) if form else ("", "")
    found = session.execute(
        select(PartnerKey, Partner)
        .join(Partner, Partner.id == PartnerKey.partner)
        .where(PartnerKey.id == key_id, _valid(now))
    ).first()
    known = found[0].key_hash if found else _NOBODYS
    if not hmac.compare_digest(known, _hash(secret)) or found is None:
        return None
    key, partner = found
    return Caller(partner.id, partner.kind, partner.status, frozenset(key.scopes))


def _valid_keys(session: Session, partner: str, now: datetime) -> list[PartnerKey]:
    keys = select(PartnerKey).where(PartnerKey.partner == partner, _valid(now))
    return list(session.scalars(keys.order_by(PartnerKey.created_at, PartnerKey.id).with_for_update()))


def _valid(now: datetime) -> ColumnElement[bool]:
    return PartnerKey.revoked_at.is_(None) & or_(PartnerKey.expires_at.is_(None), PartnerKey.expires_at > now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(
    session: Session,
    key: PartnerKey,
    now: datetime,
    actor: Actor,
    *,
    before: str | None,
    after: str,
    params: dict[str, object] | None = None,
) -> None:
    append(
        session,
        at=now,
        actor=actor,
        entity="partner_key",
        entity_id=key.id,
        from_state=before,
        to_state=after,
        params=params or {},
    )
