"""What an invitation leads to: a new account, an account's recovery, or one role more for somebody known."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import Actor, append
from lianfang.privacy import Vault
from services.people.accounts.authenticator import step_of
from services.people.accounts.invitations import find_open, use
from services.people.accounts.logging_in import ENTITY, MOST_FROM_ADDRESS
from services.people.accounts.models import Account, Invitation
from services.people.accounts.names import login_name
from services.people.accounts.passwords import fault_of, hash_password
from services.people.accounts.refusals import refuse
from services.people.accounts.sessions import begin_session, end_sessions
from services.people.accounts.tries import Limit, TooManyTries, count_try, take_back_try
from services.people.binding import bind, make_person
from services.people.roles import CONSOLE_ROLES

MOST_FOR_PERSON = 5


class NotJoined(Exception):
    """What stands in the way, as codes: no_invitation, name_bad, name_taken, password_…, code_wrong."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = codes


@dataclass(frozen=True)
class Offer:
    """What an invitation to the console is for; `login_name` of the account that is recovered."""

    role: str
    organisation: str
    login_name: str | None


@dataclass(frozen=True)
class Opening:
    """What somebody chose; `secret` was shown to their authenticator, which shows `code` now."""

    invitation: str = field(repr=False)
    login_name: str
    password: str = field(repr=False)
    secret: str = field(repr=False)
    code: str = field(repr=False)


async def look_at(database: Database, vault: Vault, clock: Clock, text: str, address: str) -> Offer | None:
    """What the code offers, None when it opens nothing. Raises TooManyTries."""
    now, key = clock(), vault.index("join address", address)

    def change(session: Session) -> Offer | datetime | None:
        over = count_try(session, [Limit(key, MOST_FROM_ADDRESS)], now)
        if over is not None:
            if over.first:
                refuse(session, "join_too_many_tries", now)
            return over.until
        one = _to_console(session, vault, text, now)
        if one is None:
            refuse(session, "join_no_invitation", now)
            return None
        take_back_try(session, key)
        account = session.get(Account, one.person) if one.person else None
        return Offer(one.role, one.organisation, account.login_name if account else None)

    found = await database.together(change)
    if isinstance(found, datetime):
        raise TooManyTries(found)
    return found


async def open_account(database: Database, vault: Vault, clock: Clock, opening: Opening) -> str:
    """Use the invitation up; returns the token of the first session. Raises NotJoined, with nothing changed."""
    name, now = login_name(opening.login_name), clock()
    step = step_of(opening.secret, opening.code, now, used=0)
    faults = (
        None if name else "name_bad",
        fault_of(opening.password, name or opening.login_name),
        None if step else "code_wrong",
    )
    if name is None or step is None or any(faults):
        raise NotJoined(*filter(None, faults))
    hashed = await hash_password(opening.password)
    proof = _Proof(name, hashed, vault.encrypt(opening.secret), step)

    def change(session: Session) -> str:
        one = _to_console(session, vault, opening.invitation, now)
        if one is None:
            raise NotJoined("no_invitation")
        person = _recover(session, one.person, proof, now) if one.person else _open(session, one, proof, now)
        use(session, one, person, now)
        return begin_session(session, person, now)

    try:
        return await database.together(change)
    except IntegrityError:
        raise NotJoined("name_taken") from None


def take_role(
    session: Session, vault: Vault, person: str, text: str, now: datetime, *, roles: Collection[str]
) -> tuple[str, str] | datetime | None:
    """Bind somebody known by an invitation to one of `roles`: (role, organisation), None when it opens nothing.

    A time when it was tried too often: until then.
    """
    key = f"join {person}"
    over = count_try(session, [Limit(key, MOST_FOR_PERSON)], now)
    if over is not None:
        return over.until
    one = find_open(session, vault, text, now)
    if one is None or one.person is not None or one.role not in roles:
        return None
    take_back_try(session, key)
    bind(session, person, one.role, one.organisation, actor=Actor("person", person), now=now)
    use(session, one, person, now)
    return one.role, one.organisation


@dataclass(frozen=True)
class _Proof:
    login_name: str
    password_hash: str
    totp_secret: bytes
    totp_step: int


def _to_console(session: Session, vault: Vault, text: str, now: datetime) -> Invitation | None:
    one = find_open(session, vault, text, now)
    return one if one and (one.person or one.role in CONSOLE_ROLES) else None


def _open(session: Session, one: Invitation, proof: _Proof, now: datetime) -> str:
    person = make_person(session, now)
    account = Account(person=person, state="active", opened_at=now, changed_at=now, **vars(proof))
    session.add(account)
    session.flush()
    actor = Actor("officer", person)
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=person,
        to_state="active",
        params={"invitation": one.id},
    )
    bind(session, person, one.role, one.organisation, actor=actor, now=now)
    return person


def _recover(session: Session, person: str, proof: _Proof, now: datetime) -> str:
    account = session.scalar(select(Account).where(Account.person == person).with_for_update())
    if account is None or account.login_name != proof.login_name:
        raise NotJoined("name_bad")
    actor, from_state = Actor("officer", person), account.state
    account.password_hash, account.totp_secret = proof.password_hash, proof.totp_secret
    account.totp_step, account.state, account.changed_at = proof.totp_step, "active", now
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=person,
        from_state=from_state,
        to_state="active",
        reason="recovered",
    )
    end_sessions(session, person, actor=actor, now=now, reason="recovered")
    return person
