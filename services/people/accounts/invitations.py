"""One-time invitations `JOIN-…`: who issues one names the role and the organisation; who uses it is bound to both."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.events import Actor, append
from lianfang.ids import new_id
from lianfang.privacy import Vault
from lianfang.text.join_code import ALPHABET, GROUPS, find_join_code
from services.people.accounts.models import Account, Invitation
from services.people.accounts.names import organisation_code
from services.people.roles import CHAT_ROLES, CONSOLE_ROLES

ENTITY = "invitation"
GOOD_FOR = timedelta(days=7)


class BadInvitation(Exception):
    """What cannot be issued; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Issued:
    """A new invitation and its code, which is shown once and stored nowhere."""

    id: str
    code: str
    expires_at: datetime


def issue(
    session: Session, vault: Vault, role: str, organisation: str, *, actor: Actor, now: datetime
) -> Issued:
    """Invite somebody to a role. Raises BadInvitation."""
    if role not in CONSOLE_ROLES | CHAT_ROLES:
        raise BadInvitation("unknown_role")
    name = organisation_code(organisation)
    if name is None:
        raise BadInvitation("bad_organisation")
    return _make(session, vault, role, name, None, actor=actor, now=now)


def issue_recovery(session: Session, vault: Vault, person: str, *, actor: Actor, now: datetime) -> Issued:
    """Let an account's owner set a new password and authenticator. Raises BadInvitation."""
    if session.get(Account, person) is None:
        raise BadInvitation("no_account")
    return _make(session, vault, "", "", person, actor=actor, now=now)


def find_open(session: Session, vault: Vault, text: str, now: datetime) -> Invitation | None:
    """The invitation whose code stands in the text, locked; None for used, expired and unknown ones alike."""
    code = find_join_code(text) or ""
    return session.scalar(
        select(Invitation)
        .where(
            Invitation.code_index.in_(vault.indexes(ENTITY, code)),
            Invitation.state == "open",
            Invitation.expires_at > now,
        )
        .with_for_update()
    )


def use(session: Session, one: Invitation, person: str, now: datetime) -> None:
    """The invitation is used up by this person."""
    one.used_by, one.used_at = person, now
    _change(session, one, "used", Actor("officer", person), now)


def withdraw(session: Session, invitation: str, *, actor: Actor, now: datetime) -> bool:
    """Nobody can use it from now on; False when it is not open."""
    one = session.scalar(select(Invitation).where(Invitation.id == invitation).with_for_update())
    if one is None or one.state != "open":
        return False
    _change(session, one, "withdrawn", actor, now)
    return True


def _make(
    session: Session,
    vault: Vault,
    role: str,
    organisation: str,
    person: str | None,
    *,
    actor: Actor,
    now: datetime,
) -> Issued:
    code = "-".join(("JOIN", *("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(GROUPS))))
    one = Invitation(
        id=new_id("inv"),
        code_index=vault.index(ENTITY, code),
        role=role,
        organisation=organisation,
        person=person,
        state="open",
        invited_by=actor.id,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    session.add(one)
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=one.id,
        to_state="open",
        reason="recovery" if person else None,
        params={"person": person} if person else {"role": role, "organisation": organisation},
    )
    return Issued(one.id, code, one.expires_at)


def _change(session: Session, one: Invitation, to_state: str, actor: Actor, now: datetime) -> None:
    from_state, one.state = one.state, to_state
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=one.id,
        from_state=from_state,
        to_state=to_state,
    )
