"""JSON from an outside source: bounded, checked, and every fault "try later"."""

import json
from typing import Any

import aiohttp

from services.registry.late.port import TryLater

MOST_BYTES = 256 * 1024


def plain_session(deadline: float) -> aiohttp.ClientSession:
    """For sources that the operator named in a setting; no proxy, no cookies kept."""
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=deadline),
        connector=aiohttp.TCPConnector(force_close=True, limit=4),
        trust_env=False,
    )


async def read_object(response: aiohttp.ClientResponse) -> dict[str, Any]:
    """The body as a JSON object. Raises TryLater."""
    raw = b""
    async for chunk in response.content.iter_chunked(16 * 1024):
        raw += chunk
        if len(raw) > MOST_BYTES:
            raise TryLater("too long")
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise TryLater("no JSON") from error
    if not isinstance(value, dict):
        raise TryLater("no object")
    return value
