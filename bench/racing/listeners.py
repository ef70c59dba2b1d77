"""The real services processes on one database, and both sides of a race as their clients."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bench.racing.crew import ROOT
from bench.racing.scene import CHAIN, ISSUER, SCOPES, Scene, card_ref, person, serial
from lianfang.clock import rfc3339, utc_now
from lianfang.database import Database
from services.partners.keys import mint
from tests.processes.chain import free_ports

Json = dict[str, Any]
INTERNAL_KEY = "bench-key-of-thirty-two-characters"
BUDGET = aiohttp.ClientTimeout(total=30)
PAUSE_SECONDS = 0.05


class Listener:
    """One services process; started anew on the same ports after a kill."""

    def __init__(self, scene: Scene, folder: Path, partner_key: str) -> None:
        self._scene, self._folder, self._partner_key = scene, folder, partner_key
        self._internal, self._public = free_ports(2)
        self._process: asyncio.subprocess.Process | None = None
        self._http = aiohttp.ClientSession(timeout=BUDGET)
        self.kills = self.retried = 0

    async def start(self) -> None:
        """Ready when it answers."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LIANFANG_")}
        settings = {
            "DATA_DIR": str(self._folder),
            "DATABASE_URL": self._scene.url,
            "SECRET_KEYS": self._scene.secret_key,
            "INDEX_KEYS": self._scene.index_key,
            "INTERNAL_KEY": INTERNAL_KEY,
            "SERVICES_PORT": str(self._internal),
            "PUBLIC_PORT": str(self._public),
        }
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli.serve", "services"),
            cwd=ROOT,
            env=inherited | {f"LIANFANG_{name}": value for name, value in settings.items()},
        )
        await self._call("GET", self._public, "/healthz", {}, None)

    async def kill_and_restart(self) -> None:
        """SIGKILL, in the middle of whatever it does."""
        assert self._process is not None
        self._process.kill()
        self.kills += 1
        await self._process.wait()
        await self.start()

    async def stop(self) -> None:
        await self._http.close()
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            await self._process.wait()

    async def ask(self, wish: Json) -> Json:
        """One wish as a request; again with the same key while nobody answers."""
        given = {name: value for name, value in wish.items() if name != "do"}
        answer: Json = await getattr(self, f"_{wish['do']}")(**given)
        return answer

    async def _permission(self, card: int) -> Json:
        status, body = await self._partner(card, "permissions", f"permission:{card}", {})
        if status != 200:
            return _failed(status, body)
        return {name: body.get(name) for name in ("result", "reason", "permission")}

    async def _report(self, card: int, told: str, permission: str) -> Json:
        body = {"report": told, "permission": permission}
        status, answer = await self._partner(card, "reports", f"report:{card}", body)
        if status not in {200, 409}:
            return _failed(status, answer)
        return {"state": answer.get("state"), "fault": answer.get("code")}

    async def _lock(self, card: int) -> Json:
        body = {
            "cards": [{"issuer": ISSUER, "serial": serial(card)}],
            "chain": CHAIN,
            "bought_at": self._scene.sold_at,
            "first_message_at": rfc3339(utc_now()),
            "channel": "line",
        }
        headers = {
            "Authorization": f"Bearer {INTERNAL_KEY}",
            "X-Person": person(card),
            "Idempotency-Key": f"lock:{card}",
        }
        status, answer = await self._call("POST", self._internal, "/v1/locks/requests", headers, body)
        if status != 200:
            return _failed(status, answer)
        return {name: answer["cases"][0][name] for name in ("number", "state", "waiting")}

    async def _partner(self, card: int, what: str, key: str, body: Json) -> tuple[int, Json]:
        headers = {"Authorization": f"Bearer {self._partner_key}", "Idempotency-Key": key}
        return await self._call("POST", self._public, f"/v1/cards/{card_ref(card)}/{what}", headers, body)

    async def _call(
        self, method: str, port: int, path: str, headers: dict[str, str], body: Json | None
    ) -> tuple[int, Json]:
        while (answer := await self._try(method, port, path, headers, body)) is None:
            self.retried += 1
            await asyncio.sleep(PAUSE_SECONDS)
        return answer

    async def _try(
        self, method: str, port: int, path: str, headers: dict[str, str], body: Json | None
    ) -> tuple[int, Json] | None:
        address = f"http://127.0.0.1:{port}{path}"
        try:
            async with self._http.request(method, address, headers=headers, json=body) as response:
                return response.status, await response.json(content_type=None)
        except (aiohttp.ClientError, OSError):
            return None


def _failed(status: int, body: Json) -> Json:
    return {"error": f"{status} {body.get('code')}"}


@asynccontextmanager
async def listeners(scene: Scene, folder: Path, count: int) -> AsyncIterator[list[Listener]]:
    """So many services processes, all ready."""
    database = Database(scene.url)
    _, key = await database.together(lambda session: mint(session, ISSUER, SCOPES, utc_now()))
    await database.close()
    there = [Listener(scene, folder, key) for _ in range(count)]
    try:
        await asyncio.gather(*(one.start() for one in there))
        for one in there:
            one.retried = 0
        yield there
    finally:
        await asyncio.gather(*(one.stop() for one in there))
