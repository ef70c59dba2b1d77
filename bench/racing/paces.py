"""How many locks are decided a second, and how long a permission takes while a hundred are written each second."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.racing.races import Asked

LOCKS_TOGETHER = 10
LOCKS_A_SECOND, PERMISSIONS_A_SECOND = 100, 50


@dataclass(frozen=True)
class Pace:
    """How many a second, and the seconds of each."""

    rate: float
    each: list[float]

    def at(self, part: float) -> float:
        """A quantile in milliseconds."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000

    @property
    def row(self) -> str:
        quantiles = "  ".join(f"p{part * 100:.0f} {self.at(part):.1f} ms" for part in (0.5, 0.95, 0.99))
        return f"{self.rate:.0f}/s  {quantiles}  n={len(self.each)}"


async def decide(seats: Sequence[Asked], cards: range, what: str) -> Pace:
    """Lock all these cards as fast as it goes, every seat at work; `what`: decide, or lock as the API does."""
    starts = iter(range(cards.start, cards.stop, LOCKS_TOGETHER))
    each: list[float] = []

    async def decide_on(seat: Asked) -> None:
        for first in starts:
            some = list(range(first, min(first + LOCKS_TOGETHER, cards.stop)))
            each.extend((await seat.ask({"do": "many", "what": what, "cards": some}))["each"])

    started = time.perf_counter()
    await asyncio.gather(*(decide_on(seat) for seat in seats))
    return Pace(len(cards) / (time.perf_counter() - started), each)


async def wait_beside(
    writers: Sequence[Asked], askers: Sequence[Asked], locks: range, permissions: range
) -> tuple[Pace, Pace]:
    """Locks at a steady pace and, beside them, permissions at theirs; first the locks', then the permissions' waiting."""
    started = time.perf_counter()
    locked, permitted = await asyncio.gather(
        _steadily(LOCKS_A_SECOND, locks, writers, "lock"),
        _steadily(PERMISSIONS_A_SECOND, permissions, askers, "permission"),
    )
    seconds = time.perf_counter() - started
    return Pace(len(locks) / seconds, locked), Pace(len(permissions) / seconds, permitted)


async def _steadily(rate: float, cards: Iterable[int], seats: Sequence[Asked], what: str) -> list[float]:
    """Begin so many a second, each at its own time, whether or not those before are done, on whichever seat is free."""
    free: asyncio.Queue[Asked] = asyncio.Queue()
    for seat in seats:
        free.put_nowait(seat)
    each: list[float] = []

    async def ask(card: int, due: float) -> None:
        seat = await free.get()
        answer = await seat.ask({"do": what, "card": card})
        if "error" in answer:
            raise RuntimeError(answer["error"])
        each.append(time.perf_counter() - due)
        free.put_nowait(seat)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number, card in enumerate(cards):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            group.create_task(ask(card, due))
    return each
