"""The HTTP client between our processes: bearer key, person, trace, a deadline, and errors with a code."""

from typing import Any

import aiohttp


class ServiceUnavailable(Exception):
    """The other process did not answer in time or failed: try later, or answer in degraded mode."""


class ServiceRefused(Exception):
    """The other process understood and said no; `code` is its problem code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class InternalClient:
    """One session to one base URL; safe to share between tasks, made and closed within one event loop.

    `patience`: how many times its budget a request may take, for whoever is not waited for by a person.
    """

    def __init__(self, base_url: str, key: str, *, patience: float = 1.0) -> None:
        self._base_url = base_url
        self._patience = patience
        self._headers = {"Authorization": f"Bearer {key}"}
        self._session: aiohttp.ClientSession | None = None

    async def post(
        self,
        path: str,
        body: Any,
        *,
        budget: float,
        person: str | None = None,
        trace: str | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """POST JSON within `budget` seconds. Raises ServiceUnavailable or ServiceRefused."""
        headers = dict(self._headers)
        if person:
            headers["X-Person"] = person
        if trace:
            headers["X-Request-Id"] = trace
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        return await self._request("POST", path, budget, headers=headers, json=body)

    async def get(
        self, path: str, *, budget: float, params: dict[str, str] | None = None, person: str | None = None
    ) -> Any:
        """GET JSON within `budget` seconds. Raises ServiceUnavailable or ServiceRefused."""
        headers = {**self._headers, **({"X-Person": person} if person else {})}
        return await self._request("GET", path, budget, headers=headers, params=params)

    async def _request(self, method: str, path: str, budget: float, **arguments: Any) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=False)
        timeout = aiohttp.ClientTimeout(total=budget * self._patience)
        try:
            async with self._session.request(
                method, self._base_url + path, timeout=timeout, **arguments
            ) as response:
                if response.status >= 500:
                    raise ServiceUnavailable(f"{path}: {response.status}")
                answer = await response.json(content_type=None)
                if response.status >= 400:
                    raise ServiceRefused(response.status, str(answer.get("code", "unknown")))
                return answer
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
            raise ServiceUnavailable(f"{path}: {type(error).__name__}") from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
