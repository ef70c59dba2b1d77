"""An admin looks again and gives room: how much more may be listed on a day than the limits allow by themselves."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI
from lianfang.events import Actor, Event, append
from services.people.roles import bound_to
from services.reports.limits import Room
from services.reports.models import Target
from services.reports.steps import ADMIN, Purpose

ENTITY = "listing_limit"
MOST_AT_ONCE = 500
A_DAY = timedelta(days=1)


class MayNotRelease(Exception):
    """`code`: role_missing or too_much."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def release(session: Session, officer: str, more: int, now: datetime, trace: str | None = None) -> None:
    """Let `more` be listed and blocked today, by others than this admin. Raises MayNotRelease."""
    if ADMIN not in {role for role, _ in bound_to(session, [officer]).get(officer, ())}:
        raise MayNotRelease("role_missing")
    if not 0 < more <= MOST_AT_ONCE:
        raise MayNotRelease("too_much")
    append(
        session,
        at=now,
        actor=Actor("officer", officer),
        entity=ENTITY,
        entity_id=_day(now).isoformat(),
        to_state="released",
        params={"more": more},
        trace=trace,
    )


def room(session: Session, purpose: Purpose, officer: str, now: datetime) -> Room:
    """What is left of today's limit for this officer: an admin's own release is not for himself."""
    moment = Target.listed_at if purpose == "list" else Target.blocked_at
    today = datetime.combine(_day(now), time(), TAIPEI)
    listed = session.scalar(select(func.count()).where(moment >= today, moment < today + A_DAY)) or 0
    standing = session.scalar(select(func.count()).where(Target.listed, moment < today)) or 0
    releases = session.scalars(
        select(Event).where(
            Event.entity == ENTITY, Event.entity_id == _day(now).isoformat(), Event.actor != officer
        )
    )
    return Room(listed, standing, sum(int(event.params["more"]) for event in releases))


def _day(now: datetime) -> date:
    return now.astimezone(TAIPEI).date()
