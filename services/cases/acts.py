"""What its owner does with a case: takes it back, says to have been wrong, objects, as far as its lane allows."""

from datetime import datetime

from sqlalchemy.orm import Session

from lianfang.events import Actor
from lianfang.privacy import Vault
from services.cases.lane import Lane, NotAllowed
from services.cases.models import Case
from services.cases.walking import lock_in_order, walk


def take_act(
    session: Session,
    vault: Vault,
    lane: Lane,
    case: Case,
    act: str,
    *,
    person: str,
    now: datetime,
    trace: str | None = None,
) -> Case:
    """`act`: a key of the lane's `owner_events`. Raises NotAllowed, also for who only follows the case."""
    held = lock_in_order(session, lane, case.id)
    event = lane.owner_events.get(act)
    if event is None or held.person != person:
        raise NotAllowed(lane.name, held.state, act)
    return walk(
        session, vault, lane, held, event,
        actor=Actor("person", person), now=now, tell=False, reason=act, trace=trace,
    )  # fmt: skip
