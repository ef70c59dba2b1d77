"""The whole chain as one context: prepared, started, ready, and ended on leaving."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from cli import chain, instance, model, ports, preparing
from cli.family import Lifeline
from cli.places import Failure
from cli.readiness import wait_until_ready
from cli.supervisor import Part, Supervisor
from lianfang.settings import Settings

Report = Callable[[str], None]
READY_WITHIN_SECONDS = 180.0
TELL_EVERY_SECONDS = 15.0


@asynccontextmanager
async def running(
    settings: Settings, report: Report, *, verbose: bool = False, sandbox: bool = False
) -> AsyncIterator[str]:
    """Start everything and give the readiness sentence; on leaving nothing is left. Raises Failure.

    With `sandbox`, whose `settings` must be the sandbox's, partners are played as well.
    """
    started = time.monotonic()
    lock = instance.take(settings.data_dir)
    lifeline = Lifeline(lock)
    logs = settings.data_dir / "logs"
    logs.mkdir(parents=True, exist_ok=True, mode=0o700)
    supervisor = Supervisor(lifeline, report, logs=None if verbose else logs)
    try:
        ports.require_free(chain.ports(settings))
        parts = await _start(settings, supervisor, lifeline, report, sandbox=sandbox)
        await _wait_for_all(parts, supervisor, report)
        yield _sentence(settings, time.monotonic() - started)
    finally:
        await supervisor.stop()
        lifeline.close()
        os.close(lock)


async def _start(
    settings: Settings, supervisor: Supervisor, lifeline: Lifeline, report: Report, *, sandbox: bool
) -> list[Part]:
    parts: list[Part] = []
    if chain.runs_core_here(settings):
        fitting = await model.ensure(settings.data_dir, lifeline, report)
        model.drop_older(fitting)
        parts += [chain.rasa(settings, fitting), chain.actions(settings)]
    for part in parts:  # slowest first: the core loads while the database is prepared
        supervisor.start(part)
    await preparing.prepare_database(settings, report)
    report("starting the processes …")
    late = [chain.gateway(settings)]
    if chain.runs_services_here(settings):
        late.insert(0, chain.services(settings))
    if sandbox:
        late.append(await _sandbox(settings))
    for part in late:
        supervisor.start(part)
    return parts + late


async def _sandbox(settings: Settings) -> Part:
    from cli.sandbox.stage import prepare_for_chain

    webhooks = await prepare_for_chain(settings)
    return chain.sandbox(webhooks.port or 0)


async def _wait_for_all(parts: list[Part], supervisor: Supervisor, report: Report) -> None:
    waiting = {asyncio.create_task(_wait_for(part, supervisor), name=part.name) for part in parts}
    try:
        while waiting:
            done, waiting = await asyncio.wait(
                waiting, timeout=TELL_EVERY_SECONDS, return_when=asyncio.FIRST_EXCEPTION
            )
            for task in done:
                task.result()
            if waiting:
                report(f"waiting for {', '.join(sorted(task.get_name() for task in waiting))} …")
    finally:
        for task in waiting:
            task.cancel()


async def _wait_for(part: Part, supervisor: Supervisor) -> None:
    ready = await wait_until_ready(
        part.health, part.headers, lambda: supervisor.require_living(part.name), within=READY_WITHIN_SECONDS
    )
    if not ready:
        raise Failure(f"{part.name} was not ready within {READY_WITHIN_SECONDS:.0f} s", status=1)


def _sentence(settings: Settings, seconds: float) -> str:
    open_channels = ", ".join(chain.channels(settings)) or "no channel set up"
    address = f"http://127.0.0.1:{settings.gateway_port}"
    return f"Lianfang is ready: {address} ({open_channels}) · ready in {seconds:.1f} s"
