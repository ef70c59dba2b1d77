"""A town with issuers, stores and people, over HTTP on both listeners; for the tests of locks."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.database import Database
from lianfang.events import Event
from lianfang.notices import Notice
from lianfang.privacy import Vault
from services.locks.importing import save_issuers
from services.locks.issuers import shipped_issuers
from services.partners import joining, keys
from tests.conftest import Hands

KEY = "key for tests"
Json = dict[str, Any]
SERIAL = "MCAB1234567890"

# Partner -> kind, status, way, hours it holds the points
PARTNERS: dict[str, tuple[joining.Kind, joining.Status, str, int]] = {
    "mycard": ("issuer", "live", "hub", 48),
    "gash": ("issuer", "sandbox", "hub", 48),
    "razer": ("issuer", "live", "api", 0),
    "familymart": ("store", "live", "", 0),
    "seven_eleven": ("store", "live", "", 0),
}


def set_up(session: Session, clock: Hands) -> dict[str, str]:
    """Issuers and stores join; returns their keys."""
    facts = {one.id: one for one in shipped_issuers()}
    for partner, (kind, _, way, hours) in PARTNERS.items():
        if kind == "issuer":
            facts[partner] = replace(facts[partner], way=way, delay_hours=hours or None)  # type: ignore[arg-type]
    save_issuers(session, list(facts.values()), clock())
    made = {}
    for partner, (kind, status, _, _) in PARTNERS.items():
        joining.add_partner(
            session, partner, kind=kind, name_zh=partner, name_en=partner, now=clock(), status=status
        )
        session.flush()
        made[partner] = keys.mint(session, partner, keys.SCOPES, clock())[1]
    return made


@dataclass
class Counter:
    """`tell` speaks as a person on the internal API, `call` as a partner on the public one."""

    internal: TestClient[Any, Any]
    public: TestClient[Any, Any]
    database: Database
    vault: Vault
    clock: Hands
    keys: dict[str, str] = field(default_factory=dict)

    async def tell(self, person: str, path: str, body: Json | None = None, *, key: str | None = None) -> Json:
        headers = {"Authorization": f"Bearer {KEY}", "X-Person": person, "X-Request-Id": "in_1"}
        headers |= {"Idempotency-Key": key or uuid.uuid4().hex}
        async with self.internal.post(path, json=body or {}, headers=headers) as answer:
            return {**(await answer.json()), "status": answer.status}

    async def ask(self, person: str, path: str) -> Json:
        headers = {"Authorization": f"Bearer {KEY}", "X-Person": person}
        async with self.internal.get(path, headers=headers) as answer:
            return {**(await answer.json()), "status": answer.status}

    async def call(
        self, partner: str, path: str, body: Json | None = None, *, key: str | None = None, get: bool = False
    ) -> Json:
        headers = {
            "Authorization": f"Bearer {self.keys[partner]}",
            "Idempotency-Key": key or uuid.uuid4().hex,
        }
        method = "GET" if get else "POST"
        sent = None if get else body or {}
        async with self.public.request(method, path, json=sent, headers=headers) as answer:
            return {**(await answer.json()), "status": answer.status}

    def hours_ago(self, hours: float) -> str:
        return rfc3339(self.clock() - timedelta(hours=hours))

    async def sell(
        self,
        serial: str = SERIAL,
        issuer: str = "mycard",
        *,
        ref: str = "r1",
        hours_ago: float = 50,
        **more: Any,
    ) -> Json:
        sale = {
            "card_ref": ref,
            "serial": serial,
            "chain": "familymart",
            "sold_at": self.hours_ago(hours_ago),
        }
        return await self.call(issuer, "/v1/cards", {**sale, **more})

    async def permit(self, ref: str = "r1", issuer: str = "mycard") -> Json:
        return await self.call(issuer, f"/v1/cards/{ref}/permissions")

    async def report(
        self, told: str, permission: str | None = None, ref: str = "r1", issuer: str = "mycard", **more: Any
    ) -> Json:
        body = {"report": told, **({"permission": permission} if permission else {})}
        return await self.call(issuer, f"/v1/cards/{ref}/reports", body, **more)

    async def card(self, ref: str = "r1", issuer: str = "mycard") -> Json:
        return await self.call(issuer, f"/v1/cards/{ref}", get=True)

    async def lock(
        self,
        person: str = "p_1",
        serial: str | None = SERIAL,
        issuer: str = "mycard",
        *,
        hours_ago: float | None = 50,
        key: str | None = None,
        **more: Any,
    ) -> Json:
        """The one case of the answer; `card` replaces the parameters of the card."""
        purchase: Json = {"chain": "familymart"}
        if hours_ago is not None:
            purchase["bought_at"] = self.hours_ago(hours_ago)
        body = {
            "cards": [{"issuer": issuer, **({"serial": serial} if serial else {})}],
            "first_message_at": rfc3339(self.clock() - timedelta(seconds=40)),
            "channel": "line",
            **purchase,
            **more,
        }
        answer = await self.tell(
            person,
            "/v1/locks/requests",
            {name: one for name, one in body.items() if one is not None},
            key=key,
        )
        assert answer["status"] == 200, answer
        return dict(answer["cases"][0])

    async def mine(self, person: str = "p_1") -> list[Json]:
        return list((await self.ask(person, "/v1/locks/mine"))["cases"])

    async def notices(self, person: str = "p_1") -> list[tuple[str, Json]]:
        """What waits for a person, oldest first."""
        async with self.database.read() as session:
            waiting = await session.scalars(
                select(Notice).where(Notice.person == person).order_by(Notice.created_at, Notice.id)
            )
            return [(one.key, self.vault.decrypt_json(one.params)) for one in waiting]

    async def history(self, entity: str) -> list[tuple[str | None, str, str | None]]:
        async with self.database.read() as session:
            rows = await session.scalars(select(Event).where(Event.entity == entity).order_by(Event.id))
            return [(one.from_state, one.to_state, one.reason) for one in rows]

    async def deliveries(self) -> list[str]:
        """The kinds of what was put down for partners, oldest first."""
        return [reason or "" for before, _, reason in await self.history("delivery") if before is None]
