"""Lines of standard input, read beside the event loop: files, pipes and terminals alike."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator

READ_AHEAD_LINES = 1000


async def lines_of(file: int) -> AsyncIterator[bytes]:
    """Every line of an open file as it arrives, without its newline.

    A thread of its own reads the bare file: it may hang in a read when the program ends and holds nobody up.
    """
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[bytes | None] = asyncio.Queue()
    room = threading.Semaphore(READ_AHEAD_LINES)

    def hand_over(line: bytes | None) -> None:
        room.acquire()
        loop.call_soon_threadsafe(arrived.put_nowait, line)

    def read() -> None:
        rest = b""
        try:
            while data := os.read(file, 65536):
                *whole, rest = (rest + data).split(b"\n")
                for line in whole:
                    hand_over(line.removesuffix(b"\r"))
            if rest:
                hand_over(rest)
            hand_over(None)
        except RuntimeError:  # the loop is closed: nobody waits any more
            return

    threading.Thread(target=read, daemon=True, name="lines").start()
    while (line := await arrived.get()) is not None:
        room.release()
        yield line
