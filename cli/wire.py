"""One websocket to the gateway's terminal: lines out, their answers and pushes in, also across a restart."""

import asyncio
import contextlib
import itertools
import json
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import aiohttp

from cli.places import Failure

Said = Literal["text", "tap", "image"]
ANSWER_WITHIN_SECONDS = 90.0
COME_BACK_WITHIN_SECONDS = 60.0
TRY_AGAIN_SECONDS = 0.3


@dataclass
class Answer:
    """What came back for one line, in the shape the gateway sent it."""

    replies: list[dict[str, Any]] = field(default_factory=list)
    pushes: list[dict[str, Any]] = field(default_factory=list)
    ms: int = 0
    error: str | None = None


@dataclass
class _Waiting:
    frame: dict[str, Any]
    done: asyncio.Future[None]
    sent: float
    replies: list[dict[str, Any]] = field(default_factory=list)
    last_reply: float = 0.0


class Wire:
    """A connection that many users may share; a line that was not answered is sent again after a reconnect.

    Line ids are unique for ever, so the gateway takes a repeated line for the one it has.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        on_push: Callable[[str, list[dict[str, Any]]], bool] | None = None,
        answer_within: float = ANSWER_WITHIN_SECONDS,
    ) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {key}"}
        self._on_push = on_push
        self._answer_within = answer_within
        self._run = secrets.token_hex(6)
        self._numbers = itertools.count(1)
        self._waiting: dict[str, _Waiting] = {}
        self._pushes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(trust_env=False)
        try:
            self._socket = await self._connect()
        except (aiohttp.ClientError, OSError) as error:
            await self._session.close()
            raise Failure(f"nothing answers at {self._url} ({type(error).__name__})") from error
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._reader:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        if self._socket:
            await self._socket.close()
        if self._session:
            await self._session.close()

    async def say(self, user: str, kind: Said, content: str) -> Answer:
        """Send one line and wait for its last reply."""
        number = f"{self._run}-{next(self._numbers)}"
        frame = {"id": number, "user": user, kind: content}
        waiting = _Waiting(frame, asyncio.get_running_loop().create_future(), time.monotonic())
        self._waiting[number] = waiting
        error = None
        try:
            await self._send(frame)
            await asyncio.wait_for(waiting.done, self._answer_within)
        except TimeoutError:
            error = f"no answer within {self._answer_within:.0f} s"
        except Failure as failure:
            error = str(failure)
        finally:
            self._waiting.pop(number, None)
        ended = waiting.last_reply or time.monotonic()
        ms = round((ended - waiting.sent) * 1000)
        return Answer(waiting.replies, self._pushes.pop(user, []), ms, error)

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        if self._session is None:
            raise RuntimeError("use as a context")
        return await self._session.ws_connect(self._url, headers=self._headers, heartbeat=20, max_msg_size=0)

    async def _send(self, frame: dict[str, Any]) -> None:
        # A connection that breaks here is noticed by the reader, which sends the line again.
        if self._socket is not None and not self._socket.closed:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await self._socket.send_str(json.dumps(frame))

    async def _read(self) -> None:
        while True:
            socket = self._socket
            if socket is not None:
                async for message in socket:
                    if message.type is aiohttp.WSMsgType.TEXT:
                        self._take(json.loads(message.data))
            try:
                async with asyncio.timeout(COME_BACK_WITHIN_SECONDS):
                    self._socket = await self._connect_again()
            except TimeoutError:
                for waiting in self._waiting.values():
                    waiting.done.set_exception(Failure("the gateway is gone"))
                return
            for waiting in list(self._waiting.values()):
                await self._send(waiting.frame)

    async def _connect_again(self) -> aiohttp.ClientWebSocketResponse:
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                return await self._connect()
            await asyncio.sleep(TRY_AGAIN_SECONDS)

    def _take(self, frame: dict[str, Any]) -> None:
        replies: list[dict[str, Any]] = frame.get("replies", [])
        waiting = self._waiting.get(str(frame.get("id")))
        if "error" in frame:
            if waiting is not None and not waiting.done.done():
                waiting.done.set_exception(Failure(f"the gateway refused the line ({frame['error']})"))
            return
        if frame.get("push") or waiting is None:
            self._take_push(str(frame.get("user")), replies)
            return
        waiting.replies += replies
        waiting.last_reply = time.monotonic()
        if frame.get("final", True) and not waiting.done.done():
            waiting.done.set_result(None)

    def _take_push(self, user: str, replies: list[dict[str, Any]]) -> None:
        if not (self._on_push and self._on_push(user, replies)):
            self._pushes[user] += replies
