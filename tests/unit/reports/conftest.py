"""The bureau on both databases, with the shipped registry loaded."""

import pytest

from lianfang.database import Database
from lianfang.privacy import Vault
from services.registry.seeding import load_seed
from tests.conftest import Hands
from tests.unit.reports.bureau import Bureau


@pytest.fixture
async def bureau(database: Database, vault: Vault, clock: Hands) -> Bureau:
    await load_seed(database, clock)
    return Bureau(database, vault, clock)
