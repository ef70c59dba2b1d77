"""Accounts and invitations as an admin sees them: names, roles, states and times, nothing that opens anything."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.people.accounts.models import Account, Invitation
from services.people.models import Binding

AT_ONCE = 50


@dataclass(frozen=True)
class Role:
    """One binding of a person."""

    id: str
    role: str
    organisation: str
    bound_at: datetime


@dataclass(frozen=True)
class AccountShown:
    """One account with its roles."""

    person: str
    login_name: str
    state: str
    opened_at: datetime
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class InvitationShown:
    """One invitation; `role` is empty where it lets `person` in again."""

    id: str
    role: str
    organisation: str
    person: str | None
    state: str
    created_at: datetime
    expires_at: datetime
    used_by: str | None


def accounts(session: Session, *, after: str = "", like: str = "") -> list[AccountShown]:
    """By login name, those behind `after` whose name begins with `like`; one more than AT_ONCE when there are more."""
    wanted = select(Account).where(
        Account.login_name > after, Account.login_name.startswith(like, autoescape=True)
    )
    return _shown(session, list(session.scalars(wanted.order_by(Account.login_name).limit(AT_ONCE + 1))))


def account(session: Session, person: str) -> AccountShown | None:
    """One account, None when there is none."""
    one = session.get(Account, person)
    return _shown(session, [one])[0] if one else None


def invitations(session: Session, *, before: str | None = None) -> list[InvitationShown]:
    """Newest first, older than the one of the id `before`; one more than AT_ONCE when there are more."""
    wanted = select(Invitation).order_by(Invitation.id.desc()).limit(AT_ONCE + 1)
    if before is not None:
        wanted = wanted.where(Invitation.id < before)
    return [
        InvitationShown(
            one.id,
            one.role,
            one.organisation,
            one.person,
            one.state,
            one.created_at,
            one.expires_at,
            one.used_by,
        )
        for one in session.scalars(wanted)
    ]


def _shown(session: Session, rows: list[Account]) -> list[AccountShown]:
    roles: dict[str, list[Role]] = defaultdict(list)
    bound = select(Binding).where(Binding.person.in_([one.person for one in rows])).order_by(Binding.id)
    for binding in session.scalars(bound):
        roles[binding.person].append(Role(binding.id, binding.role, binding.organisation, binding.bound_at))
    return [
        AccountShown(one.person, one.login_name, one.state, one.opened_at, tuple(roles[one.person]))
        for one in rows
    ]


def names_of(session: Session, persons: Collection[str]) -> dict[str, str]:
    """Person -> login name, of those who have an account."""
    rows = session.execute(select(Account.person, Account.login_name).where(Account.person.in_(persons)))
    return {row[0]: row[1] for row in rows}
