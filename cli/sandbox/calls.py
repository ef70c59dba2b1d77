"""How a partner calls us: its key, an idempotency key for each wish, and patience when we do not answer."""

import asyncio
import uuid
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from cli.places import Failure

WAITS_SECONDS = (0.2, 0.5, 1.0, 2.0, 4.0)
TIMEOUT = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True)
class Answer:
    """HTTP status and JSON object; a refusal has a `code`."""

    status: int
    body: dict[str, Any]

    @property
    def code(self) -> str | None:
        """Why not, None when it was done."""
        return str(self.body.get("code", "unknown")) if self.status >= 400 else None


class Partner:
    """One partner before our public API."""

    def __init__(self, public: URL, key: str) -> None:
        self._public = public
        self._headers = {"Authorization": f"Bearer {key}"}

    async def get(self, path: str) -> Answer:
        return await self._call("GET", path, self._headers, None)

    async def post(self, path: str, body: dict[str, Any]) -> Answer:
        """Repeated with the same key until it is answered. Raises Failure when it is not."""
        return await self._call("POST", path, self._headers | {"Idempotency-Key": str(uuid.uuid4())}, body)

    async def _call(self, method: str, path: str, headers: dict[str, str], body: Any) -> Answer:
        async with aiohttp.ClientSession(trust_env=False, timeout=TIMEOUT) as session:
            for wait in (*WAITS_SECONDS, None):
                try:
                    async with session.request(
                        method, self._public.join(URL(path)), headers=headers, json=body
                    ) as response:
                        if response.status < 500:
                            return Answer(response.status, await response.json(content_type=None))
                except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
                    pass
                if wait is not None:
                    await asyncio.sleep(wait)
        raise Failure("the partner API does not answer", status=1)
