"""Whether Google's list of dangerous sites names an address: Safe Browsing, Lookup API v4 (`threatMatches:find`)."""

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

import aiohttp
from yarl import URL

from services.registry.late.fetching import plain_session, read_object
from services.registry.late.port import DEADLINE_SECONDS, SAFE_BROWSING, Finding, TryLater

CLIENT = {"clientId": "lianfang", "clientVersion": "1"}
THREATS = ("SOCIAL_ENGINEERING", "MALWARE", "UNWANTED_SOFTWARE", "POTENTIALLY_HARMFUL_APPLICATION")
_SECONDS = re.compile(r"(\d{1,6})(?:\.\d+)?s")
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=24)


class SafeBrowsing:
    """Sends Google the host and the path of an address, and nothing of the message or its person."""

    kind: ClassVar[str] = SAFE_BROWSING
    keep_nothing: ClassVar[timedelta] = timedelta(minutes=30)

    def __init__(self, base: str, key: str, *, deadline: float = DEADLINE_SECONDS) -> None:
        self._url = URL(base) / "v4" / "threatMatches:find" % {"key": key}
        self._deadline = deadline

    async def look(self, address: str) -> Finding | None:
        """The kind of threat it is listed as; None when it is not listed. Raises TryLater."""
        wanted = {
            "client": CLIENT,
            "threatInfo": {
                "threatTypes": list(THREATS),
                "platformTypes": ["ANY_PLATFORM"],
                "threatEntryTypes": ["URL"],
                "threatEntries": [{"url": address}],
            },
        }
        try:
            async with (
                asyncio.timeout(self._deadline),
                plain_session(self._deadline) as session,
                session.post(self._url, json=wanted, allow_redirects=False) as response,
            ):
                if response.status != 200:
                    raise TryLater(str(response.status))
                answer = await read_object(response)
        except (aiohttp.ClientError, ValueError, OSError) as error:
            raise TryLater(type(error).__name__) from None
        return _listed(answer, address)


def _listed(answer: Mapping[str, Any], address: str) -> Finding | None:
    matches = answer.get("matches")
    for match in matches if isinstance(matches, list) else ():
        if isinstance(match, dict) and match.get("threatType") in THREATS:
            return Finding(
                SAFE_BROWSING, address, str(match["threatType"]), _keep(match.get("cacheDuration"))
            )
    return None


def _keep(told: Any) -> timedelta:
    """As long as Google says the match may be shown, within reason."""
    match = _SECONDS.fullmatch(str(told))
    return SHORTEST if match is None else min(max(timedelta(seconds=int(match[1])), SHORTEST), LONGEST)
