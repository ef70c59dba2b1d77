"""What can go wrong between us and a vendor, played by a fake server in the order a test asks for."""

from collections import deque
from collections.abc import Awaitable, Callable
from enum import StrEnum

from aiohttp import web


class Fault(StrEnum):
    """`BEFORE` the vendor acted on the call, or `AFTER`: the client cannot tell which."""

    NONE = "none"
    DROPPED_BEFORE = "dropped_before"
    DROPPED_AFTER = "dropped_after"
    FAILED_BEFORE = "failed_before"
    FAILED_AFTER = "failed_after"
    TOO_FAST = "too_fast"
    UNREADABLE_ANSWER = "unreadable_answer"


class Faults:
    """A queue of faults, one for each call; when it is empty all goes well."""

    def __init__(self) -> None:
        self._waiting: deque[Fault] = deque()

    def expect(self, *faults: Fault) -> None:
        self._waiting.extend(faults)

    async def play(
        self, request: web.Request, act: Callable[[], Awaitable[web.Response]], too_fast: web.Response
    ) -> web.StreamResponse:
        """Let `act` happen, or not, and answer as the next fault wants it."""
        fault = self._waiting.popleft() if self._waiting else Fault.NONE
        if fault is Fault.TOO_FAST:
            return too_fast
        answer = None if fault in {Fault.DROPPED_BEFORE, Fault.FAILED_BEFORE} else await act()
        if fault in {Fault.DROPPED_BEFORE, Fault.DROPPED_AFTER} and request.transport is not None:
            request.transport.abort()
        if fault is Fault.UNREADABLE_ANSWER:
            return web.Response(text="<html>")
        if fault is Fault.NONE and answer is not None:
            return answer
        return web.Response(status=500, text="<html>Internal Server Error</html>")
