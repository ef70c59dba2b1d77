"""What becomes of an account: suspended, restored, a new password; each ends the sessions it must end."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import Actor, append
from services.people.accounts.invitations import withdraw
from services.people.accounts.logging_in import ENTITY
from services.people.accounts.models import Account, Invitation
from services.people.accounts.passwords import fault_of, hash_password, is_password
from services.people.accounts.sessions import LoggedIn, end_sessions

STATES = {("active", "suspend"): "suspended", ("suspended", "restore"): "active"}


class NotChanged(Exception):
    """Why an account stays as it is; `code` says it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def change_state(session: Session, person: str, event: str, *, actor: Actor, now: datetime) -> None:
    """Suspend or restore an account. Raises NotChanged."""
    account = session.scalar(select(Account).where(Account.person == person).with_for_update())
    after = STATES.get((account.state, event)) if account else None
    if account is None or after is None:
        raise NotChanged("not_now")
    if actor.id == person:
        raise NotChanged("own_account")
    _write(session, account, after, event, actor, now)
    if after != "active":
        end_sessions(session, person, actor=actor, now=now, reason=event)
        still_open = select(Invitation.id).where(Invitation.person == person, Invitation.state == "open")
        for invitation in session.scalars(still_open).all():
            withdraw(session, invitation, actor=actor, now=now)


async def change_password(database: Database, clock: Clock, visitor: LoggedIn, old: str, new: str) -> int:
    """Returns how many other sessions were ended. Raises NotChanged."""
    fault = fault_of(new, visitor.login_name)
    if fault is not None:
        raise NotChanged(fault)
    stored = await database.look(
        lambda session: session.scalar(select(Account.password_hash).where(Account.person == visitor.person))
    )
    if not await is_password(stored, old):
        raise NotChanged("password_wrong")
    hashed, now, actor = await hash_password(new), clock(), Actor("officer", visitor.person)

    def change(session: Session) -> int:
        account = session.scalars(
            select(Account).where(Account.person == visitor.person).with_for_update()
        ).one()
        if account.password_hash != stored:
            raise NotChanged("password_wrong")  # somebody was faster
        account.password_hash = hashed
        _write(session, account, account.state, "password_changed", actor, now)
        return end_sessions(
            session, account.person, actor=actor, now=now, reason="password_changed", but=(visitor.session,)
        )

    return await database.together(change)


def _write(session: Session, account: Account, after: str, reason: str, actor: Actor, now: datetime) -> None:
    before, account.state, account.changed_at = account.state, after, now
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=account.person,
        from_state=before,
        to_state=after,
        reason=reason,
    )
