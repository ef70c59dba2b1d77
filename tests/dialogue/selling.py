"""Issuers that have joined the running chain, and how their cards are sold and credited: by the partner API."""

import asyncio
import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from lianfang.clock import TAIPEI, rfc3339, utc_now
from lianfang.database import Database
from services.locks.importing import save_issuers
from services.locks.issuers import Way, shipped_issuers
from services.partners.joining import Status, add_partner
from services.partners.keys import mint
from tests.processes.chain import Chain

# MyCard stays outside; razer is asked by us and, having no webhook, never answers.
JOINED: dict[str, tuple[Way, Status]] = {
    "gash": ("hub", "sandbox"),
    "youe": ("hub", "live"),
    "razer": ("api", "sandbox"),
}
SCOPES = ("cards:write", "locks:read", "refunds:read")
_numbers = itertools.count(int(time.time()) % 10_000_000)


@dataclass(frozen=True)
class Card:
    """A sold card as its buyer can describe it."""

    issuer: str
    serial: str
    reference: str
    sold_at: datetime
    invoice: str
    total: int

    @property
    def when(self) -> str:
        """`11/24 15:20`, Taipei."""
        return f"{self.sold_at.astimezone(TAIPEI):%m/%d %H:%M}"

    @property
    def tail(self) -> str:
        return self.serial[-4:]


@dataclass
class Till:
    """Sells cards and has them credited, as the issuers' own systems would."""

    public: str
    keys: dict[str, str]
    http: aiohttp.ClientSession
    sold: list[Card] = field(default_factory=list)

    def prints(self, issuer: str, *, hours_ago: float = 20, total: int = 5000) -> Card:
        """A card whose sale is not registered yet."""
        number = next(_numbers)
        return Card(
            issuer,
            f"GS{number:010}",
            f"ref-{number}",
            utc_now() - timedelta(hours=hours_ago),
            f"XK{number:08}",  # with A to D in second place one in ten looks like an old residence number
            total,
        )

    async def registers(self, card: Card, chain: str = "familymart") -> Card:
        await self._post(
            card,
            "/v1/cards",
            card_ref=card.reference,
            serial=card.serial,
            chain=chain,
            sold_at=rfc3339(card.sold_at),
            invoice_number=card.invoice,
            total=card.total,
            face_value=card.total,
        )
        return card

    async def sells(self, issuer: str, **sale: Any) -> Card:
        return await self.registers(self.prints(issuer, **sale))

    async def permits(self, card: Card) -> str:
        """The issuer asks whether it may credit; from now on it is crediting."""
        answer = await self._post(card, f"/v1/cards/{card.reference}/permissions")
        assert answer["result"] == "permitted", answer
        return str(answer["permission"])

    async def credits(self, card: Card) -> Card:
        permission = await self.permits(card)
        await self._post(
            card, f"/v1/cards/{card.reference}/reports", report="credited", permission=permission
        )
        return card

    async def may_credit(self, card: Card) -> str:
        """`permitted`, or the reason why not."""
        answer = await self._post(card, f"/v1/cards/{card.reference}/permissions")
        return str(answer.get("reason") or answer["result"])

    async def _post(self, card: Card, path: str, **body: Any) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self.keys[card.issuer]}",
            "Idempotency-Key": f"{path}-{next(_numbers)}",
        }
        async with self.http.post(self.public + path, json=body, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status < 300, answer
            return answer


def join_issuers(chain: Chain) -> dict[str, str]:
    """Note the issuers as partners in the chain's database; their keys."""

    async def join() -> dict[str, str]:
        database = Database(f"sqlite+aiosqlite:///{chain.data_dir / 'lianfang.db'}")
        try:
            return await database.together(_join)
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as thread:  # a fixture may be asked for while a loop is running
        return thread.submit(lambda: asyncio.run(join())).result()


def _join(session: Any) -> dict[str, str]:
    now = utc_now()
    facts = [one for one in shipped_issuers() if one.id in JOINED]
    save_issuers(session, [replace(one, way=JOINED[one.id][0]) for one in facts], now)
    for one in facts:
        add_partner(
            session,
            one.id,
            kind="issuer",
            name_zh=one.name_zh,
            name_en=one.name_en,
            status=JOINED[one.id][1],
            now=now,
        )
    return {one.id: mint(session, one.id, SCOPES, now)[1] for one in facts}
