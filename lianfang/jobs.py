"""Jobs that come round (retention, seals): leased rows, so that of many processes one runs each."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import String, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.clock import Clock
from lianfang.database import Base, Database, Retention
from lianfang.ids import new_token
from lianfang.web import where

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
LOOK_EVERY_SECONDS = 5.0


class JobRow(Base):
    __tablename__ = "jobs"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    due_at: Mapped[datetime]
    lease: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None]

    __table_args__ = ({"info": {"retention": Retention("when each job runs next; no personal data")}},)


@dataclass(frozen=True)
class Job:
    """`run` every `every`; it must be harmless to run twice."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


async def run_due(database: Database, clock: Clock, jobs: tuple[Job, ...]) -> list[str]:
    """Run each job that is due and not leased by another process; returns the names of those that ran."""
    ran = []
    for job in jobs:
        lease = new_token("l")
        if not await _claim(database, clock, job, lease):
            continue
        try:
            await job.run()
            ran.append(job.name)
        except Exception as error:  # noqa: BLE001 -- one failing job must not stop the others; it comes round again
            log.error("job failed", job=job.name, error=type(error).__name__, where=where(error))
        async with database.write() as session:
            await session.execute(
                update(JobRow)
                .where(JobRow.name == job.name, JobRow.lease == lease)
                .values(lease=None, lease_until=None, due_at=clock() + job.every)
            )
    return ran


async def _claim(database: Database, clock: Clock, job: Job, lease: str) -> bool:
    now = clock()
    async with database.read() as session:
        row = await session.get(JobRow, job.name)
        if row is not None and (row.due_at > now or (row.lease_until and row.lease_until > now)):
            return False
    try:
        async with database.write() as session:
            if row is None:
                session.add(JobRow(name=job.name, due_at=now))
                await session.flush()
            claimed = await session.execute(
                update(JobRow)
                .where(
                    JobRow.name == job.name,
                    JobRow.due_at <= now,
                    or_(JobRow.lease.is_(None), JobRow.lease_until <= now),
                )
                .values(lease=lease, lease_until=now + LEASE)
                .returning(JobRow.name)
            )
            return claimed.first() is not None
    except IntegrityError:
        return False  # another process made the row at the same moment


async def keep_running(database: Database, clock: Clock, jobs: tuple[Job, ...], stop: asyncio.Event) -> None:
    """Look for due jobs until `stop` is set."""
    while not stop.is_set():
        await run_due(database, clock, jobs)
        try:
            await asyncio.wait_for(stop.wait(), LOOK_EVERY_SECONDS)
        except TimeoutError:
            continue
