"""One case as officers see it, and the steps they take: the history says which officer of which organisation did what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.events import Actor, Event
from lianfang.history import chain_of
from lianfang.privacy import Vault
from services.cases.evidence import add_evidence, evidence_of
from services.cases.lane import Lane
from services.cases.models import Case
from services.cases.numbers import read_number
from services.cases.walking import ENTITY, lock_case, walk


class Moved(Exception):
    """Somebody changed the case after the officer's page was drawn: nothing was done."""


@dataclass(frozen=True)
class Piece:
    """One piece of evidence; `by`: who opened the case, somebody else who follows it, or an officer."""

    id: str
    kind: str
    text: str
    by: Literal["owner", "other", "officer"]
    added_at: datetime


@dataclass(frozen=True)
class CaseShown:
    """`details`: what the person told, decrypted; `seen`: the number of the last event, for `take_step`."""

    id: str
    number: str
    lane: str
    state: str
    opened_at: datetime
    changed_at: datetime
    due_at: datetime | None
    details: Mapping[str, Any]
    leader: str | None
    joined: Sequence[str]
    evidence: Sequence[Piece]
    history: Sequence[Event]

    @property
    def seen(self) -> int:
        return self.history[-1].number if self.history else 0

    @property
    def is_late(self) -> bool:
        """Whether a deadline has passed that left it where it is; what is due now is the next reminder."""
        return any(
            one.reason == "deadline" and one.from_state == one.to_state and one.at >= self.changed_at
            for one in self.history
        )

    @property
    def owner(self) -> str | None:
        """The person who opened it, as the history names them."""
        return self.history[0].actor if self.history else None


@dataclass(frozen=True)
class OfficersStep:
    """Who takes a step for which organisation, having seen the case up to event `seen`; `note` is kept as evidence."""

    person: str
    organisation: str
    now: datetime
    seen: int
    reason: str | None = None
    note: str = ""

    @property
    def actor(self) -> Actor:
        return Actor("officer", self.person)


def look_at(session: Session, vault: Vault, number: str) -> CaseShown | None:
    """The case of this number, whoever's it is: for officers who may see its lane. None when there is none."""
    case = session.scalar(select(Case).where(Case.number == (read_number(number) or number)))
    if case is None:
        return None
    leader = session.get(Case, case.joined_to) if case.joined_to else None
    joined = session.scalars(select(Case.number).where(Case.joined_to == case.id).order_by(Case.id))
    pieces = [
        Piece(one.id, one.kind, text, _by(one.person, case.person), one.added_at)
        for one, text in evidence_of(session, vault, case)
    ]
    return CaseShown(
        id=case.id,
        number=case.number,
        lane=case.lane,
        state=case.state,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        due_at=case.due_at,
        details=vault.decrypt_json(case.details) if case.details else {},
        leader=leader.number if leader else None,
        joined=list(joined),
        evidence=pieces,
        history=chain_of(session, ENTITY, case.id),
    )


def _by(person: str | None, owner: str | None) -> Literal["owner", "other", "officer"]:
    if person is None:
        return "officer"
    return "owner" if person == owner else "other"


def take_step(
    session: Session, vault: Vault, lane: Lane, case_id: str, event: str, step: OfficersStep
) -> None:
    """Walk the case. Raises Moved, lane.NotAllowed or TooMuchEvidence, with nothing changed."""
    case = lock_case(session, case_id)
    if chain_of(session, ENTITY, case.id)[-1].number != step.seen:
        raise Moved
    if step.note:
        add_evidence(session, vault, case, kind="text", body=step.note, actor=step.actor, now=step.now)
    params = {"organisation": step.organisation}
    walk(session, vault, lane, case, event, actor=step.actor, now=step.now, reason=step.reason, params=params)
