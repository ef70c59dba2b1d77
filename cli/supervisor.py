"""Keeps processes running: starts them, starts again what dies (later each time), ends them all."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cli import family
from cli.places import Failure

DELAYS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
STEADY_SECONDS = 30.0  # who ran this long starts again without delay
FAILURES_BEFORE_READY = 3


@dataclass(frozen=True)
class Part:
    """One process of the chain: how to start it and how it says that it is ready."""

    name: str
    command: tuple[str, ...]
    health: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    env: Mapping[str, str] | None = field(default=None, repr=False)
    nice: int = 0
    stops_first: bool = False


class Supervisor:
    """Runs parts under one lifeline; `report` gets one sentence for everything worth telling."""

    def __init__(
        self,
        lifeline: family.Lifeline,
        report: Callable[[str], None],
        *,
        logs: Path | None = None,
        delays: Sequence[float] = DELAYS,
    ) -> None:
        self._lifeline = lifeline
        self._report = report
        self._logs = logs
        self._delays = delays
        self._keepers: dict[str, asyncio.Task[None]] = {}
        self._parts: dict[str, Part] = {}
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._failures: dict[str, int] = {}
        self._stopping = False

    def start(self, part: Part) -> None:
        """Start a part and keep it running."""
        self._parts[part.name] = part
        self._keepers[part.name] = asyncio.create_task(self._keep(part), name=f"keep {part.name}")

    def process_id(self, name: str) -> int | None:
        """The process that looks after a part, while it runs."""
        process = self._running.get(name)
        return process.pid if process else None

    def require_living(self, name: str) -> None:
        """Raises Failure for a part that died too often before it was ready once."""
        if self._failures.get(name, 0) >= FAILURES_BEFORE_READY:
            raise Failure(f"{name} does not start{self._last_words(name)}", status=1)

    async def stop(self) -> None:
        """End all parts: first those that take work in, then the rest together."""
        self._stopping = True
        for first in (True, False):
            names = [name for name in self._running if self._parts[name].stops_first is first]
            await asyncio.gather(*(family.end(self._running[name]) for name in names))
        for keeper in self._keepers.values():
            keeper.cancel()
        await asyncio.gather(*self._keepers.values(), return_exceptions=True)
        # A keeper may have started its part again between the two steps.
        await asyncio.gather(*(family.end(process) for process in self._running.values()))

    async def _keep(self, part: Part) -> None:
        log = self._logs / f"{part.name}.log" if self._logs else None
        failures = 0
        while not self._stopping:
            started = time.monotonic()
            process = await self._lifeline.start(part.command, env=part.env, log=log, nice=part.nice)
            self._running[part.name] = process
            status = await process.wait()
            del self._running[part.name]
            family.end_group(process.pid)
            if self._stopping:
                return
            steady = time.monotonic() - started >= STEADY_SECONDS
            failures = 0 if steady else failures + 1
            self._failures[part.name] = failures
            delay = 0.0 if steady else self._delays[min(failures, len(self._delays)) - 1]
            self._report(f"{part.name} ended ({_in_words(status)}); starting it again in {delay:.1f} s")
            await asyncio.sleep(delay)

    def _last_words(self, name: str) -> str:
        if self._logs is None:
            return ""
        path = self._logs / f"{name}.log"
        lines: list[str] = []
        for candidate in (path, path.with_suffix(".log.old")):
            with contextlib.suppress(OSError):
                lines = lines or candidate.read_text(errors="replace").strip().splitlines()
        quoted = "\n  ".join(lines[-5:])
        return f"; its log {path} ends with\n  {quoted}" if lines else f"; see {path}"


def _in_words(status: int) -> str:
    number = -status if status < 0 else status - 128
    if number <= 0:
        return f"status {status}"
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"status {status}"
