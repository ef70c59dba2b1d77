"""Permission to credit against lock: races between processes that are killed meanwhile, decisions a second, waiting.

    lianfang bench locks [--races 100000] [--database sqlite|postgresql|both] [--seconds 20]

Races: eight connections in four processes; for each card one side asks permission and reports, the other asks for a
lock, at the same moment; a process is killed (-9) after every hundred, its unanswered wishes are told to the next one
with the same keys. A fiftieth of them goes over HTTP between two services processes, killed too. Afterwards every
answer is compared with the whole database.

Decisions: four processes lock cards as fast as they can, each with its case, events and delivery; then once more with
the answer kept and the lock shown, as the API does.
Waiting: permissions while 100 locks a second are written: through the functions, through the public API of a services
process beside the writers, and when that one process does both; over HTTP whoever asks shares the processors with
whoever answers. The goals concern PostgreSQL and the functions.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet

from bench.racing.crew import Crew, crew
from bench.racing.judging import judge
from bench.racing.listeners import listeners
from bench.racing.paces import LOCKS_A_SECOND, PERMISSIONS_A_SECOND, Pace, decide, wait_beside
from bench.racing.races import Asked, Races, race, race_over_http, sell
from bench.racing.scene import SOLD_BEFORE, Scene, prepare
from bench.racing.servers import KINDS, new_database
from bench.turns.table import Goal
from lianfang.clock import rfc3339, utc_now
from lianfang.database import Database

HANDS, CONNECTIONS, LISTENERS = 4, 2, 2
KILL_EVERY, KILL_OVER_HTTP_EVERY, OVER_HTTP = 100, 50, 0.02
LEAST_DECISIONS, MOST_P99_MS = 300, 20.0
WARM_UP = 40
AT_ONCE_OVER_HTTP = 16


class Cards:
    """Cards that nobody has used yet."""

    def __init__(self) -> None:
        self._next = 0

    async def new(self, there: Crew, count: int) -> range:
        """So many more, sold."""
        cards = range(self._next, self._next + count)
        self._next = cards.stop
        await sell(there, cards)
        return cards


async def race_all(scene: Scene, there: Crew, folder: Path, cards: Cards, count: int) -> list[Goal]:
    races = Races(seed=count)
    mine, over_http = await cards.new(there, count), await cards.new(there, int(count * OVER_HTTP))
    started = time.perf_counter()
    await race(there, races, mine, KILL_EVERY)
    seconds = time.perf_counter() - started
    print(
        f"  {count} races in {seconds:.0f} s: {count / seconds:.0f}/s, {there.kills} kills, "
        f"{there.retried} wishes told again",
        flush=True,
    )
    async with listeners(scene, folder, LISTENERS) as both:
        started = time.perf_counter()
        await race_over_http(both, races, over_http, KILL_OVER_HTTP_EVERY)
        seconds = time.perf_counter() - started
    print(
        f"  {len(over_http)} over HTTP in {seconds:.0f} s: {sum(one.kills for one in both)} kills, "
        f"{sum(one.retried for one in both)} requests sent again",
        flush=True,
    )
    database = Database(scene.url)
    found = await judge(database, races.said)
    await database.close()
    for how, often in sorted(found.ended.items()):
        print(f"    {often:>7} {how}")
    wrong = +(found.violations + races.faults)
    for what, often in sorted(wrong.items()):
        print(f"    VIOLATION {often:>7} {what}")
    return [Goal("violations", wrong.total(), 0)]


async def measure_paces(
    scene: Scene, there: Crew, folder: Path, cards: Cards, seconds: float
) -> dict[str, float]:
    """The facts that goals are about."""
    many, locks, permissions = (
        int(seconds * rate) for rate in (LEAST_DECISIONS, LOCKS_A_SECOND, PERMISSIONS_A_SECOND)
    )
    one_each = [hand[0] for hand in there.hands]
    await decide(one_each, await cards.new(there, WARM_UP * len(one_each)), "decide")
    decided = await decide(one_each, await cards.new(there, many), "decide")
    print(f"  locks decided and committed: {decided.row}", flush=True)
    answered = await decide(one_each, await cards.new(there, many), "lock")
    print(f"    answered as by the API:    {answered.row}", flush=True)

    async def waited(name: str, writers: Sequence[Asked], askers: Sequence[Asked]) -> Pace:
        warm = [await cards.new(there, WARM_UP) for _ in range(2)]
        sold = await cards.new(there, locks), await cards.new(there, permissions)
        await wait_beside(writers, askers, *warm)
        beside, pace = await wait_beside(writers, askers, *sold)
        print(f"  {name}: {pace.row}\n    beside locks: {beside.row}", flush=True)
        return pace

    writers, askers = there.hands[0] + there.hands[1], there.hands[2]
    function = await waited("permissions by function", writers, askers)
    async with listeners(scene, folder, 1) as (one,):
        behind = [one] * AT_ONCE_OVER_HTTP
        await waited("permissions over HTTP, locks by function", writers, behind)
        await waited("permissions and locks over HTTP, one process", behind, behind)
    return {"rate": decided.rate, "function": function.at(0.99)}


async def measure(kind: str, count: int, seconds: float) -> list[Goal]:
    print(f"{kind}, load of the machine before: {os.getloadavg()[0]:.2f}", flush=True)
    with new_database(kind) as url, tempfile.TemporaryDirectory(prefix="lianfang-bench-") as name:
        scene = Scene(
            url, Fernet.generate_key().decode(), "k1:of this benchmark", rfc3339(utc_now() - SOLD_BEFORE)
        )
        await prepare(scene)
        cards, folder, goals = Cards(), Path(name), []
        async with crew(scene, folder, HANDS, CONNECTIONS) as there:
            if count:
                goals = await race_all(scene, there, folder, cards, count)
            if seconds:
                facts = await measure_paces(scene, there, folder, cards, seconds)
                goals += [] if kind == "sqlite" else goals_of(facts)
    return [Goal(f"{kind}: {goal.what}", goal.value, goal.limit, goal.at_least) for goal in goals]


def goals_of(facts: dict[str, float]) -> list[Goal]:
    return [
        Goal("lock decisions a second", facts["rate"], LEAST_DECISIONS, at_least=True),
        Goal("p99 ms of a permission by function", facts["function"], MOST_P99_MS),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--races", type=int, default=100_000, help="0: none")
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each measurement of speed; 0: none")
    given = parser.parse_args()
    kinds = KINDS if given.database == "both" else (given.database,)
    goals = [goal for kind in kinds for goal in asyncio.run(measure(kind, given.races, given.seconds))]
    print(*(goal.row() for goal in goals), sep="\n")
    sys.exit(0 if all(goal.reached for goal in goals) else 1)


if __name__ == "__main__":
    main()
