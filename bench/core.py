"""Whole turns with 1, 8 and 32 people at once, and one conversation of 500 turns; beside stock Rasa in the same run.

Ours: a line at the terminal channel -> gateway (inbox, person, words, stored answer) -> Rasa -> actions -> services
and back, all as `lianfang up` starts them. Stock: the same turns sent straight to Rasa's own REST channel with the
metadata our gateway would send; Rasa's default pipeline with DIET, nothing patched, the same domain and rules, and
the running chain's own action server and services. So stock is spared the gateway and its database. Both cores have
the same niceness; while one side is measured the other waits. The first run trains stock Rasa on a part of our
sentences (5 to 10 minutes) and keeps its model in the data folder. Whatever goal is missed: status 1.
"""

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from bench.stock import process
from bench.turns.costs import Meter
from bench.turns.driving import EARLY, LATE, Timed, crowd, long_talk, median_ms
from bench.turns.sides import Side, our_side, stock_side
from bench.turns.table import Goal, Measured
from cli.family import Lifeline
from lianfang.settings import Settings
from tests.processes.chain import Chain

CROWDS = (1, 8, 32)
LONG_TURNS = 500
LONG_AT_MOST_SECONDS = 300.0
WARM_UP_SECONDS = 4.0
SHOWN = ((4, 54), (95, 145), (195, 245), (295, 345), (450, 500))


async def measure_crowd(side: Side, people: int, seconds: float) -> Measured:
    meter = Meter(side.pids)
    timed = await crowd(side.begin, people, seconds)
    costs = {name: spent * 1000 / len(timed.turns) for name, spent in meter.read().items()}
    measured = Measured(side.name, people, timed, costs, side.memory_mb)
    print(measured.rows(), flush=True)
    return measured


async def measure_long(side: Side) -> Timed:
    """How a turn's time grows within one conversation."""
    timed = await long_talk(side.begin, LONG_TURNS, LONG_AT_MOST_SECONDS)
    medians = "  ".join(
        f"{first + 1}-{last}: {median_ms(timed.turns[first:last]):.0f}"
        for first, last in SHOWN
        if len(timed.turns) >= last
    )
    print(
        f"{side.name:<11} one conversation of {len(timed.turns)} turns, unanswered {timed.silent}; "
        f"median ms of turns {medians}",
        flush=True,
    )
    return timed


async def measure(chain: Chain, seconds: float, stock: Path | None, lifeline: Lifeline) -> list[Goal]:
    """Both sides one after the other with each number of people; the goals."""
    async with contextlib.AsyncExitStack() as stack:
        sides = [await stack.enter_async_context(our_side(chain, max(CROWDS)))]
        if stock is not None:
            sides.append(await stack.enter_async_context(stock_side(chain, max(CROWDS), stock, lifeline)))
        for side in sides:
            await crowd(side.begin, 8, WARM_UP_SECONDS)
        measured: list[Measured] = []
        for people in CROWDS:
            measured = [await measure_crowd(side, people, seconds) for side in sides]
            if len(sides) > 1:
                print(measured[0].row_against(measured[1]), flush=True)
        long = [await measure_long(side) for side in sides]
    return [*goals_alone(measured[0], long[0]), *(goals_beside(*measured) if len(measured) > 1 else [])]


def goals_alone(ours: Measured, long: Timed) -> list[Goal]:
    growth = median_ms(long.turns[LATE]) / median_ms(long.turns[EARLY])
    return [
        Goal("turns nobody answered", ours.timed.silent + long.silent, 0),
        Goal("turns 451-500 of one conversation against 5-54, medians", growth, 1.2),
    ]


def goals_beside(ours: Measured, stock: Measured) -> list[Goal]:
    ratio = {name: value / stock.facts[name] for name, value in ours.facts.items()}
    return [
        Goal("turns/s with 32 at once against stock", ratio["turns/s"], 4.0, at_least=True),
        Goal("p95 with 32 at once against stock", ratio["p95 ms"], 0.25),
        Goal("memory of the core against stock", ratio["core MB"], 0.5),
    ]


async def run(seconds: float, *, with_stock: bool) -> bool:
    lifeline = Lifeline()
    try:
        models = Settings.from_env().data_dir / "bench"
        stock = await process.trained(models, lifeline) if with_stock else None
        with tempfile.TemporaryDirectory(prefix="lianfang-bench-") as folder:
            chain = Chain(Path(folder) / "data")
            try:
                print(await asyncio.to_thread(chain.start))
                print(f"load of the machine before: {os.getloadavg()[0]:.2f}", flush=True)
                goals = await measure(chain, seconds, stock, lifeline)
            finally:
                await asyncio.to_thread(chain.stop)
    finally:
        lifeline.close()
    print(*(goal.row() for goal in goals), sep="\n")
    return all(goal.reached for goal in goals)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--seconds", type=float, default=20.0, help="of load with each number of people")
    arguments.add_argument("--no-stock", action="store_true", help="only our own chain")
    given = arguments.parse_args()
    sys.exit(0 if asyncio.run(run(given.seconds, with_stock=not given.no_stock)) else 1)
