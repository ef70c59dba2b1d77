"""Talks: a number of people at once, each waiting for the answer before saying more; or one person for long."""

import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bench.turns.dialogues import DIALOGUES, LONG, Dialogue, Step
from bench.turns.talks import Silence, Talk

Begin = Callable[[int, Dialogue], Awaitable[Talk]]
EARLY, LATE = slice(4, 54), slice(450, 500)


@dataclass
class Timed:
    """How long each answered turn took, in seconds, in the order of their ends."""

    turns: list[float] = field(default_factory=list)
    silent: int = 0
    buttons_missing: int = 0
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.turns) / self.elapsed

    def at(self, part: float) -> float:
        """A quantile in milliseconds."""
        ordered = sorted(self.turns)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000

    async def take(self, talk: Talk, step: Step) -> None:
        started = time.perf_counter()
        try:
            self.buttons_missing += not await talk.say(step)
        except Silence:
            self.silent += 1
        else:
            self.turns.append(time.perf_counter() - started)


async def crowd(begin: Begin, people: int, seconds: float) -> Timed:
    """`people` conversations side by side, each followed by a new one, until the time is over."""
    timed = Timed()
    next_dialogue = itertools.cycle(DIALOGUES)
    started = time.perf_counter()

    async def talk_on(place: int) -> None:
        while time.perf_counter() - started < seconds:
            dialogue = next(next_dialogue)
            talk = await begin(place, dialogue)
            for step in dialogue.steps:
                if time.perf_counter() - started >= seconds:
                    return
                await timed.take(talk, step)

    await asyncio.gather(*(talk_on(place) for place in range(people)))
    timed.elapsed = time.perf_counter() - started
    return timed


async def long_talk(begin: Begin, turns: int, at_most_seconds: float) -> Timed:
    """One conversation of so many turns, broken off when it takes too long."""
    timed = Timed()
    talk = await begin(0, LONG)
    started = time.perf_counter()
    for step in itertools.islice(itertools.cycle(LONG.steps), turns):
        await timed.take(talk, step)
        if time.perf_counter() - started > at_most_seconds:
            break
    timed.elapsed = time.perf_counter() - started
    return timed


def median_ms(turns: list[float]) -> float:
    return statistics.median(turns) * 1000
