"""What every story of the demo needs: the database, a clock that is moved, people who write, officers who decide."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import TypeVar

from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI, UTC
from lianfang.database import Database
from lianfang.privacy import Vault
from services.reports.desk import Desk, desk_of

T = TypeVar("T")
LAST_HOUR, FIRST_HOUR = 22, 8  # when people write


@dataclass
class Moved:
    """A clock that stands until a story moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Officer:
    """Somebody with one role for one organisation."""

    person: str
    role: str
    organisation: str


@dataclass
class Town:
    """`end` is the real present; `first` keeps names apart from those of an earlier run on the same database.

    `partners`: those that this run made; `share`: how much of the whole there is to be, of each thing one at least.
    """

    database: Database
    vault: Vault
    clock: Moved
    end: datetime
    rng: Random
    first: int
    share: float = 1.0
    people: list[str] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    partners: set[str] = field(default_factory=set)

    async def do(self, change: Callable[[Session], T]) -> T:
        return await self.database.together(change)

    async def desk(self) -> Desk:
        return await desk_of(self.database, self.vault, self.clock)

    def count(self, whole: int) -> int:
        return max(1, round(whole * self.share))

    def somebody(self, *but: str) -> str:
        return self.rng.choice([one for one in self.people if one not in but])

    def officer(self, role: str, *but: str) -> Officer:
        """One of this role, of none of the organisations `but`."""
        fitting = [one for one in self.officers if one.role == role and one.organisation not in but]
        return self.rng.choice(fitting)

    def ago(self, hours: float) -> datetime:
        return self.end - timedelta(hours=hours)

    def some_day(self, days: tuple[float, float]) -> datetime:
        """A moment so many days ago; from the day before yesterday on back, while people are awake."""
        before = self.rng.uniform(*days)
        if before < 2:
            return self.ago(24 * before)
        day = (self.end - timedelta(days=before)).astimezone(TAIPEI).date()
        moment = time(self.rng.randint(FIRST_HOUR, LAST_HOUR), self.rng.randrange(60), self.rng.randrange(60))
        return datetime.combine(day, moment, TAIPEI).astimezone(UTC)

    def wait(self, hours: tuple[float, float]) -> timedelta:
        return timedelta(hours=self.rng.uniform(*hours))
