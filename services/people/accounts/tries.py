"""Slows down guessing: a try is counted before it is looked at, so that a hundred at once count a hundred."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from services.people.accounts.models import Tries

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Limit:
    """At most `most` tries under `key` within WINDOW."""

    key: str
    most: int


@dataclass(frozen=True)
class Over:
    """A limit is reached until `until`; `first` for the first try too many, which is written down."""

    until: datetime
    first: bool


class TooManyTries(Exception):
    """Come back after `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until


def count_try(session: Session, limits: Iterable[Limit], now: datetime) -> Over | None:
    """Count one try under each limit, to be committed whatever comes of it; None while all limits hold."""
    over: Over | None = None
    for limit in limits:
        row = _counted(session, limit.key, now)
        if row.count > limit.most and over is None:
            over = Over(row.since + WINDOW, first=row.count == limit.most + 1)
    return over


def forget_tries(session: Session, key: str) -> None:
    """After a success: what was tried under this key before was its owner's slip."""
    row = _locked(session, key)
    if row is not None:
        row.count = 0


def take_back_try(session: Session, key: str) -> None:
    """A success does not count against a key that many share."""
    row = _locked(session, key)
    if row is not None:
        row.count = max(0, row.count - 1)


def _counted(session: Session, key: str, now: datetime) -> Tries:
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    session.execute(insert(Tries).values(key=key, count=0, since=now).on_conflict_do_nothing())
    row = session.scalars(select(Tries).where(Tries.key == key).with_for_update()).one()
    if row.since + WINDOW <= now:
        row.count, row.since = 0, now
    row.count += 1
    session.flush()
    return row


def _locked(session: Session, key: str) -> Tries | None:
    return session.scalar(select(Tries).where(Tries.key == key).with_for_update())
