"""Waits until processes say by HTTP that they are ready."""

import asyncio
from collections.abc import Callable, Mapping

import aiohttp

LOOK_AGAIN_SECONDS = 0.1
TIMEOUT = aiohttp.ClientTimeout(total=3)


async def answers(session: aiohttp.ClientSession, url: str, headers: Mapping[str, str]) -> bool:
    """Whether a GET is answered 200."""
    try:
        async with session.get(url, headers=headers, timeout=TIMEOUT) as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False


async def wait_until_ready(
    url: str, headers: Mapping[str, str], look: Callable[[], None], *, within: float
) -> bool:
    """Ask until the answer is 200; False when that takes too long. `look` may raise to give up."""
    async with aiohttp.ClientSession(trust_env=False) as session:
        try:
            async with asyncio.timeout(within):
                while not await answers(session, url, headers):
                    look()
                    await asyncio.sleep(LOOK_AGAIN_SECONDS)
        except TimeoutError:
            return False
    return True
