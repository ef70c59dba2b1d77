"""Small real servers in place of the services."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from actions.services import Services
from lianfang.client import InternalClient
from tests.conftest import PATIENCE
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import FakeServices


@pytest.fixture
def fake() -> FakeServices:
    return FakeServices()


@pytest.fixture
async def services(fake: FakeServices) -> AsyncIterator[Services]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", fake.handle)
    server = TestServer(app)
    await server.start_server()
    one = Services.over(InternalClient(str(server.make_url("")).rstrip("/"), "key", patience=PATIENCE))
    yield one
    await one.close()
    await server.close()


@pytest.fixture
def talk(services: Services) -> Talk:
    return Talk(services)
