"""One signed POST to a partner: 2.5 s in all, no redirect followed, an answer of at most 64 KiB."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from lianfang.clock import Clock, rfc3339
from services.partners.answers import read_answer
from services.partners.joining import may_call
from services.partners.signing import HEADER, sign

BUDGET_SECONDS = 2.5
LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True)
class Posting:
    """What to send where; the body is `{id, kind, created_at, data}`."""

    delivery: str
    url: str
    secret: str = field(repr=False)
    kind: str
    created_at: datetime
    data: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Posted:
    """What came back: `status` None when nothing did, `answer` None when it was no JSON object."""

    status: int | None = None
    answer: dict[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Poster:
    """One session to all partners; `loopback` lets it reach servers on this machine over http."""

    def __init__(self, clock: Clock, *, loopback: bool, budget: float) -> None:
        self._clock = clock
        self._loopback = loopback
        self._budget = budget
        self._session: aiohttp.ClientSession | None = None

    async def post(self, posting: Posting) -> Posted:
        """Never raises for what the partner does or leaves undone."""
        if not may_call(posting.url, loopback=self._loopback):
            return Posted()
        body = json.dumps(
            {
                "id": posting.delivery,
                "kind": posting.kind,
                "created_at": rfc3339(posting.created_at),
                "data": posting.data,
            },
            ensure_ascii=False,
        ).encode()
        timestamp = int(self._clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            HEADER: sign(posting.secret, timestamp=timestamp, body=body, delivery=posting.delivery),
        }
        try:
            async with self._http().post(
                posting.url, data=body, headers=headers, allow_redirects=False
            ) as response:
                answer = read_answer(await _read(response))
                return Posted(response.status, answer, response.headers)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError):
            return Posted()

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._budget),
                connector=aiohttp.TCPConnector(limit_per_host=8),
                trust_env=False,
            )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The body; nothing of one that is too long, which therefore counts as no answer."""
    raw = b""
    async for chunk in response.content.iter_chunked(16 * 1024):
        raw += chunk
        if len(raw) > LONGEST_ANSWER:
            return b""
    return raw
