"""Log-in with name, password and authenticator: one answer for everything that is wrong, in the same time."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import SYSTEM, append
from lianfang.privacy import Vault
from services.people.accounts.authenticator import new_secret, step_of
from services.people.accounts.models import Account
from services.people.accounts.names import login_name
from services.people.accounts.passwords import is_password
from services.people.accounts.refusals import refuse
from services.people.accounts.sessions import begin_session
from services.people.accounts.tries import Limit, Over, TooManyTries, count_try, forget_tries, take_back_try

ENTITY = "account"
MOST_FOR_NAME, MOST_FROM_ADDRESS = 5, 30

_NOBODYS_SECRET = new_secret()


class LogInRefused(Exception):
    """Name, password or code is wrong, or the account is suspended: whoever tries learns no more."""


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and the network address it came from."""

    name: str
    password: str = field(repr=False)
    code: str = field(repr=False)
    address: str


@dataclass(frozen=True)
class _Keys:
    name: str
    address: str


async def log_in(database: Database, vault: Vault, clock: Clock, attempt: Attempt) -> str:
    """The token of a new session. Raises LogInRefused or TooManyTries."""
    name, now = login_name(attempt.name) or "", clock()
    keys = _Keys(vault.index("log-in name", name), vault.index("log-in address", attempt.address))
    over = await database.together(lambda session: _count(session, keys, now))
    if over is not None:
        raise TooManyTries(over.until)
    stored = await database.look(
        lambda session: session.scalar(select(Account.password_hash).where(Account.login_name == name))
    )
    is_right = await is_password(stored, attempt.password)
    token = await database.together(
        lambda session: _enter(session, vault, name, attempt.code, keys, now, is_right=is_right)
    )
    if token is None:
        raise LogInRefused
    return token


def _count(session: Session, keys: _Keys, now: datetime) -> Over | None:
    limits = Limit(keys.name, MOST_FOR_NAME), Limit(keys.address, MOST_FROM_ADDRESS)
    over = count_try(session, limits, now)
    if over is not None and over.first:
        _write_refusal(session, None, "too_many_tries", now)
    return over


def _enter(
    session: Session, vault: Vault, name: str, code: str, keys: _Keys, now: datetime, *, is_right: bool
) -> str | None:
    account = session.scalar(select(Account).where(Account.login_name == name).with_for_update())
    secret = _NOBODYS_SECRET if account is None else vault.decrypt(account.totp_secret)
    step = step_of(secret, code, now, used=account.totp_step if account else 0)
    if account is None or step is None or not is_right or account.state != "active":
        _write_refusal(session, account, _fault(account, step, is_right=is_right), now)
        return None
    account.totp_step = step
    forget_tries(session, keys.name)
    take_back_try(session, keys.address)
    return begin_session(session, account.person, now)


def _fault(account: Account | None, step: int | None, *, is_right: bool) -> str:
    if account is None:
        return "unknown_name"
    if not is_right:
        return "wrong_password"
    return "wrong_code" if step is None else account.state


def _write_refusal(session: Session, account: Account | None, reason: str, now: datetime) -> None:
    if account is None:  # a chain of its own: one that all share would make them wait for each other
        refuse(session, f"log_in_{reason}", now)
        return
    append(
        session,
        at=now,
        actor=SYSTEM,
        entity=ENTITY,
        entity_id=account.person,
        from_state=account.state,
        to_state=account.state,
        reason=f"log_in_{reason}",
    )
