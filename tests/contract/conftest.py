"""The town of `campaigning.py` on both databases."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_internal_app
from services.registry.seeding import load_seed
from tests.conftest import Hands
from tests.contract.campaigning import KEY, Town


@pytest.fixture
async def town(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Town]:
    await load_seed(database, clock)
    server = TestServer(build_internal_app(Settings(internal_key=KEY), database, vault, clock))
    async with TestClient(server) as client:
        yield Town(client, database, vault, clock)
