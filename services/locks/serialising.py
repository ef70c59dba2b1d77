"""Who registers a sale and who asks to lock its card take turns on the serial, so that neither misses the other."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

_TURN = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("index"), 0)))


def take_turns(session: Session, indexes: Iterable[str]) -> None:
    """Until the transaction ends nobody else works on these serials; on SQLite every writer is alone already.

    Sorted, so that two who want several do not wait in a circle.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    for index in sorted(set(indexes)):
        session.execute(_TURN, {"index": index})
