"""The town of `campaigning.py` on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from lianfang.client import InternalClient
from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_internal_app, build_public_app
from services.registry.seeding import load_seed
from services.reports.api import ATTACHMENTS
from services.reports.client import ReportsClient
from tests.conftest import PATIENCE, Hands
from tests.contract import locking
from tests.contract.campaigning import KEY, Town
from tests.contract.consoling import Desks, running
from tests.contract.locking import Counter, set_up
from tests.contract.reporting import Office
from tests.unit.reports.bureau import Bureau


@pytest.fixture
async def town(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Town]:
    await load_seed(database, clock)
    server = TestServer(build_internal_app(Settings(internal_key=KEY), database, vault, clock))
    async with TestClient(server) as client:
        yield Town(client, database, vault, clock)


@pytest.fixture
async def counter(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Counter]:
    made = await database.together(lambda session: set_up(session, clock))
    settings = Settings(internal_key=locking.KEY, public_url="https://lianfang.example", operator="Test")
    internal = TestServer(build_internal_app(settings, database, vault, clock))
    public = TestServer(build_public_app(database, vault, clock, settings))
    async with TestClient(internal) as inside, TestClient(public) as outside:
        yield Counter(inside, outside, database, vault, clock, made)


@pytest.fixture
async def office(database: Database, vault: Vault, clock: Hands, tmp_path: Path) -> AsyncIterator[Office]:
    await load_seed(database, clock)
    settings = Settings(internal_key=KEY, data_dir=tmp_path / "data")
    app = build_internal_app(settings, database, vault, clock)
    server = TestServer(app)
    async with TestClient(server) as client:
        http = InternalClient(str(server.make_url("")).rstrip("/"), KEY, patience=PATIENCE)
        yield Office(
            Bureau(database, vault, clock), ReportsClient(http), client, app[ATTACHMENTS], settings.data_dir
        )
        await http.close()


@pytest.fixture
async def desks(database: Database, vault: Vault, clock: Hands, tmp_path: Path) -> AsyncIterator[Desks]:
    await load_seed(database, clock)
    settings = Settings(operator="Test", data_dir=tmp_path)
    server = TestServer(build_public_app(database, vault, clock, settings))
    async with running(server, database, vault, clock) as one:
        yield Desks(one.server, one.database, one.vault, one.clock, one.browsers)
