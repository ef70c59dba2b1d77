"""Finds cases for the person they belong to; somebody else's case is not there, exactly like one that never was."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from services.cases.models import Case, Follower
from services.cases.numbers import read_number

AT_ONCE = 10


def own_cases(
    session: Session, person: str, *, before: datetime | None = None, limit: int = AT_ONCE
) -> list[Case]:
    """Cases the person opened or follows, newest first, opened earlier than `before`."""
    mine = select(Case).where(_belongs_to(person))
    if before is not None:
        mine = mine.where(Case.opened_at < before)
    return list(session.scalars(mine.order_by(Case.opened_at.desc(), Case.id.desc()).limit(limit)))


def find_own(session: Session, person: str, number: str) -> Case | None:
    """The person's case of this number, in whatever way it was typed; None for foreign, unknown and misread ones."""
    # One query whatever the number is: a wrong check character must not answer sooner than a foreign case.
    return session.scalar(
        select(Case).where(Case.number == (read_number(number) or number), _belongs_to(person))
    )


_BY_IDS = select(Case).where(Case.id.in_(bindparam("cases", expanding=True)))


def by_ids(session: Session, cases: Collection[str]) -> dict[str, Case]:
    """These cases by id, for the lane that knows whose they are."""
    return {case.id: case for case in session.scalars(_BY_IDS, {"cases": list(cases)})}


def find_case(session: Session, number: str) -> Case | None:
    """The case of this number, for whoever works on it in office; everybody else takes `find_own`."""
    return session.scalar(select(Case).where(Case.number == (read_number(number) or number)))


def leader(session: Session, case: Case) -> Case:
    """The case whose course counts: itself, or the one it was joined to."""
    while case.joined_to is not None:
        case = session.get_one(Case, case.joined_to)
    return case


def _belongs_to(person: str) -> ColumnElement[bool]:
    followed = select(Follower.case).where(Follower.person == person)
    return or_(Case.person == person, Case.id.in_(followed))
