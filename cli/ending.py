"""When this process has to end: a signal asked for it, or whoever started it is gone."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

LOOK_SECONDS = 0.3
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

Ask = Callable[[str, int], None]
Result = TypeVar("Result")


class Ended(Exception):
    """Asked to end; `status` is the exit status that shells expect."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


async def until_asked_to_end(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of `work`, unless a reason to end comes first: then it is cancelled and Ended is raised.

    The death of the parent is a reason unless HUP is ignored: `nohup` says that a process shall outlive it.
    """
    asked: asyncio.Future[Ended] = asyncio.get_running_loop().create_future()

    def ask(reason: str, status: int) -> None:
        if not asked.done():
            asked.set_result(Ended(reason, status))

    loop = asyncio.get_running_loop()
    outlives = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    for number in STOPPING:
        if not (number == signal.SIGHUP and outlives):
            loop.add_signal_handler(number, ask, number.name, 128 + number)
    parent = None if outlives else asyncio.create_task(_parent_is_gone(ask))
    task = asyncio.create_task(work)
    try:
        waiting: set[asyncio.Future[Any]] = {task, asked}
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise asked.result()
    finally:
        if parent:
            parent.cancel()
        task.cancel()


async def _parent_is_gone(ask: Ask) -> None:
    """Looks instead of asking the kernel for a signal: that one comes when the parent's *thread* ends."""
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(LOOK_SECONDS)
    ask("the process that started this one is gone", 1)
