"""What every route of the partner API asks first: a key, a scope, an idempotency key; repeats get the same answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.orm import Session

from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.web import Problem
from services.app import build_public_app
from services.partners import joining, keys
from services.partners.public import Said, caller, repeatable
from tests.conftest import Hands

SCOPE = "cards:write"
JOINED: tuple[tuple[str, joining.Status, str], ...] = (
    ("gash", "live", SCOPE),
    ("mycard", "sandbox", SCOPE),
    ("razer", "none", SCOPE),
    ("familymart", "live", "refunds:read"),
)


@dataclass
class Till:
    """A route that counts, behind the public listener's own middlewares."""

    http: TestClient[web.Request, web.Application]
    keys: dict[str, str]
    runs: int = 0

    async def post(
        self, card: str = "1", *, by: str = "gash", key: str | None = "k1", body: Any = None
    ) -> tuple[int, dict[str, Any], str]:
        headers = {"Authorization": f"Bearer {self.keys.get(by, by)}"} | (
            {"Idempotency-Key": key} if key else {}
        )
        async with self.http.post(f"/cards/{card}", json=body or {}, headers=headers) as response:
            return response.status, await response.json(), response.content_type

    async def serve(self, request: web.Request) -> web.Response:
        by = await caller(request, SCOPE)
        card = request.match_info["card"]

        def change(_session: Session) -> Said:
            self.runs += 1
            if card == "refused":
                problem = Problem(409, "card_locked", "No")
                return problem.status, problem.body
            if card == "broken":
                raise Problem(422, "invalid", "Not this way")
            return 201, {"run": self.runs, "by": by.partner}

        return await repeatable(request, by, "cards.count", change)


@pytest.fixture
async def till(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Till]:
    def join(session: Session) -> dict[str, str]:
        made = {}
        for partner, status, scope in JOINED:
            joining.add_partner(
                session,
                partner,
                kind="issuer",
                name_zh=partner,
                name_en=partner,
                status=status,
                now=clock(),
            )
            made[partner] = keys.mint(session, partner, [scope], clock())[1]
        return made

    app = build_public_app(database, vault, clock)
    one = Till(TestClient(TestServer(app)), await database.together(join))
    app.router.add_post("/cards/{card}", one.serve)
    async with one.http:
        yield one


@pytest.mark.parametrize(
    ("by", "status", "code"),
    [
        ("", 401, "unauthorized"),
        ("lfk_made_up", 401, "unauthorized"),
        ("razer", 403, "partner_not_joined"),
        ("familymart", 403, "scope_missing"),
    ],
)
async def test_who_may_not_is_told_so(till: Till, by: str, status: int, code: str) -> None:
    got, body, kind = await till.post(by=by)
    assert (got, body["code"], kind) == (status, code, "application/problem+json")
    assert till.runs == 0


@pytest.mark.parametrize("key", [None, "", "with space", "x" * 129])
async def test_a_change_needs_an_idempotency_key(till: Till, key: str | None) -> None:
    status, body, _ = await till.post(key=key)
    assert (status, body["code"]) == (400, "idempotency_key_required")


async def test_a_repeat_gets_the_same_answer(till: Till) -> None:
    answers = await asyncio.gather(*(till.post() for _ in range(5)))
    assert answers == [(201, {"run": 1, "by": "gash"}, "application/json")] * 5
    assert (await till.post(key="k2"))[1]["run"] == till.runs


async def test_the_same_key_with_anything_else_is_refused(till: Till) -> None:
    await till.post()
    for status, body, _ in (await till.post(body={"more": 1}), await till.post("2")):
        assert (status, body["code"]) == (409, "idempotency_key_reused")


async def test_a_key_belongs_to_its_partner(till: Till) -> None:
    await till.post()
    assert (await till.post(by="mycard"))[:2] == (201, {"run": 2, "by": "mycard"})


async def test_a_refusal_that_was_decided_is_repeated_as_it_was(till: Till) -> None:
    first = await till.post("refused")
    assert first == await till.post("refused")
    assert (first[0], first[1]["code"], first[2]) == (409, "card_locked", "application/problem+json")
    assert till.runs == 1


async def test_what_is_raised_leaves_nothing_behind(till: Till) -> None:
    for _ in range(2):
        assert (await till.post("broken"))[0] == 422
    assert till.runs >= 2
