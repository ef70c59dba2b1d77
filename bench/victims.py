"""How many turns and seconds a victim needs until the card is locked, and until a report has its number.

    lianfang bench victims [--times 20]

Each conversation is somebody new at the terminal channel of a running chain, one after the other, in both languages;
the locked cards were sold by the partner API of an issuer that has joined. A conversation counts when it ends in a
lock, or in a filed report, after three turns at most; a turn's time is from its words to its whole answer.
"""

import argparse
import asyncio
import itertools
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import aiohttp  # noqa: E402 -- the repository is no installed package here

from bench.turns.table import Goal  # noqa: E402
from cli.wire import Wire  # noqa: E402
from lianfang.words import Words  # noqa: E402
from tests.dialogue.conftest import User  # noqa: E402
from tests.dialogue.selling import Till, join_issuers  # noqa: E402
from tests.processes.chain import Chain  # noqa: E402

MOST_TURNS, MOST_SECONDS = 3, 1.0
LOCKED, FILED = "utter_lock_locked", "utter_report_filed"


@dataclass(frozen=True)
class Wish:
    """What somebody says turn by turn; `{serial}` and `{when}` are of a card that was sold for it."""

    name: str
    language: str
    turns: tuple[str, ...]
    ends_in: str

    @property
    def needs_card(self) -> bool:
        return self.ends_in == LOCKED


WISHES = (
    Wish("lock", "zh-TW", ("我被騙買了 GASH，序號給他了", "序號 {serial} 全家 {when}", "好 鎖卡"), LOCKED),
    Wish("lock, told at once", "zh-TW", ("快幫我鎖 GASH {serial}，{when} 在全家買的", "好，鎖卡"), LOCKED),
    Wish("lock", "en", ("I was tricked into buying a GASH card and gave him the serial",
                        "serial {serial}, FamilyMart, {when}", "yes, lock it"), LOCKED),
    Wish("report", "zh-TW", ("我要檢舉網站", "fake-{number}.top", "送出"), FILED),
    Wish("report, told at once", "zh-TW", ("檢舉 https://sale-{number}.top/a 假冒台電，在簡訊收到的", "送出"), FILED),
    Wish("report", "en", ("I want to report a website", "it is evil-{number}.top, it pretends to be Shopee",
                          "send it"), FILED),
    Wish("report a text", "zh-TW", ("檢舉這則簡訊：【台電】欠費 {number} 元，請至 https://pay-{number}.cc 繳清", "送出"),
         FILED),
)  # fmt: skip


@dataclass
class Took:
    """The seconds of each turn of the conversations that came to their end, and what the others said last."""

    turns: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def at(self, part: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")


_numbers = itertools.count(1000)


async def fulfil(wish: Wish, user: User, till: Till, took: Took) -> None:
    card = await till.sells("gash") if wish.needs_card else None
    number = next(_numbers)
    for count, turn in enumerate(wish.turns, 1):
        text = turn.format(serial=card.serial if card else "", when=card.when if card else "", number=number)
        began = time.perf_counter()
        await user.says(text)
        took.seconds.append(time.perf_counter() - began)
        if user.shows(wish.ends_in):
            took.turns.append(count)
            return
    took.failed.append(user.text)


@asynccontextmanager
async def people(chain: Chain) -> AsyncIterator[tuple[Wire, Till]]:
    keys = join_issuers(chain)
    url = f"ws://127.0.0.1:{chain.ports['gateway']}/terminal"
    async with Wire(url, chain.keys["internal_key"]) as wire, aiohttp.ClientSession() as http:
        yield wire, Till(f"http://127.0.0.1:{chain.ports['public']}", keys, http)


async def measure(chain: Chain, times: int) -> list[Goal]:
    words = Words.load(ROOT / "domain.yml")
    goals: list[Goal] = []
    async with people(chain) as (wire, till):
        for wish in WISHES:
            took = Took()
            for _ in range(times):
                await fulfil(wish, User(wire, words, wish.language), till, took)
            print(
                f"{wish.name:<21} {wish.language:<6} {len(took.turns)}/{times} in at most {max(took.turns, default=0)} "
                f"turns; a turn p50 {took.at(0.5) * 1000:.0f} ms  p95 {took.at(0.95) * 1000:.0f} ms  "
                f"longest {took.at(1) * 1000:.0f} ms",
                *took.failed[:1],
                sep="\n  ",
                flush=True,
            )
            name = f"{wish.name} ({wish.language})"
            goals += [
                Goal(f"{name}: not there after {MOST_TURNS} turns", len(took.failed), 0),
                Goal(f"{name}: longest turn in seconds", took.at(1), MOST_SECONDS),
            ]
    return goals


async def run(times: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="lianfang-bench-") as folder:
        chain = Chain(Path(folder) / "data")
        try:
            print(await asyncio.to_thread(chain.start))
            print(f"load of the machine before: {os.getloadavg()[0]:.2f}", flush=True)
            goals = await measure(chain, times)
        finally:
            await asyncio.to_thread(chain.stop)
    print(*(goal.row() for goal in goals), sep="\n")
    return all(goal.reached for goal in goals)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--times", type=int, default=20, help="each conversation is held so often")
    given = arguments.parse_args()
    sys.exit(0 if asyncio.run(run(given.times)) else 1)
