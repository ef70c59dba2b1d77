"""What each listener offers, as an explicit list: a route that faces the internet is never there by accident."""

import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Gateway
from lianfang.database import Base, Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_internal_app, build_public_app
from tests.conftest import ROOT, Hands

TABLES_OF_SERVICES = """
from cli.serve import server
server("services")
from lianfang.database import Base
print(*sorted(Base.metadata.tables))
"""
PUBLIC = {
    ("GET", "/healthz"),
    ("POST", "/v1/cards"),
    ("GET", "/v1/cards/{card_ref}"),
    ("POST", "/v1/cards/{card_ref}/permissions"),
    ("POST", "/v1/cards/{card_ref}/reports"),
    ("POST", "/v1/cards/{card_ref}/own_rule"),
    ("GET", "/v1/locks"),
    ("GET", "/v1/locks/{lock}"),
    ("POST", "/v1/locks/{lock}/answers"),
    ("GET", "/v1/refunds/{proof}"),
    ("POST", "/v1/refunds/{proof}"),
    ("GET", "/v1/openapi.yaml"),
    ("GET", "/verify/{proof}"),
    ("GET", "/verify/{proof}.{image}"),
}
# Every page of the console with the operation it asks for, one a line.
CONSOLE = {
    (line.split()[0], line.split()[1])
    for line in (ROOT / "tests/unit/console/routes.txt").read_text(encoding="utf-8").splitlines()
}
GATEWAY = {
    ("POST", "/webhooks/{channel}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
}
TERMINAL = {("GET", "/terminal")}
INTERNAL = {
    ("GET", "/healthz"),
    ("POST", "/v1/people/recognise"),
    ("POST", "/v1/people/reach"),
    ("POST", "/v1/people/me/language"),
    ("POST", "/v1/people/me/erase"),
    ("POST", "/v1/people/me/join"),
    ("GET", "/v1/cases"),
    ("GET", "/v1/cases/{number}"),
    ("POST", "/v1/cases/{number}/acts"),
    ("POST", "/v1/cases/{number}/evidence"),
    ("GET", "/v1/hotline"),
    ("POST", "/v1/reports"),
    ("POST", "/v1/reports/{number}/contact"),
    ("GET", "/v1/reports/{number}/evidence_text"),
    ("POST", "/v1/appeals"),
    ("POST", "/v1/attachments"),
    ("POST", "/v1/locks/requests"),
    ("POST", "/v1/locks/objections"),
    ("POST", "/v1/locks/{number}/confirm"),
    ("POST", "/v1/locks/{number}/release"),
    ("POST", "/v1/locks/{number}/object"),
    ("GET", "/v1/locks/mine"),
    ("GET", "/v1/issuers"),
    ("GET", "/v1/stats/locks"),
    ("POST", "/v1/checks"),
    ("POST", "/v1/checks/forget"),
    ("POST", "/v1/checks/{id}/again"),
    ("GET", "/v1/organisations"),
    ("GET", "/v1/campaigns"),
    ("GET", "/v1/campaigns/{id}"),
    ("POST", "/v1/campaigns/{id}/verdicts"),
    ("POST", "/v1/campaigns/{id}/verdicts/{vid}/confirm"),
    ("POST", "/v1/campaigns/{id}/verdicts/{vid}/undo"),
}


def routes_of(app: web.Application) -> set[tuple[str, str]]:
    return {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None and route.method != "HEAD"
    }


async def test_the_public_listener_offers_this_and_nothing_else(
    vault: Vault, clock: Hands, tmp_path: Path
) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    assert routes_of(build_public_app(database, vault, clock)) == PUBLIC | CONSOLE
    await database.close()


async def test_the_internal_listener_wants_its_key_everywhere(
    vault: Vault, clock: Hands, tmp_path: Path
) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    app = build_internal_app(Settings(internal_key="sesame"), database, vault, clock)
    assert routes_of(app) == INTERNAL
    async with TestClient(TestServer(app)) as client:
        for method, path in INTERNAL - {("GET", "/healthz")}:
            for headers in ({}, {"Authorization": "Bearer wrong"}):
                async with client.request(
                    method, path.replace("{id}", "x").replace("{vid}", "y"), headers=headers
                ) as response:
                    assert response.status == 401, path
                    assert response.content_type == "application/problem+json"
    await database.close()


@pytest.mark.parametrize(("mode", "expected"), [("dev", GATEWAY | TERMINAL), ("production", GATEWAY)])
async def test_the_terminal_is_off_in_production(
    mode: str, expected: set[tuple[str, str]], tmp_path: Path
) -> None:
    keys = Settings.from_env({"LIANFANG_DATA_DIR": str(tmp_path)})
    settings = Settings(
        mode=mode,
        database_url=keys.database_url,
        data_dir=tmp_path,
        rasa_url=keys.rasa_url,
        services_url=keys.services_url,
        internal_key=keys.internal_key,
        secret_keys=keys.secret_keys,
        index_keys=keys.index_keys,
    )
    gateway = Gateway(settings)
    assert routes_of(gateway.build_app()) == expected
    await gateway.close()


def test_the_services_process_knows_every_table_its_jobs_must_keep_clean() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            TABLES_OF_SERVICES,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == sorted(Base.metadata.tables)
