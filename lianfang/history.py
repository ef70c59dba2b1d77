"""Reads the history: one entity's chain, or whatever somebody looks for, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from lianfang.events import Event, hash_of

AT_ONCE = 50


@dataclass(frozen=True)
class Sought:
    """What to look for; empty parts do not narrow. `before`: (at, id) of the last one that was seen."""

    entity: str = ""
    entity_id: str = ""
    actor: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[datetime, str] | None = None


def find_events(session: Session, sought: Sought) -> list[Event]:
    """Newest first; one more than AT_ONCE when there are more."""
    wanted = select(Event).order_by(Event.at.desc(), Event.id.desc()).limit(AT_ONCE + 1)
    for column, value in (
        (Event.entity, sought.entity),
        (Event.entity_id, sought.entity_id),
        (Event.actor, sought.actor),
    ):
        if value:
            wanted = wanted.where(column == value)
    if sought.since is not None:
        wanted = wanted.where(Event.at >= sought.since)
    if sought.until is not None:
        wanted = wanted.where(Event.at < sought.until)
    if sought.before is not None:
        at, last = sought.before
        wanted = wanted.where(Event.at <= at, tuple_(Event.at, Event.id) < (at, last))
    return list(session.scalars(wanted))


def chain_of(session: Session, entity: str, entity_id: str) -> list[Event]:
    """Everything that happened to one entity, oldest first."""
    wanted = select(Event).where(Event.entity == entity, Event.entity_id == entity_id)
    return list(session.scalars(wanted.order_by(Event.number)))


def first_break(chain: Sequence[Event]) -> int | None:
    """The number of the first event that does not continue the chain before it, None when all do."""
    previous = ""
    for number, event in enumerate(chain, start=1):
        if event.number != number or event.prev_hash != previous or event.hash != hash_of(event):
            return number
        previous = event.hash
    return None
