"""Since when a domain is registered, by RDAP (RFC 9082, 9083): from the registry itself or a server that knows it."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from lianfang.clock import TAIPEI, UTC
from services.registry.late.fetching import plain_session, read_object
from services.registry.late.guard import Refused, check_url, guarded_session
from services.registry.late.port import DEADLINE_SECONDS, DOMAIN_AGE, Finding, TryLater
from services.registry.late.short_links import REDIRECTS

KEEP = timedelta(days=7)
MOST_REDIRECTS = 3
_HEADERS = {"Accept": "application/rdap+json, application/json;q=0.8"}


def read_servers(setting: str) -> dict[str, str]:
    """`https://rdap.org,tw=https://…` as {"": …, "tw": …}: a server for an ending, and one for all others."""
    servers: dict[str, str] = {}
    for entry in filter(None, map(str.strip, setting.split(","))):
        ending, _, base = entry.rpartition("=")
        servers[ending.strip().lower().strip(".")] = base.strip().rstrip("/")
    return servers


class DomainAge:
    """`servers` are the operator's own; where they send us on is a stranger's and goes through the guard."""

    kind: ClassVar[str] = DOMAIN_AGE
    keep_nothing: ClassVar[timedelta] = timedelta(hours=12)

    def __init__(
        self,
        servers: Mapping[str, str],
        *,
        deadline: float = DEADLINE_SECONDS,
        resolver: Callable[[], AbstractResolver] = ThreadedResolver,
        allowed: Collection[str] = (),
    ) -> None:
        self._servers = dict(servers)
        self._deadline = deadline
        self._resolver = resolver
        self._allowed = frozenset(allowed)

    async def look(self, address: str) -> Finding | None:
        """The day a registrable domain was registered; None when nobody tells it. Raises TryLater."""
        base = self._server(address)
        if base is None:
            return None
        try:
            async with asyncio.timeout(self._deadline):
                answer = await self._ask(URL(f"{base}/domain/{address}"))
        except (aiohttp.ClientError, Refused, ValueError, OSError) as error:
            raise TryLater(type(error).__name__) from None
        day = None if answer is None else registered_on(answer, address)
        return None if day is None else Finding(DOMAIN_AGE, address, day.isoformat(), KEEP)

    def _server(self, domain: str) -> str | None:
        ending = domain
        while ending:
            ending = ending.partition(".")[2]
            if ending in self._servers:
                return self._servers[ending]
        return None

    async def _ask(self, url: URL) -> dict[str, Any] | None:
        """The domain as the server describes it; None for 404, which is an answer."""
        session = plain_session(self._deadline)
        for _ in range(MOST_REDIRECTS + 1):
            async with session, session.get(url, headers=_HEADERS, allow_redirects=False) as response:
                location = response.headers.get("Location")
                if response.status == 404:
                    return None
                if response.status == 200:
                    return await read_object(response)
                if response.status not in REDIRECTS or not location:
                    raise TryLater(str(response.status))
                url = url.join(URL(location))
            check_url(url, allowed=self._allowed)
            session = guarded_session(self._resolver(), self._allowed, deadline=self._deadline)
        raise TryLater("redirects")


def registered_on(answer: Mapping[str, Any], domain: str) -> date | None:
    """The day of registration in Taipei, from an RDAP domain object about this very domain."""
    if (
        answer.get("objectClassName") != "domain"
        or str(answer.get("ldhName", "")).rstrip(".").lower() != domain
    ):
        return None
    events = answer.get("events")
    for event in events if isinstance(events, list) else ():
        if isinstance(event, dict) and event.get("eventAction") == "registration":
            try:
                moment = datetime.fromisoformat(str(event.get("eventDate")))
            except ValueError:
                return None
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(TAIPEI).date()
    return None
