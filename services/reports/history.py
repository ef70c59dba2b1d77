"""What was done with a case and by whom, read from its events: the only memory the two-person rule has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from lianfang.events import Event
from lianfang.history import chain_of
from services.cases.walking import ENTITY
from services.reports.steps import BACK


@dataclass(frozen=True)
class Deed:
    """One move of a case. `role` and `organisation` only where somebody acted in office."""

    event: str
    before: str | None
    after: str
    person: str | None
    organisation: str | None
    role: str | None
    at: datetime
    reason: str | None = None

    @property
    def in_office(self) -> bool:
        return self.organisation is not None

    @property
    def is_undo(self) -> bool:
        return self.in_office and self.event.startswith(BACK)


def history(session: Session, case: str) -> list[Deed]:
    """Every move, oldest first; what only added evidence is none."""
    return [_deed(event) for event in chain_of(session, ENTITY, case) if "event" in event.params]


def standing(deeds: Iterable[Deed]) -> list[Deed]:
    """The moves that were not taken back, in order; being overdue moves nothing."""
    left: list[Deed] = []
    for deed in deeds:
        if deed.is_undo:
            left.pop()
        elif deed.before != deed.after:
            left.append(deed)
    return left


def last_move(deeds: Sequence[Deed]) -> Deed | None:
    """The latest move, an undo too; None for a case that was only opened."""
    moves = [deed for deed in deeds if deed.before is not None and deed.before != deed.after]
    return moves[-1] if moves else None


def last_time(session: Session, case: str, event: str) -> datetime | None:
    """When this was done with the case last."""
    return max((deed.at for deed in history(session, case) if deed.event == event), default=None)


def state_before(session: Session, case: str, state: str) -> str | None:
    """From where the case came into this state the last time."""
    found: str | None = session.scalar(
        select(Event.from_state)
        .where(Event.entity == ENTITY, Event.entity_id == case, Event.to_state == state)
        .where(Event.from_state != state)
        .order_by(Event.number.desc())
        .limit(1)
    )
    return found


def opened_with(session: Session, case: str) -> Mapping[str, Any]:
    """What was written down of a case as it was opened: ids, codes and numbers."""
    return chain_of(session, ENTITY, case)[0].params


def moved_by(session: Session, case: str, state: str) -> str | None:
    """The kind of actor that brought the case into this state the last time."""
    found: str | None = session.scalar(
        select(Event.actor_kind)
        .where(Event.entity == ENTITY, Event.entity_id == case, Event.to_state == state)
        .where(or_(Event.from_state.is_(None), Event.from_state != state))
        .order_by(Event.number.desc())
        .limit(1)
    )
    return found


def _deed(event: Event) -> Deed:
    return Deed(
        event=str(event.params["event"]),
        before=event.from_state,
        after=event.to_state,
        person=event.actor,
        organisation=event.params.get("organisation"),
        role=event.params.get("role"),
        at=event.at,
        reason=event.reason,
    )
