"""The job that sends a case its deadline's event when its state has lasted long enough."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import Actor
from lianfang.jobs import Job
from lianfang.privacy import Vault
from services.cases.lane import Lane
from services.cases.models import Case
from services.cases.walking import lock_case, walk

log = structlog.get_logger(__name__)

AT_ONCE = 200
BY_DEADLINE = Actor("job", "case_deadlines")
Lanes = Mapping[str, Lane]


def deadline_job(database: Database, vault: Vault, clock: Clock, lanes: Lanes) -> Job:
    """Looks every ten seconds."""

    async def run() -> None:
        await run_deadlines(database, vault, clock, lanes)

    return Job("case_deadlines", timedelta(seconds=10), run)


async def run_deadlines(database: Database, vault: Vault, clock: Clock, lanes: Lanes) -> int:
    """Send each due event in a transaction of its own; returns how many cases moved."""
    now = clock()
    async with database.read() as session:
        due = select(Case.id).where(Case.due_at <= now).order_by(Case.due_at).limit(AT_ONCE)
        cases = list(await session.scalars(due))
    moved = 0
    for case in cases:
        moved += await database.together(partial(_send, vault=vault, lanes=lanes, case_id=case, now=now))
    return moved


def _send(session: Session, *, vault: Vault, lanes: Lanes, case_id: str, now: datetime) -> int:
    case = lock_case(session, case_id)
    if case.due_at is None or case.due_at > now or case.due_event is None:
        return 0  # somebody moved it since
    walk(
        session, vault, lanes[case.lane], case, case.due_event, actor=BY_DEADLINE, now=now, reason="deadline"
    )
    log.info("deadline", case=case.id, state=case.state)
    return 1
