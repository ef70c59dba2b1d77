"""PostgreSQL's hot path: a thread does a short transaction in one step, over the plain driver.

For the same statements the asynchronous driver takes half as much processor time again: a loop and a greenlet
for every one of them.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lianfang.group_commit import Change

T = TypeVar("T")

URGENT, ORDINARY = 2, 6  # threads, each with a connection: urgent changes find one that is free


class ThreadCommit:
    """Two sets of threads; each change is a transaction of its own, side by side with the others."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._urgent = ThreadPoolExecutor(URGENT, thread_name_prefix="urgent-commit")
        self._ordinary = ThreadPoolExecutor(ORDINARY, thread_name_prefix="commit")

    async def run(self, change: Change[T], *, urgent: bool) -> T:
        """What `change` returns, after its commit."""
        threads = self._urgent if urgent else self._ordinary
        return await asyncio.get_running_loop().run_in_executor(threads, self._commit, change)

    def _commit(self, change: Change[T]) -> T:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            return change(session)

    def close(self) -> None:
        """Finish what waits and end the threads."""
        self._urgent.shutdown()
        self._ordinary.shutdown()
        self._engine.dispose()
