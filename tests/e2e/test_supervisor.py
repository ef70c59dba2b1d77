"""The supervisor with small real processes: nothing outlives it, whatever dies is started again."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli import instance
from cli.family import Lifeline
from cli.places import ROOT, Failure
from cli.readiness import wait_until_ready
from cli.supervisor import Part, Supervisor

# A command whose child ignores TERM. Both say who they are to the test and stay connected while they live.
STUBBORN = """
import os, signal, socket, subprocess, sys
port, role = int(sys.argv[1]), sys.argv[2]
if role.endswith("-child"):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
else:
    subprocess.Popen([sys.executable, __file__, str(port), role + "-child"])
connection = socket.create_connection(("127.0.0.1", port))
connection.sendall(f"{role} {os.getpid()}\\n".encode())
connection.recv(1)
"""
# What `lianfang up` is made of, in a process that can be killed.
STARTER = """
import asyncio, sys
from cli.ending import Ended, until_asked_to_end
from cli.family import Lifeline
from cli.supervisor import Part, Supervisor

async def run():
    supervisor = Supervisor(Lifeline(), print)
    try:
        for role in ("one", "two"):
            supervisor.start(Part(role, (sys.executable, *sys.argv[1:], role), "http://127.0.0.1:1"))
        await asyncio.Event().wait()
    finally:
        await supervisor.stop()

try:
    asyncio.run(until_asked_to_end(run()))
except Ended as ended:
    sys.exit(ended.status)
"""
FAMILY = ("one", "one-child", "two", "two-child")


@dataclass
class Living:
    """A process that said who it is."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def is_gone(self) -> None:
        with suppress(ConnectionError):
            assert await self.reader.read() == b""
        self.writer.close()


class Register:
    """Where the processes of a test report."""

    def __init__(self) -> None:
        self._arrived: dict[str, asyncio.Queue[Living]] = {}

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        role, pid = (await reader.readline()).decode().split()
        self._queue(role).put_nowait(Living(int(pid), reader, writer))

    async def next(self, role: str) -> Living:
        return await asyncio.wait_for(self._queue(role).get(), 60)

    def _queue(self, role: str) -> asyncio.Queue[Living]:
        return self._arrived.setdefault(role, asyncio.Queue())


@dataclass
class Place:
    """A listening register and the script whose processes report to it."""

    register: Register
    script: Path
    port: int

    def part(self, role: str) -> Part:
        return Part(role, (sys.executable, str(self.script), str(self.port), role), "http://127.0.0.1:1")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    script = tmp_path / "stubborn.py"
    script.write_text(STUBBORN)
    register = Register()
    server = await asyncio.start_server(register.take, "127.0.0.1", 0)
    yield Place(register, script, server.sockets[0].getsockname()[1])
    server.close()


async def all_gone(processes: list[Living]) -> None:
    await asyncio.wait_for(asyncio.gather(*(process.is_gone() for process in processes)), 60)


async def start_starter(place: Place, *, under: str = "") -> asyncio.subprocess.Process:
    command = [sys.executable, "-c", STARTER, str(place.script), str(place.port)]
    if under:
        command = [sys.executable, "-c", under, *command]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_nothing_is_left_however_the_starter_ends(place: Place, number: signal.Signals) -> None:
    starter = await start_starter(place)
    family = [await place.register.next(role) for role in FAMILY]
    starter.send_signal(number)
    await all_gone(family)
    await asyncio.wait_for(starter.wait(), 60)


async def test_nothing_is_left_when_the_starters_parent_dies(place: Place) -> None:
    parent = await start_starter(place, under="import subprocess, sys; subprocess.run(sys.argv[1:])")
    family = [await place.register.next(role) for role in FAMILY]
    parent.kill()
    await all_gone(family)
    await parent.wait()


async def test_a_killed_part_ends_with_its_children_and_starts_again(place: Place) -> None:
    told: list[str] = []
    lifeline = Lifeline()
    supervisor = Supervisor(lifeline, told.append, delays=(0.0,))
    supervisor.start(place.part("one"))
    first = [await place.register.next(role) for role in ("one", "one-child")]
    os.kill(first[0].pid, signal.SIGKILL)
    await all_gone(first)
    second = [await place.register.next(role) for role in ("one", "one-child")]
    assert told == ["one ended (SIGKILL); starting it again in 0.0 s"]
    await supervisor.stop()
    await all_gone(second)
    lifeline.close()


async def test_a_part_whose_guardian_is_killed_ends_and_starts_again(place: Place) -> None:
    lifeline = Lifeline()
    supervisor = Supervisor(lifeline, lambda _: None, delays=(0.0,))
    supervisor.start(place.part("one"))
    first = [await place.register.next(role) for role in ("one", "one-child")]
    guardian = supervisor.process_id("one")
    assert guardian is not None
    os.kill(guardian, signal.SIGKILL)
    await all_gone(first)
    second = [await place.register.next(role) for role in ("one", "one-child")]
    await supervisor.stop()
    await all_gone(second)
    lifeline.close()


async def test_a_part_that_never_starts_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    lifeline = Lifeline()
    supervisor = Supervisor(lifeline, lambda _: None, logs=tmp_path, delays=(0.0,))
    supervisor.start(Part("broken", (sys.executable, "-c", "raise SystemExit('no such model')"), ""))
    with pytest.raises(Failure, match=r"(?s)broken does not start.*no such model"):
        await wait_until_ready(
            "http://127.0.0.1:1", {}, lambda: supervisor.require_living("broken"), within=20
        )
    await supervisor.stop()
    lifeline.close()


async def test_the_lock_is_free_only_when_the_last_child_is_gone(place: Place, tmp_path: Path) -> None:
    lock = instance.take(tmp_path)
    assert instance.is_taken(tmp_path)
    with pytest.raises(Failure, match=rf"process {os.getpid()}.*LIANFANG_DATA_DIR"):
        instance.take(tmp_path)
    lifeline = Lifeline(lock)
    supervisor = Supervisor(lifeline, lambda _: None)
    supervisor.start(place.part("one"))
    family = [await place.register.next(role) for role in ("one", "one-child")]
    os.close(lock)
    assert instance.is_taken(tmp_path)
    await supervisor.stop()
    await all_gone(family)
    assert not instance.is_taken(tmp_path)
    lifeline.close()
