"""Look-ups are queued in the transaction that stores the check, and worked off after its answer was given."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI
from lianfang.database import Database
from services.registry.late.models import LateLookUp
from services.registry.late.signs import Found
from services.registry.late.wanted import wanted
from services.registry.reading import Message

# The core has 6 s for its answer and a channel 5 s for its delivery (design section 7): news comes after both.
AFTER_THE_ANSWER = timedelta(seconds=12)
FOUND = ("found", "judged")


def queue_late_look_ups(
    session: Session,
    check_id: str,
    person: str | None,
    message: Message,
    now: datetime,
    enabled: Collection[str],
) -> int:
    """Queue what the switched-on sources could tell about a message; again is harmless. Returns how many are new.

    Without a person nobody could be told: nothing is queued.
    """
    if not enabled or person is None:
        return 0
    asked = wanted(message, enabled)
    if not asked:
        return 0
    known = select(LateLookUp.kind, LateLookUp.value).where(LateLookUp.check_id == check_id)
    there = {(row.kind, row.value) for row in session.execute(known)}
    new = [one for one in asked if (one.kind, one.value) not in there]
    session.add_all(
        LateLookUp(
            check_id=check_id,
            kind=one.kind,
            value=one.value,
            person=person,
            state="waiting",
            attempts=0,
            due_at=now + AFTER_THE_ANSWER,
            queued_at=now,
        )
        for one in new
    )
    return len(new)


async def found_before(database: Database, check_id: str) -> list[Found]:
    """All that was found for a check so far."""
    rows = select(LateLookUp).where(LateLookUp.check_id == check_id, LateLookUp.state.in_(FOUND))
    async with database.read() as session:
        found = (await session.scalars(rows.order_by(LateLookUp.found_at, LateLookUp.value))).all()
    return [
        Found(
            row.kind, row.value, row.finding or "", (row.found_at or row.queued_at).astimezone(TAIPEI).date()
        )
        for row in found
    ]
