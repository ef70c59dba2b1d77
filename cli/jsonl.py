"""`lianfang chat --jsonl`: users side by side, each user's lines in order, answers in input order."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from cli.wire import Answer, Said

SIDE_BY_SIDE = 8
UNANSWERED_AT_MOST = 500
LONGEST = 500_000  # a frame of the gateway's websocket has 4 MiB

Say = Callable[[str, Said, str], Awaitable[Answer]]
KINDS: tuple[Said, ...] = get_args(Said)


class NotALine(Exception):
    """A line of input that says nothing; the message says what is wrong with it."""

    def __init__(self, fault: str, user: str | None = None) -> None:
        super().__init__(fault)
        self.user = user


@dataclass(frozen=True)
class Line:
    """One thing a user does."""

    user: str
    kind: Said
    content: str


def read_line(raw: bytes) -> Line:
    """Raises NotALine."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise NotALine("not JSON") from error
    if not isinstance(value, dict) or not isinstance(value.get("user"), str) or not value["user"]:
        raise NotALine('a line is {"user", "text"}, {"user", "tap"} or {"user", "image"}')
    user = value["user"]
    given = [kind for kind in KINDS if isinstance(value.get(kind), str)]
    if len(given) != 1:
        raise NotALine("exactly one of text, tap and image is needed, as a string", user)
    kind = given[0]
    if len(value[kind]) > LONGEST:
        raise NotALine(f"longer than {LONGEST} characters", user)
    if kind == "image":
        if not Path(value[kind]).is_file():
            raise NotALine("the image is no file that can be read", user)
        # The chain reads no pictures yet: that there is one is all it needs to know.
        return Line(user, kind, "picture")
    return Line(user, kind, value[kind])


def write_answer(user: str | None, answer: Answer) -> bytes:
    """The one line that answers a line; lone surrogates are escaped, everything else is readable."""
    value: dict[str, Any] = {
        "user": user,
        "replies": answer.replies,
        "pushes": answer.pushes,
        "ms": answer.ms,
    }
    if answer.error:
        value["error"] = answer.error
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"


class Conversations:
    """Lines on their way: who waits for whom, and in which order answers are written."""

    def __init__(self, say: Say, write: Callable[[bytes], None]) -> None:
        self._say = say
        self._write = write
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._room = asyncio.Semaphore(UNANSWERED_AT_MOST)
        self._last_of: dict[str, asyncio.Task[Answer]] = {}
        self._answers: asyncio.Queue[tuple[str | None, asyncio.Task[Answer]] | None] = asyncio.Queue()

    async def take(self, raw: bytes, group: asyncio.TaskGroup) -> None:
        """Start one line; waits while too many are unanswered."""
        await self._room.acquire()
        said: Line | NotALine
        try:
            said = read_line(raw)
        except NotALine as fault:
            said = fault
        before = self._last_of.get(said.user) if said.user else None
        task = group.create_task(self._answer(said, before))
        if said.user:
            self._last_of[said.user] = task
        self._answers.put_nowait((said.user, task))

    def finish(self) -> None:
        self._answers.put_nowait(None)

    async def write_in_order(self) -> int:
        """Write answers until `finish`; gives the number of lines that could not be answered."""
        failed = 0
        while (entry := await self._answers.get()) is not None:
            user, task = entry
            answer = await task
            failed += answer.error is not None
            self._write(write_answer(user, answer))
            self._room.release()
        return failed

    async def _answer(self, said: Line | NotALine, before: asyncio.Task[Answer] | None) -> Answer:
        if before is not None:
            await asyncio.wait({before})
        if isinstance(said, NotALine):
            return Answer(error=str(said))
        async with self._places:
            return await self._say(said.user, said.kind, said.content)


async def converse(lines: AsyncIterator[bytes], say: Say, write: Callable[[bytes], None]) -> int:
    """Answer every line; gives the number of lines that could not be answered."""
    conversations = Conversations(say, write)
    async with asyncio.TaskGroup() as group:
        writer = group.create_task(conversations.write_in_order())
        async for raw in lines:
            if raw.strip():
                await conversations.take(raw, group)
        conversations.finish()
    return writer.result()
