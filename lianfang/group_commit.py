"""SQLite's hot path: one thread commits short changes, several that wait at once in one transaction.

A change is a plain function of a session, so that a transaction is held for its statements only and never while
an event loop gets round to the next one. A change that fails is tried again alone: it fails by itself.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lianfang.writers_turn import WritersTurn

T = TypeVar("T")
Change = Callable[[Session], T]

# Few ordinary changes in one transaction, so that an urgent one does not wait long.
MOST_URGENT, MOST_ORDINARY = 50, 4


class _Waiting:
    """One change, its answer, and the loop that waits for it."""

    def __init__(self, change: Change[Any]) -> None:
        self.change = change
        self._loop = asyncio.get_running_loop()
        self.done: asyncio.Future[Any] = self._loop.create_future()

    def answer(self, value: Any, error: BaseException | None = None) -> None:
        self._loop.call_soon_threadsafe(self._set, value, error)

    def _set(self, value: Any, error: BaseException | None) -> None:
        if self.done.done():
            return
        if error is None:
            self.done.set_result(value)
        else:
            self.done.set_exception(error)


class GroupCommit:
    """The thread and its two queues; urgent changes go first."""

    def __init__(self, engine: Engine, turn: WritersTurn) -> None:
        self._engine = engine
        self._turn = turn
        self._urgent: deque[_Waiting] = deque()
        self._ordinary: deque[_Waiting] = deque()
        self._something = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None

    async def run(self, change: Change[T], *, urgent: bool) -> T:
        """What `change` returns, after its commit."""
        waiting = _Waiting(change)
        with self._something:
            (self._urgent if urgent else self._ordinary).append(waiting)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="group-commit", daemon=True)
                self._thread.start()
            self._something.notify()
        answer: T = await waiting.done
        return answer

    def close(self) -> None:
        """Finish what waits and end the thread."""
        with self._something:
            self._closing = True
            self._something.notify()
        if self._thread is not None:
            self._thread.join()
        self._engine.dispose()

    def _work(self) -> None:
        while True:
            with self._something:
                while not (self._urgent or self._ordinary or self._closing):
                    self._something.wait()
                if not (self._urgent or self._ordinary):
                    return
            self._commit_some()

    def _commit_some(self) -> None:
        batch: list[_Waiting] = []
        try:
            with (
                self._turn.blocking(),
                Session(self._engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                batch = self._take()  # only now: what came while we waited for our turn goes with us
                answers = [waiting.change(session) for waiting in batch]
        except Exception:  # noqa: BLE001 -- whose fault it was shows when each is tried alone
            for waiting in batch or self._take():
                self._commit_alone(waiting)
        else:
            for waiting, answer in zip(batch, answers, strict=True):
                waiting.answer(answer)

    def _take(self) -> list[_Waiting]:
        with self._something:
            queue, most = (self._urgent, MOST_URGENT) if self._urgent else (self._ordinary, MOST_ORDINARY)
            return [queue.popleft() for _ in range(min(most, len(queue)))]

    def _commit_alone(self, waiting: _Waiting) -> None:
        try:
            with (
                self._turn.blocking(),
                Session(self._engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                answer = waiting.change(session)
        except Exception as error:  # noqa: BLE001 -- belongs to the one who asked for the change
            waiting.answer(None, error)
        else:
            waiting.answer(answer)
