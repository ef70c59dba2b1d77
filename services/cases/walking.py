"""Opens cases and walks them by their lane's table; a step, its event, deadline, effects and notices are one transaction.

Plain functions of a sync session, for `Database.together` and `AsyncSession.run_sync`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.database import insert_new
from lianfang.events import Actor, append
from lianfang.ids import new_id
from lianfang.notices import queue
from lianfang.privacy import Vault
from services.cases.lane import Lane, Passage
from services.cases.models import Case, Follower
from services.cases.numbers import new_number

ENTITY = "case"


class Step(TypedDict, total=False):
    """Why and by which request a step is taken; `params` holds ids, codes and numbers only."""

    reason: str | None
    params: Mapping[str, Any]
    trace: str | None


def open_case(
    session: Session,
    vault: Vault,
    lane: Lane,
    *,
    person: str | None,
    channel: str | None,
    details: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    through: str | None = None,
    **step: Unpack[Step],
) -> Case:
    """A new case in the lane's first state; its number is told only after the commit (design rule 6).

    `through`: an event that it takes at once, as one step of its history; nobody is told of that.
    """
    event = through or "open"
    state = lane.start if through is None else lane.after(lane.start, through)
    deadline = lane.deadlines.get(state)
    case = _insert(
        session,
        id=new_id("cs"),
        lane=lane.name,
        state=state,
        person=person,
        channel=channel,
        opened_at=now,
        changed_at=now,
        due_at=now + deadline.after if deadline else None,
        due_event=deadline.event if deadline else None,
        details=vault.encrypt_json(dict(details)),
        trace=step.get("trace"),
    )
    _write(session, lane, case, event, None, actor=actor, now=now, step=step)
    lane.entered(session, Passage(case, event, None, case.state, actor, now, vault, step.get("trace")))
    return case


def walk(
    session: Session,
    vault: Vault,
    lane: Lane,
    case: Case,
    event: str,
    *,
    actor: Actor,
    now: datetime,
    tell: bool = True,
    **step: Unpack[Step],
) -> Case:
    """Take one step; the case must be locked (`lock_case`). Raises NotAllowed, with nothing changed."""
    before, after = case.state, lane.after(case.state, event)
    case.state = after
    if after != before:
        case.changed_at = (
            now  # a reminder of its deadline is no step: how long it waits is counted from the last one
        )
    _set_deadline(lane, case, now)
    _write(session, lane, case, event, before, actor=actor, now=now, step=step)
    lane.entered(session, Passage(case, event, before, after, actor, now, vault, step.get("trace")))
    if tell and before != after == case.state and after in lane.notices:
        _tell(session, vault, lane, case, now)
    return case


def lock_case(session: Session, case: str) -> Case:
    """The case as it is now, for this transaction alone."""
    return session.scalars(
        select(Case).where(Case.id == case).with_for_update().execution_options(populate_existing=True)
    ).one()


def lock_in_order(session: Session, lane: Lane, case: str) -> Case:
    """`lock_case`, behind those that the lane's steps touch besides: nobody waits in a circle."""
    lane.lock_first(session, case)
    return lock_case(session, case)


def follow(session: Session, case: Case, person: str, now: datetime) -> None:
    """From now on this person is told of the case too."""
    known = select(Follower.id).where(Follower.case == case.id, Follower.person == person)
    if person != case.person and session.scalar(known) is None:
        session.add(Follower(id=new_id("fo"), case=case.id, person=person, since=now))
        session.flush()


def _insert(session: Session, **values: Any) -> Case:
    """Under a number that is free; one in 34 billion is not."""
    while True:
        case = insert_new(session, Case, {**values, "number": new_number()})
        if case is not None:
            return case


def _set_deadline(lane: Lane, case: Case, now: datetime) -> None:
    deadline = lane.deadlines.get(case.state)
    case.due_at = now + deadline.after if deadline else None
    case.due_event = deadline.event if deadline else None


def _write(
    session: Session,
    lane: Lane,
    case: Case,
    event: str,
    before: str | None,
    *,
    actor: Actor,
    now: datetime,
    step: Step,
) -> None:
    append(
        session,
        first=before is None,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=case.id,
        from_state=before,
        to_state=case.state,
        reason=step.get("reason"),
        params={"lane": lane.name, "event": event, **step.get("params", {})},
        trace=step.get("trace"),
    )


def _tell(session: Session, vault: Vault, lane: Lane, case: Case, now: datetime) -> None:
    """The owner, those who follow, and the owners of the cases that were joined to this one."""
    joined = session.scalars(select(Case).where(Case.joined_to == case.id)).all()
    followers = session.scalars(select(Follower.person).where(Follower.case == case.id)).all()
    shown = lane.describe(session, vault, case)
    told: dict[str, tuple[str, str | None]] = dict.fromkeys(followers, (case.number, None))
    told |= {one.person: (one.number, one.channel) for one in (*joined, case) if one.person}
    for person, (number, channel) in told.items():
        queue(
            session,
            vault,
            person=person,
            key=lane.notices[case.state],
            params={**shown, "number": number},
            dedupe_key=f"{case.id}:{case.state}:{now.timestamp()}:{person}",
            now=now,
            channel=channel,
            urgent=case.state in lane.urgent,
        )
