"""One hand: does what it is told through the functions the API uses, over a connection of its own."""

import asyncio
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bench.racing.scene import ISSUER, Scene, card_ref, person
from lianfang.clock import utc_now
from lianfang.database import Database
from lianfang.idempotency import once_together
from lianfang.web import where
from services.locks import permissions
from services.locks.requests import request_locks
from services.locks.sales import register_sale
from services.locks.showing import shown_locks

Json = dict[str, Any]
URL = "https://lianfang.example"


class Hand:
    """What an issuer and a buyer can wish for; each wish is one transaction, as in the API."""

    def __init__(self, scene: Scene, database: Database) -> None:
        self._scene = scene
        self._database = database
        self._vault = scene.vault

    async def do(self, wish: Json) -> Json:
        """The answer to one wish, with the seconds it took."""
        started = time.perf_counter()
        answer: Json = await getattr(self, wish.pop("do"))(**wish)
        return {**answer, "seconds": time.perf_counter() - started}

    async def sell(self, first: int, count: int) -> Json:
        """Sales are registered one by one, committed together; whoever sells again changes nothing."""

        def change(session: Session) -> None:
            for card in range(first, first + count):
                register_sale(session, self._vault, ISSUER, self._scene.sale(card), now=utc_now())

        await self._database.together(change)
        return {}

    async def permission(self, card: int) -> Json:
        answer = await self._database.together(
            lambda session: permissions.ask_permission(session, ISSUER, card_ref(card), now=utc_now()),
            urgent=True,
        )
        return {"result": answer.result, "reason": answer.reason, "permission": answer.permission}

    async def report(self, card: int, told: permissions.Report, permission: str) -> Json:
        def change(session: Session) -> Json:
            done = permissions.report(
                session, self._vault, ISSUER, card_ref(card), told, permission, now=utc_now()
            )
            return asdict(done)

        return await self._once(f"report:{card}", None, change)

    async def lock(self, card: int) -> Json:
        """The lock as its buyer is shown it."""
        request = self._scene.request(card)

        def change(session: Session) -> Json:
            made = request_locks(session, self._vault, request, now=utc_now())
            session.flush()
            return shown_locks(session, self._vault, URL, [one.case for one in made])[0]

        shown = await self._once(f"lock:{card}", person(card), change)
        return {name: shown[name] for name in ("number", "state", "waiting")}

    async def decide(self, card: int) -> Json:
        """The lock without what the API keeps and shows of it: the decision alone, committed."""
        request = self._scene.request(card)
        await self._database.together(
            lambda session: [one.case for one in request_locks(session, self._vault, request, now=utc_now())]
        )
        return {}

    async def many(self, what: str, cards: list[int]) -> Json:
        """The same wish for many cards, one after the other, and the seconds of each."""
        return {"each": [(await self.do({"do": what, "card": card}))["seconds"] for card in cards]}

    async def _once(self, key: str, owner: str | None, change: Any) -> Json:
        return await once_together(
            self._database,
            self._vault,
            utc_now,
            key=key,
            operation=key.partition(":")[0],
            person=owner,
            change=change,
        )


async def work(scene: Scene, place: int, connections: int, socket: Path) -> None:
    """Do what comes over each connection until it is closed."""
    database = Database(scene.url)
    hand = Hand(scene, database)
    await asyncio.gather(*(_serve(hand, socket, place * connections + one) for one in range(connections)))
    await database.close()


async def _serve(hand: Hand, socket: Path, seat: int) -> None:
    reader, writer = await asyncio.open_unix_connection(socket)
    writer.write(_line({"seat": seat}))
    while line := await reader.readline():
        try:
            answer = await hand.do(json.loads(line))
        except Exception as error:  # noqa: BLE001 -- the API would answer 500: whoever races is told, and counts it
            answer = {"error": f"{type(error).__name__} at {where(error)}"}
        writer.write(_line(answer))
    writer.close()


def _line(value: Json) -> bytes:
    return json.dumps(value).encode() + b"\n"
