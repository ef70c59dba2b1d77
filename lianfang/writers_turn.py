"""SQLite's writers take turns on a file lock: whoever waits wakes at once, where SQLite's busy handler would sleep.

Measured: with three processes writing, SQLite's own waiting (sleeps of 1 to 100 ms) made acknowledging a webhook
take 200 ms at the median. The kernel frees the lock when its holder dies.
"""

import asyncio
import fcntl
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path


class WritersTurn:
    """An async lock among all tasks and processes that write to one database file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._here = asyncio.Lock()
        self._file: int | None = None
        self._threads_file: int | None = None
        self._waiting = ThreadPoolExecutor(1, thread_name_prefix="writers-turn")

    async def __aenter__(self) -> None:
        await self._here.acquire()
        try:
            if self._file is None:
                self._file = self._open()
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                await self._wait(self._file)
        except BaseException:
            self._here.release()
            raise

    async def _wait(self, file: int) -> None:
        waiting = asyncio.get_running_loop().run_in_executor(self._waiting, fcntl.flock, file, fcntl.LOCK_EX)
        try:
            await asyncio.shield(waiting)
        except asyncio.CancelledError:
            waiting.add_done_callback(lambda _: fcntl.flock(file, fcntl.LOCK_UN))
            raise

    async def __aexit__(self, *_: object) -> None:
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._here.release()

    @contextmanager
    def blocking(self) -> Iterator[None]:
        """The same turn for a thread that may wait: a lock of its own on the same file."""
        if self._threads_file is None:
            self._threads_file = self._open()
        fcntl.flock(self._threads_file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._threads_file, fcntl.LOCK_UN)

    def _open(self) -> int:
        return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def close(self) -> None:
        self._waiting.shutdown(wait=False)
        for file in (self._file, self._threads_file):
            if file is not None:
                os.close(file)
        self._file = self._threads_file = None
