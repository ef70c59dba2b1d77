"""What every late look-up offers: an answer about one address within a deadline, or "try later"."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Protocol

SHORT_LINK = "short_link"
DOMAIN_AGE = "domain_age"
SAFE_BROWSING = "safe_browsing"
DEADLINE_SECONDS = 2.5  # what a service may wait for a partner (design section 7)


class TryLater(Exception):
    """No answer: too slow, away, refusing, not understood. Says nothing about the address; names no address."""


@dataclass(frozen=True)
class Finding:
    """What was found about `asked`: where it leads, the day it was registered, or how it is listed."""

    kind: str
    asked: str
    told: str
    keep: timedelta  # how long the answer may be given again


class Adapter(Protocol):
    """One outside source. `look` opens its sockets, answers within its deadline, and closes them."""

    kind: ClassVar[str]
    keep_nothing: ClassVar[timedelta]  # how long "nothing found" may be given again

    async def look(self, address: str) -> Finding | None:
        """None: it answered, and has nothing on this address. Raises TryLater."""
        ...
