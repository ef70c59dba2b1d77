"""The locks of a person, by number; somebody else's is not there, exactly like one that never was."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.cases.finding import find_own
from services.locks.lane import LOCK
from services.locks.models import Lock

AT_ONCE = 20


class NoSuchLock(Exception):
    """Foreign, unknown, or a case of another lane."""


def own_lock(session: Session, person: str, number: str) -> Lock:
    """The lock a person asked for. Raises NoSuchLock."""
    case = find_own(session, person, number)
    if case is None or case.lane != LOCK.name or case.person != person:
        raise NoSuchLock
    return session.get_one(Lock, case.id)


def own_locks(session: Session, person: str) -> list[str]:
    """Cases of the person's locks and requests, newest first."""
    mine = select(Lock.case).where(Lock.person == person).order_by(Lock.case.desc()).limit(AT_ONCE)
    return list(session.scalars(mine))
