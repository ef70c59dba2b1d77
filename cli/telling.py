"""What is told while work goes on: one sentence a line, on stderr, so that stdout carries results only."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

EVERY_SECONDS = 15.0


def report(sentence: str) -> None:
    sys.stderr.write(f"· {sentence}\n")
    sys.stderr.flush()


@asynccontextmanager
async def told(tell: Callable[[str], None], what: str, usually: str) -> AsyncIterator[None]:
    """Says what is being waited for, how long that usually takes, and now and then that it goes on."""
    started = time.monotonic()
    tell(f"{what} ({usually}) …")

    async def say_that_it_goes_on() -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            tell(f"still {what} ({time.monotonic() - started:.0f} s) …")

    saying = asyncio.create_task(say_that_it_goes_on())
    try:
        yield
    finally:
        saying.cancel()
