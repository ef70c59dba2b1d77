"""The action server's address, with connections that stay open between calls."""

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

import aiohttp
from rasa.utils.endpoints import EndpointConfig


class KeptConnection(EndpointConfig):
    """Rasa's endpoint makes a client and a TCP connection for every action it calls."""

    def __init__(self, url: str, **options: Any) -> None:
        super().__init__(url, **options)
        self._kept: aiohttp.ClientSession | None = None

    def session(self) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
        """The one client of this process, which leaving the context does not close."""
        if self._kept is None:
            self._kept = super().session()
        return nullcontext(self._kept)

    async def close(self) -> None:
        """When the server stops."""
        if self._kept is not None:
            await self._kept.close()
