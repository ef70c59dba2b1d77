"""Where a short link leads: redirects followed by hand, headers only, every hop through the guard."""

import asyncio
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import ClassVar

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from services.registry.hosts import read_address
from services.registry.late.guard import Refused, check_url, guarded_session
from services.registry.late.port import DEADLINE_SECONDS, SHORT_LINK, Finding, TryLater
from services.registry.late.wanted import page_url

MOST_HOPS = 5
KEEP = timedelta(hours=6)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; Lianfang link check)", "Accept": "*/*"}


class ShortLinks:
    """`allowed` (addresses that are not public) and `resolver` are for twins; no setting reaches them."""

    kind: ClassVar[str] = SHORT_LINK
    keep_nothing: ClassVar[timedelta] = timedelta(hours=1)

    def __init__(
        self,
        *,
        deadline: float = DEADLINE_SECONDS,
        resolver: Callable[[], AbstractResolver] = ThreadedResolver,
        allowed: Collection[str] = (),
    ) -> None:
        self._deadline = deadline
        self._resolver = resolver
        self._allowed = frozenset(allowed)

    async def look(self, address: str) -> Finding | None:
        """The last address of another host that it leads to, as far as it can be followed; None when there is none."""
        seen: list[URL] = []
        fault: Exception | None = None
        try:
            async with asyncio.timeout(self._deadline):
                await self._follow(URL(address), seen)
        except (aiohttp.ClientError, Refused, ValueError, OSError) as error:  # TimeoutError is an OSError
            fault = error
        others = [url for url in seen if url.host != seen[0].host]
        target = read_address(str(others[-1])) if others else None
        if target is not None:  # known, whether or not it answered us
            return Finding(SHORT_LINK, address, page_url(target) or f"http://{target.host}/", KEEP)
        if fault is None or isinstance(fault, Refused):
            return None
        raise TryLater(type(fault).__name__)

    async def _follow(self, url: URL, seen: list[URL]) -> None:
        """Adds to `seen` every address that passed the guard, in order, before it is asked."""
        async with guarded_session(self._resolver(), self._allowed, deadline=self._deadline) as session:
            for _ in range(MOST_HOPS):
                check_url(url, allowed=self._allowed)
                in_circle = url in seen
                seen.append(url)
                target = None if in_circle else await _redirect(session, url)
                if target is None:
                    return
                url = target
            check_url(url, allowed=self._allowed)
            seen.append(url)  # named by the last hop, not asked any more


async def _redirect(session: aiohttp.ClientSession, url: URL) -> URL | None:
    """Where this address sends us; None when it is the last. Some servers answer GET only."""
    for method in ("HEAD", "GET"):
        async with session.request(method, url, headers=_HEADERS, allow_redirects=False) as response:
            response.close()  # before any of the body is read
            location = response.headers.get("Location")
            if response.status in REDIRECTS and location:
                return url.join(URL(location)).with_fragment(None)
            if response.status < 400:
                return None
    return None
