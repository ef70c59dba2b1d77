"""The one table every channel passes: what comes in, what goes out, and the bench a channel is put on."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from bot.channels.port import Channel
from bot.messages import Destination, Reply
from lianfang.clock import UTC
from tests.fakes.faults import Fault

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
RETRY_KEY = "6f1f4d54-0e5d-4d0a-9a8e-4f0b1c9d2e3f"


class TestClock:
    """A clock that a test moves."""

    __test__ = False

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class IncomingCase:
    """A webhook's JSON and what must be read from it: named fields of each event, how many are unknown."""

    label: str
    body: dict[str, Any]
    events: tuple[dict[str, Any], ...] = ()
    unknown: int = 0


@dataclass(frozen=True)
class OutgoingCase:
    """Replies, what goes wrong on the way, and what the person has seen in the end.

    `outcome` is the parts sent, or the name of what `send` raises.
    """

    label: str
    replies: tuple[Reply, ...]
    shown: tuple[str, ...]
    outcome: int | str
    faults: tuple[Fault, ...] = ()
    calls: tuple[str, ...] = ()
    repeated: int = 0
    already_sent: int = 0
    blocked: bool = False
    expects: Mapping[str, Any] = field(default_factory=dict)  # attributes of what is raised


class Bench(Protocol):
    """A channel connected to its fake vendor."""

    channel: Channel
    clock: TestClock

    def headers(self, body: bytes) -> dict[str, str]: ...

    def destination(self) -> Destination:
        """A fresh event of a person who waits for an answer."""
        ...

    def expect(self, *faults: Fault) -> None: ...

    def block(self) -> None: ...

    def shown(self) -> list[str]:
        """The texts the person sees."""
        ...

    def calls(self) -> list[str]: ...

    def violations(self) -> list[str]: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


AnyBench = TypeVar("AnyBench", bound=Bench)


@asynccontextmanager
async def running(bench: AnyBench) -> AsyncIterator[AnyBench]:
    """The bench between start and stop; in the end the vendor must have had nothing to refuse."""
    await bench.start()
    try:
        yield bench
    finally:
        await bench.stop()
    assert bench.violations() == []


@dataclass(frozen=True)
class ChannelCases:
    """One channel's row of the table."""

    name: str
    bench: Callable[[], Bench]
    incoming: tuple[IncomingCase, ...]
    outgoing: tuple[OutgoingCase, ...]
    sample_faults: Callable[[dict[str, Any]], list[str] | None]  # None: the vendor's description is absent
    forged_headers: tuple[tuple[dict[str, str], int], ...]  # and the status each is refused with
