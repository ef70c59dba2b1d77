"""A later case on the same matter joins the first: it keeps its number, and the first one's course counts for both."""

from datetime import datetime

from sqlalchemy.orm import Session

from lianfang.events import Actor, append
from services.cases.models import Case
from services.cases.walking import ENTITY


def join(
    session: Session, case: Case, leader: Case, *, actor: Actor, now: datetime, trace: str | None = None
) -> None:
    """From now on `case` has no deadline of its own and its owner is told of every step of `leader`."""
    case.joined_to, case.due_at, case.due_event = leader.id, None, None
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=case.id,
        from_state=case.state,
        to_state=case.state,
        reason="joined",
        params={"leader": leader.id},
        trace=trace,
    )
