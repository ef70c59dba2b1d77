"""A services process with persons who ask and officers who judge, over HTTP; for the tests of campaigns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy import select

from lianfang.database import Database
from lianfang.ids import new_id
from lianfang.notices import Notice
from lianfang.privacy import Vault
from services.people.memory import Contact, recognise
from services.people.models import Binding
from tests.conftest import Hands

KEY = "key for tests"
Json = dict[str, Any]


@dataclass
class Town:
    """Persons are made by name; `desk` and `police` are officers of two organisations."""

    client: TestClient[Any, Any]
    database: Database
    vault: Vault
    clock: Hands

    async def person(self, name: str) -> str:
        async with self.database.write() as session:
            contact = Contact("line", name, f"in_{name}")
            return (await session.run_sync(recognise, self.vault, contact, self.clock())).person

    async def officer(self, name: str, role: str = "165", organisation: str = "police") -> str:
        person = await self.person(name)
        async with self.database.write() as session:
            session.add(
                Binding(
                    id=new_id("bd"),
                    person=person,
                    organisation=organisation,
                    role=role,
                    bound_at=self.clock(),
                )
            )
        return person

    async def ask(self, person: str | None, text: str, *, event: str | None = None, **told: str) -> Json:
        answer = await self.call("POST", "/v1/checks", person, {"text": text, **told}, trace=event)
        assert answer.pop("status") == 200
        return answer

    async def again(self, person: str, check: str, **told: str) -> Json:
        return await self.call("POST", f"/v1/checks/{check}/again", person, told)

    async def propose(self, person: str | None, check: Json, verdict: str, **more: str) -> Json:
        path = f"/v1/campaigns/{check['campaign']['id']}/verdicts"
        asked = {"check": check["id"], "verdict": verdict, "reason": "seen_by_desk"}
        return await self.call("POST", path, person, asked, **more)

    async def step(self, name: str, person: str | None, verdict: Json, **more: str) -> Json:
        path = f"/v1/campaigns/{verdict['campaign']}/verdicts/{verdict['id']}/{name}"
        return await self.call("POST", path, person, None, **more)

    async def judge(self, check: Json, verdict: str) -> Json:
        """Proposed by one officer and confirmed by one of another organisation."""
        one = await self.officer(new_id("desk"), "registry_desk", "lianfang")
        other = await self.officer(new_id("165"))
        proposed = await self.propose(one, check, verdict)
        assert proposed["status"] == 200, proposed
        confirmed = await self.step("confirm", other, proposed)
        assert (confirmed["status"], confirmed["state"]) == (200, "confirmed")
        return confirmed

    async def call(
        self,
        method: str,
        path: str,
        person: str | None = None,
        body: Mapping[str, Any] | None = None,
        *,
        trace: str | None = None,
        key: str | None = None,
    ) -> Json:
        headers = {"Authorization": f"Bearer {KEY}"}
        headers |= {"X-Person": person} if person else {}
        headers |= {"X-Request-Id": trace} if trace else {}
        headers |= {"Idempotency-Key": key} if key else {}
        async with self.client.request(method, path, json=body, headers=headers) as answer:
            return {**(await answer.json()), "status": answer.status}

    async def notices(self) -> dict[str, list[tuple[str, Json]]]:
        """Person -> what waits for them, oldest first."""
        told: dict[str, list[tuple[str, Json]]] = {}
        async with self.database.read() as session:
            waiting = select(Notice).where(Notice.state == "waiting").order_by(Notice.created_at, Notice.id)
            for one in await session.scalars(waiting):
                told.setdefault(one.person, []).append((one.key, self.vault.decrypt_json(one.params)))
        return told
