"""The hands as whoever races them sees them: seats that answer wishes, also when their process is killed meanwhile."""

import asyncio
import json
import os
import signal
import socket
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bench.racing.scene import Scene

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
HERE_WITHIN_SECONDS = 60.0
_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid of the process at the other end of a Unix socket


class Seat:
    """One connection to the database, in some process; wishes are done one after the other."""

    def __init__(self) -> None:
        self._here = asyncio.Event()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.pid: int | None = None
        self.retried = 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pid: int) -> None:
        before, self._streams, self.pid = self._streams, (reader, writer), pid
        self._here.set()
        if before is not None:
            await _hang_up(before[1])

    def leave(self) -> None:
        """Its process is dead or dying."""
        self.pid = None
        self._here.clear()

    async def here(self) -> None:
        """Wait for a process."""
        async with asyncio.timeout(HERE_WITHIN_SECONDS):
            await self._here.wait()

    async def ask(self, wish: Json) -> Json:
        """The answer; a wish that a killed process left unanswered is told to its successor, as it was."""
        line = json.dumps(wish).encode() + b"\n"
        while True:
            await self.here()
            assert self._streams is not None
            reader, writer = self._streams
            try:
                writer.write(line)
                answer = await reader.readline()
            except ConnectionError:
                answer = b""
            if answer.endswith(b"\n"):
                return dict(json.loads(answer))
            if self._streams == (reader, writer):
                self.leave()
            self.retried += 1

    async def close(self) -> None:
        if self._streams is not None:
            await _hang_up(self._streams[1])


class Crew:
    """So many processes with so many connections each."""

    def __init__(self, hands: int, connections: int) -> None:
        self.hands = [[Seat() for _ in range(connections)] for _ in range(hands)]
        self.seats = [seat for hand in self.hands for seat in hand]
        self.kills = 0

    def kill(self, place: int) -> None:
        """SIGKILL one of the processes in the middle of whatever it does; not while it is only starting."""
        pids = {seat.pid for seat in self.hands[place]}
        if None in pids:
            return
        for pid in pids:
            os.kill(pid or 0, signal.SIGKILL)
        for seat in self.hands[place]:
            seat.leave()
        self.kills += 1

    @property
    def retried(self) -> int:
        """Wishes that were told again because the process that had them was killed."""
        return sum(seat.retried for seat in self.seats)

    async def welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A connection of a hand that has come."""
        line = await reader.readline()
        if not line:
            await _hang_up(writer)
            return  # killed before it said which
        raw = writer.get_extra_info("socket").getsockopt(
            socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size
        )
        await self.seats[json.loads(line)["seat"]].take(reader, writer, _CREDENTIALS.unpack(raw)[0])


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


@asynccontextmanager
async def crew(scene: Scene, folder: Path, hands: int, connections: int) -> AsyncIterator[Crew]:
    """Started; ended by closing their connections."""
    there, path = Crew(hands, connections), folder / "seats"
    server = await asyncio.start_unix_server(there.welcome, path)
    nursery = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.racing.nursery", str(path), str(hands), str(connections)),
        stdin=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert nursery.stdin is not None
    nursery.stdin.write(scene.to_json().encode() + b"\n")
    try:
        await asyncio.gather(*(seat.here() for seat in there.seats))
        yield there
        await asyncio.gather(*(seat.here() for seat in there.seats))
    finally:
        for seat in there.seats:
            await seat.close()
        server.close()
        await nursery.wait()
        path.unlink(missing_ok=True)
