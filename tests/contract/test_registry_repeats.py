"""A turn repeated after a crash stores its check once, under the same id."""

from sqlalchemy import select

from lianfang.database import Database
from lianfang.privacy import Vault
from services.registry.checking import Asker, run_check
from services.registry.models import Check
from services.registry.models import CheckRequest as StoredRequest
from services.registry.requests import CheckRequest
from services.registry.seeding import load_seed
from tests.conftest import Hands


async def test_the_same_event_has_one_check(database: Database, vault: Vault, clock: Hands) -> None:
    await load_seed(database, clock)
    request = CheckRequest(text="請點 https://a-b.top", via="typed")
    first = await run_check(database, vault, clock, request, Asker("p_1", "in_1"))
    repeat = await run_check(database, vault, clock, request, Asker("p_1", "in_1"))
    other = await run_check(database, vault, clock, request, Asker("p_1", "in_2"))
    assert first["id"] == repeat["id"] != other["id"]
    async with database.read() as session:
        assert set(await session.scalars(select(Check.id))) == {first["id"], other["id"]}
        assert set(await session.scalars(select(StoredRequest.check_id))) == {first["id"], other["id"]}
