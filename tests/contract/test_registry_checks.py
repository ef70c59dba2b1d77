"""The check service over HTTP, on both databases: the contract of design section 7."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select, text

from lianfang.client import InternalClient, ServiceRefused
from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_internal_app
from services.people.memory import Contact, last_check, recognise
from services.registry.client import RegistryClient
from services.registry.importing import import_file
from services.registry.models import Check, CheckRequest
from services.registry.seeding import load_seed
from tests.conftest import PATIENCE, Hands

KEY = "key for tests"
WATER = "【台灣自來水】貴戶水費逾期412元，請至 https://twwater-pay.cc/x 繳納"
FIELDS = {
    "id",
    "version",
    "verdict",
    "score",
    "reasons",
    "indicators",
    "organisation",
    "campaign",
    "advice",
    "asks",
    "judged_by",
    "checked_at",
    "expires_at",
    "supersedes",
}


@pytest.fixture
async def server(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[TestServer]:
    await load_seed(database, clock)
    server = TestServer(build_internal_app(Settings(internal_key=KEY), database, vault, clock))
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def registry(server: TestServer) -> AsyncIterator[RegistryClient]:
    http = InternalClient(str(server.make_url("")).rstrip("/"), KEY, patience=PATIENCE)
    yield RegistryClient(http)
    await http.close()


@pytest.fixture
async def person(database: Database, vault: Vault, clock: Hands) -> str:
    return await meet(database, vault, clock, "U1")


async def meet(database: Database, vault: Vault, clock: Hands, address: str) -> str:
    async with database.write() as session:
        known = await session.run_sync(recognise, vault, Contact("line", address, "in_0"), clock())
        return known.person


async def test_a_check_answers_the_whole_contract(registry: RegistryClient) -> None:
    answer = await registry.check(WATER, via="forwarded")
    assert set(answer) == FIELDS
    assert (answer["verdict"], answer["judged_by"], answer["supersedes"]) == ("fraud", "rules", None)
    assert set(answer["campaign"]) == {"id", "askers", "first_seen"}
    [reason, *_] = answer["reasons"]
    assert set(reason) == {"code", "params", "source", "as_of"}
    assert reason["as_of"] == "2026-11-22"
    assert answer["indicators"] == [
        {"kind": "url", "shown": "twwater-pay[.]cc/x", "listed": False, "source": None, "as_of": None}
    ]
    assert answer["organisation"]["domains"] == ["water.gov.tw"]
    assert answer["checked_at"] == "2026-11-22T06:05:00.000Z"


async def test_what_is_stored_is_encrypted_redacted_and_ends(
    registry: RegistryClient, database: Database, vault: Vault, clock: Hands, person: str
) -> None:
    told = "您的驗證碼為 482913，身分證 A123456789，請回傳驗證碼"
    answer = await registry.check(told, via="typed", person=person, event="in_9")
    async with database.read() as session:
        stored = await session.get_one(CheckRequest, answer["id"])
        kept = vault.decrypt_json(stored.request)["text"]
        check = await session.get_one(Check, answer["id"])
        assert await last_check(session, person) == answer["id"]
        everything = json.dumps([check.reasons, check.indicators], ensure_ascii=False)
    assert "482913" not in kept
    assert "A123456789" not in kept
    assert "驗證碼" not in everything
    assert b"482913" not in stored.request


async def test_again_with_what_the_person_tells(registry: RegistryClient, person: str) -> None:
    first = await registry.check("【台電】您的電費已逾期，請儘速繳納", via="forwarded", person=person)
    assert (first["verdict"], first["asks"][0]) == ("unknown", "sender")
    second = await registry.again(first["id"], sender="0800-000-123", person=person)
    assert (second["verdict"], second["supersedes"]) == ("suspicious", first["id"])
    third = await registry.again("last", app="sms", person=person)
    assert (third["verdict"], third["supersedes"]) == ("fraud", second["id"])


async def test_a_foreign_check_looks_like_a_missing_one(
    registry: RegistryClient, database: Database, vault: Vault, clock: Hands, person: str
) -> None:
    other = await meet(database, vault, clock, "U2")
    mine = await registry.check(WATER, via="typed", person=person)
    nobodys = await registry.check(WATER, via="typed")
    refusals = []
    for check in (mine["id"], nobodys["id"], "ck_missing", "last"):
        with pytest.raises(ServiceRefused) as refused:
            await registry.again(check, app="sms", person=other)
        refusals.append((refused.value.status, refused.value.code))
    assert set(refusals) == {(404, "check_not_found")}


async def test_after_a_day_the_text_is_gone(registry: RegistryClient, clock: Hands, person: str) -> None:
    mine = await registry.check(WATER, via="typed", person=person)
    clock.now += timedelta(hours=25)
    with pytest.raises(ServiceRefused) as refused:
        await registry.again(mine["id"], app="sms", person=person)
    assert (refused.value.status, refused.value.code) == (410, "check_text_gone")


async def test_a_message_taken_back_is_forgotten_with_what_was_made_of_it(
    registry: RegistryClient, database: Database, person: str
) -> None:
    first = await registry.check(WATER, via="typed", person=person, event="in_1")
    await registry.again(first["id"], app="sms", person=person, event="in_2")
    other = await registry.check(WATER, via="typed", person=person, event="in_3")
    await registry.forget("in_1")
    async with database.read() as session:
        assert list(await session.scalars(select(Check.id))) == [other["id"]]
        assert list(await session.scalars(select(CheckRequest.check_id))) == [other["id"]]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "a", "app": "fax"},
        {"text": "a", "via": "pigeon"},
        {"text": "a", "receiver_last3": "12"},
        {"text": 5},
        [],
    ],
)
async def test_what_does_not_fit_is_a_problem_with_a_code(server: TestServer, body: Any) -> None:
    async with TestClient(server) as client:
        answer = await client.post("/v1/checks", json=body, headers={"Authorization": f"Bearer {KEY}"})
        problem = await answer.json()
    assert (answer.status, problem["code"]) == (422, "invalid_request")
    assert answer.content_type == "application/problem+json"


async def test_half_characters_and_long_texts_are_judged(server: TestServer) -> None:
    async with TestClient(server) as client:
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        odd = await client.post(
            "/v1/checks", data=b'{"text":"\\ud800 evil.top","sender":"\\udfff","app":null}', headers=headers
        )
        long = await client.post("/v1/checks", json={"text": "好" * 6000}, headers=headers)
        assert (odd.status, long.status) == (200, 200)
        assert "text_cut" in (await long.json())["advice"]


async def test_without_the_key_nothing(server: TestServer) -> None:
    async with TestClient(server) as client:
        assert (await client.post("/v1/checks", json={"text": "a"})).status == 401


async def test_organisations_by_name(registry: RegistryClient) -> None:
    assert (await registry.organisations("臺灣自來水"))[0]["id"] == "taiwan-water-corporation"
    assert await registry.organisations("") == []


async def test_an_imported_list_is_seen_by_the_next_check(
    registry: RegistryClient, database: Database, clock: Hands, tmp_path: Path
) -> None:
    before = await registry.check("加賴 cash777x", via="typed")
    path = tmp_path / "ids.csv"
    path.write_text("編號,帳號\n1,＠Cash777X\n", encoding="utf-8")
    await import_file(database, "165-line-ids", path, clock, lambda _done, _all: None)
    clock.move(seconds=30)
    after = await registry.check("加賴 cash777x", via="typed")
    assert (before["verdict"], after["verdict"]) == ("unknown", "fraud")
    assert after["indicators"][0] == {
        "kind": "line_id",
        "shown": "cash777x",
        "listed": True,
        "source": "165-line-ids",
        "as_of": "2026-11-22",
    }


async def test_the_look_up_uses_its_index(database: Database) -> None:
    query = "SELECT * FROM registry_indicators WHERE kind IN ('host','page') AND value IN ('a','b')"
    async with database.read() as session:
        if not database.is_sqlite:
            await session.execute(text("SET enable_seqscan = off"))
        plan = await session.execute(
            text(("EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN ") + query)
        )
        assert "ix_registry_indicators_kind_value" in str(plan.all())
