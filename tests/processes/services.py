"""One real services process that is killed and started anew; it is forked where everything is imported already."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from sqlalchemy import text

from cli.serve import main
from lianfang.database import Database
from tests.processes.chain import free_ports, until

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__, "cli.tables", "services.app"])
INTERNAL_KEY = "key-of-thirty-two-characters-in-tests"
ESTABLISHED = "01"


def _serve(environ: Mapping[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith("LIANFANG_")]:
        del os.environ[name]
    os.environ.update(environ)
    sys.argv = ["serve", "services"]
    main()


class Services:
    """`settings`: names without their prefix; the ports are the same after every start."""

    def __init__(self, database: Database, **settings: str) -> None:
        self._database = database
        internal, public = free_ports(2)
        self.internal, self.public = (f"http://127.0.0.1:{port}" for port in (internal, public))
        self._ends = tuple(f"0100007F:{port:04X}" for port in (internal, public))
        given = {
            **settings,
            "INTERNAL_KEY": INTERNAL_KEY,
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "SERVICES_PORT": str(internal),
            "PUBLIC_PORT": str(public),
        }
        self._environ = {f"LIANFANG_{name}": value for name, value in given.items()}
        self._process: multiprocessing.process.BaseProcess | None = None
        self.kills = 0

    async def start(self) -> None:
        """Ready when it answers."""
        self._process = FORKS.Process(target=_serve, args=(self._environ,), daemon=True)
        self._process.start()
        async with aiohttp.ClientSession() as http:

            async def answers() -> bool:
                try:
                    async with http.get(f"{self.public}/healthz") as response:
                        return response.status == 200
                except aiohttp.ClientError:
                    return False

            await until(answers, every=0.02)

    async def kill(self) -> None:
        """SIGKILL, in the middle of whatever it does; nothing when it is dead."""
        if self._process is None:
            return
        self._process.kill()
        await asyncio.to_thread(self._process.join)
        self._process.close()
        self._process = None
        self.kills += 1

    def freeze(self) -> None:
        """From now on it reads nothing, though it is there; only `kill` can follow."""
        os.kill(self._pid, signal.SIGSTOP)

    async def until_unread(self, requests: int) -> None:
        """Until so many requests have come that the frozen process has not read."""

        async def came() -> bool:
            waiting = [row for row in _rows("net/tcp") if row[1] in self._ends and row[3] == ESTABLISHED]
            return sum(not row[4].endswith(":00000000") for row in waiting) >= requests

        await until(came, every=0.01)

    @asynccontextmanager
    async def no_commits(self) -> AsyncIterator[None]:
        """Nothing it does is committed: on SQLite it waits for its turn to write, on PostgreSQL with its first event."""
        async with self._database.write() as session:
            if not self._database.is_sqlite:
                await session.execute(text("LOCK TABLE events IN SHARE MODE"))
            yield

    async def until_at_work(self, writes: int) -> None:
        """Until so many writes wait for the end of `no_commits`; on SQLite one waits for all of them."""

        async def waits() -> bool:
            if self._database.is_sqlite:
                return any(row[1] == "->" and row[5] == str(self._pid) for row in _rows("locks"))
            async with self._database.read() as session:
                blocked = text(
                    "SELECT count(*) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                return int((await session.execute(blocked)).scalar_one()) >= writes

        await until(waits, every=0.01)

    @property
    def _pid(self) -> int:
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in Path("/proc", table).read_text().splitlines()]
