"""Jobs: run when due, once among many processes, and a failing one does not stop the others."""

import asyncio
from datetime import timedelta

from lianfang.database import Database
from lianfang.jobs import LEASE, Job, run_due
from tests.conftest import Hands


async def test_runs_when_due_and_only_then(database: Database, clock: Hands) -> None:
    ran: list[str] = []

    async def work() -> None:
        ran.append("x")

    jobs = (Job("x", timedelta(minutes=1), work),)
    assert await run_due(database, clock, jobs) == ["x"]
    assert await run_due(database, clock, jobs) == []
    clock.move(seconds=61)
    assert await run_due(database, clock, jobs) == ["x"]
    assert ran == ["x", "x"]


async def test_two_processes_do_not_run_the_same_job(database: Database, clock: Hands) -> None:
    started, finish = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        started.set()
        await finish.wait()

    jobs = (Job("slow", timedelta(minutes=1), slow),)
    first = asyncio.create_task(run_due(database, clock, jobs))
    await started.wait()
    assert await run_due(database, clock, jobs) == []
    finish.set()
    assert await first == ["slow"]


async def test_a_job_whose_process_died_is_taken_over(database: Database, clock: Hands) -> None:
    started = asyncio.Event()

    async def never_ends() -> None:
        started.set()
        await asyncio.Event().wait()

    async def work() -> None: ...

    died = asyncio.create_task(run_due(database, clock, (Job("x", timedelta(minutes=1), never_ends),)))
    await started.wait()
    died.cancel()
    await asyncio.wait([died])
    again = (Job("x", timedelta(minutes=1), work),)
    assert await run_due(database, clock, again) == []
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert await run_due(database, clock, again) == ["x"]


async def test_a_failing_job_does_not_stop_the_next(database: Database, clock: Hands) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    async def work() -> None: ...

    jobs = (Job("bad", timedelta(minutes=1), fail), Job("good", timedelta(minutes=1), work))
    assert await run_due(database, clock, jobs) == ["good"]
