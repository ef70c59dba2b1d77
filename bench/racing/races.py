"""Races: for each card one side asks permission and credits, the other asks for a lock, at the same moment.

Every eighth issuer reports that it did not credit after all: then the lock that waited wins. Every sixteenth race
tells each wish once more, as a client does that lost the answer, and must hear the same.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from bench.racing.crew import Crew
from bench.racing.listeners import Listener

Json = dict[str, Any]
NOT_CREDITED_EVERY, REPEATED_EVERY = 8, 16
LATEST_SECONDS = 0.03  # how much later one side may begin, or the report may come
TRIES = 5
SALES_TOGETHER = 50
AT_ONCE = 4
SAID_EVERY = 10_000


class Asked(Protocol):
    """Whoever does wishes: a hand, or a process behind HTTP."""

    async def ask(self, wish: Json) -> Json: ...


@dataclass
class Said:
    """What both sides were answered last."""

    permission: Json = field(default_factory=dict)
    report: Json = field(default_factory=dict)
    lock: Json = field(default_factory=dict)


@dataclass
class Races:
    """The answers of every race, by card, and what went wrong while asking."""

    seed: int
    said: dict[int, Said] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 -- who begins, no secret

    async def run(self, card: int, issuer: Asked, buyer: Asked) -> None:
        """One race; the sides begin at once, in either order, or one a little later."""
        said = self.said.setdefault(card, Said())
        late = self.chance.choice((0.0, 0.0, self.chance.uniform(0, LATEST_SECONDS)))
        sides = [self._credit(card, issuer, said), self._lock(card, buyer, said)]
        self.chance.shuffle(sides)
        await asyncio.gather(sides[0], _after(late, sides[1]))
        if card % REPEATED_EVERY == 0:
            await self._repeat(card, issuer, buyer, said)

    async def _credit(self, card: int, issuer: Asked, said: Said) -> None:
        said.permission = await self._ask(issuer, {"do": "permission", "card": card})
        if said.permission.get("result") != "permitted":
            return
        await asyncio.sleep(self.chance.choice((0.0, self.chance.uniform(0, LATEST_SECONDS))))
        said.report = await self._ask(issuer, _report(card, said))

    async def _lock(self, card: int, buyer: Asked, said: Said) -> None:
        said.lock = await self._ask(buyer, {"do": "lock", "card": card})

    async def _repeat(self, card: int, issuer: Asked, buyer: Asked, said: Said) -> None:
        if said.report and await self._ask(buyer, _report(card, said)) != said.report:
            self.faults["a repeated report was answered otherwise"] += 1
        if await self._ask(issuer, {"do": "lock", "card": card}) != said.lock:
            self.faults["a repeated lock was answered otherwise"] += 1

    async def _ask(self, whom: Asked, wish: Json) -> Json:
        """As a client asks: again after an error, which is a fault all the same."""
        for _ in range(TRIES):
            answer = await whom.ask(wish)
            answer.pop("seconds", None)
            if "error" not in answer:
                break
            self.faults[f"{wish['do']}: {answer['error']}"] += 1
        return answer


def _report(card: int, said: Said) -> Json:
    told = "not_credited" if card % NOT_CREDITED_EVERY == 0 else "credited"
    return {"do": "report", "card": card, "told": told, "permission": said.permission["permission"]}


async def _after(seconds: float, side: Any) -> None:
    if seconds:
        await asyncio.sleep(seconds)
    await side


async def sell(crew: Crew, cards: range) -> None:
    """Register the cards, all seats at work."""
    batches = iter(range(cards.start, cards.stop, SALES_TOGETHER))

    async def sell_on(seat: Asked) -> None:
        for first in batches:
            count = min(SALES_TOGETHER, cards.stop - first)
            answer = await seat.ask({"do": "sell", "first": first, "count": count})
            if "error" in answer:
                raise RuntimeError(answer["error"])

    await asyncio.gather(*(sell_on(seat) for seat in crew.seats))


async def race(crew: Crew, races: Races, cards: range, kill_every: int) -> None:
    """All cards; each race between two processes, and a process killed after every `kill_every` of them."""
    places = len(crew.hands)
    pairs = [(crew.hands[place][0], crew.hands[(place + 1) % places][1]) for place in range(places)]
    waiting = iter(cards)
    done = 0

    async def race_on(pair: tuple[Asked, Asked]) -> None:
        nonlocal done
        for card in waiting:
            issuer, buyer = races.chance.sample(pair, 2)
            await races.run(card, issuer, buyer)
            done += 1
            if done % SAID_EVERY == 0:
                print(f"    {done} raced", flush=True)
            if done % kill_every == 0:
                soon, victim = races.chance.uniform(0, LATEST_SECONDS), races.chance.randrange(places)
                asyncio.get_running_loop().call_later(soon, crew.kill, victim)

    await asyncio.gather(*(race_on(pair) for pair in pairs))


async def race_over_http(pair: list[Listener], races: Races, cards: range, kill_every: int) -> None:
    """The same between two services processes, four cards at a time; one is killed after every `kill_every`."""
    waiting = iter(cards)
    done = 0
    restarts: set[asyncio.Task[None]] = set()

    async def race_on() -> None:
        nonlocal done
        for card in waiting:
            issuer, buyer = races.chance.sample(pair, 2)
            await races.run(card, issuer, buyer)
            done += 1
            if done % kill_every == 0:
                restarts.add(asyncio.create_task(races.chance.choice(pair).kill_and_restart()))

    await asyncio.gather(*(race_on() for _ in range(AT_ONCE)))
    await asyncio.gather(*restarts)
