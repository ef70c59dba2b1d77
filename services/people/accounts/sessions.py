"""Who is logged in: sessions begin, are found by what the cookie holds, and end by themselves or when told."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from lianfang.events import Actor, append
from lianfang.ids import new_id
from services.people.accounts.models import Account, AccountSession
from services.people.models import Binding, Person

ENTITY = "account_session"
LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=1)
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class LoggedIn:
    """A person in a session; `roles`: what they are bound to now, as (role, organisation)."""

    session: str
    person: str
    login_name: str
    roles: frozenset[tuple[str, str]]
    last_seen: datetime


@dataclass(frozen=True)
class SessionShown:
    """A session as its owner or an admin sees it."""

    id: str
    created_at: datetime
    last_seen: datetime


def begin_session(session: Session, person: str, now: datetime) -> str:
    """A new session of this person; returns the token for the cookie, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    one = AccountSession(
        id=new_id("as"),
        token_hash=_hashed(token),
        person=person,
        created_at=now,
        last_seen=now,
        expires_at=now + LONGEST,
    )
    session.add(one)
    session.execute(update(Person).where(Person.id == person).values(last_seen=now))
    session.flush()
    append(
        session,
        at=now,
        actor=Actor("officer", person),
        entity=ENTITY,
        entity_id=one.id,
        to_state="open",
        params={"person": person},
    )
    return token


def find_session(session: Session, token: str, now: datetime) -> LoggedIn | None:
    """Who holds this token, while the session lives and the account is active."""
    found = session.execute(
        select(AccountSession, Account)
        .join(Account, Account.person == AccountSession.person)
        .where(AccountSession.token_hash == _hashed(token), _lives(now), Account.state == "active")
    ).first()
    if found is None:
        return None
    one, account = found
    roles = session.execute(select(Binding.role, Binding.organisation).where(Binding.person == one.person))
    return LoggedIn(
        one.id, one.person, account.login_name, frozenset((row[0], row[1]) for row in roles), one.last_seen
    )


def note_seen(session: Session, one: str, now: datetime) -> None:
    """The session is in use; to be called once every NOTED_EVERY at most."""
    session.execute(update(AccountSession).where(AccountSession.id == one).values(last_seen=now))


def open_sessions(session: Session, person: str, now: datetime) -> list[SessionShown]:
    """The person's living sessions, newest first."""
    rows = session.scalars(
        select(AccountSession)
        .where(AccountSession.person == person, _lives(now))
        .order_by(AccountSession.id.desc())
    )
    return [SessionShown(row.id, row.created_at, row.last_seen) for row in rows]


def end_sessions(
    session: Session,
    person: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    only: str | None = None,
    but: Collection[str] = (),
) -> int:
    """End the person's living sessions (`only` that one, all `but` those); returns how many there were."""
    wanted = select(AccountSession).where(AccountSession.person == person, _lives(now))
    if only is not None:
        wanted = wanted.where(AccountSession.id == only)
    ended = [one for one in session.scalars(wanted.with_for_update()) if one.id not in but]
    for one in ended:
        one.ended_at = now
        append(
            session,
            at=now,
            actor=actor,
            entity=ENTITY,
            entity_id=one.id,
            from_state="open",
            to_state="ended",
            reason=reason,
            params={"person": person},
        )
    return len(ended)


def _lives(now: datetime) -> ColumnElement[bool]:
    return (
        AccountSession.ended_at.is_(None)
        & (AccountSession.expires_at > now)
        & (AccountSession.last_seen > now - IDLE)
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
