import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import rasa_sdk
from aiohttp import ClientSession
from sanic import Sanic

from actions.server import HonestExecutor, make_actions, make_app
from actions.services import Services
from tests.unit.actions.turns import FakeServices, tracker_of

SECRET = "我媽媽住在台南市"


@pytest.fixture
def executor(services: Services) -> HonestExecutor:
    one = HonestExecutor()
    for action in make_actions(services):
        one.register_action(action)
    return one


def call(action: str, text: str, intent: str) -> dict[str, Any]:
    state = tracker_of(text, intent=intent).current_state()
    return {"next_action": action, "sender_id": "s_1", "tracker": state, "version": "3.6.21"}


async def test_an_action_runs_without_a_domain(executor: HonestExecutor) -> None:
    result = await executor.run(call("action_greet", "你好", "greet"))

    assert result is not None
    assert result.responses[0]["custom"]["say"] == [{"key": "utter_greet", "params": {}}]


async def test_a_defect_becomes_an_apology_that_closes_the_form_and_quotes_nothing(
    executor: HonestExecutor, fake: FakeServices, capfd: pytest.CaptureFixture[str]
) -> None:
    fake.answer = {"unexpected": SECRET}
    result = await executor.run(call("action_goal", f"{SECRET} abc.store", "forward_message"))

    assert result is not None
    assert [message["custom"]["say"][0]["key"] for message in result.responses] == ["utter_failed"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in result.events
    assert result.events[-1]["name"] == "action_listen"
    assert SECRET not in json.dumps(result.model_dump(), ensure_ascii=False)
    out, err = capfd.readouterr()
    assert SECRET not in out + err


@asynccontextmanager
async def serving(services: Services) -> AsyncIterator[str]:
    app = make_app(services, "key-of-the-test")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server: Any = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.start_serving()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.close()
    await server.wait_closed()
    Sanic.unregister_app(app)


async def asked(method: str, url: str, authorization: str | None) -> tuple[int, Any]:
    headers = {"Authorization": authorization} if authorization else {}
    own_version = {"version": rasa_sdk.__version__}  # another one is warned of, which is not what is tested
    body = call("action_greet", "你好", "greet") | own_version if method == "POST" else None
    async with ClientSession() as http, http.request(method, url, json=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_only_the_core_with_its_key_runs_actions_and_health_is_open(services: Services) -> None:
    """One test, because Sanic builds its server only once in a process."""
    strangers = [None, "Bearer", "Bearer wrong", "key-of-the-test", "Bearer 鑰匙"]
    async with serving(services) as address:
        for method, path in (
            ("POST", "/webhook"),
            ("GET", "/actions"),
            ("POST", "/webhook/"),
            ("GET", "/no"),
        ):
            refused = [await asked(method, address + path, stranger) for stranger in strangers]
            assert refused == [(401, {"code": "unauthorized"})] * len(strangers)
        status, answer = await asked("POST", f"{address}/webhook", "Bearer key-of-the-test")
        assert (status, answer["responses"][0]["custom"]["say"][0]["key"]) == (200, "utter_greet")
        assert (await asked("GET", f"{address}/health", None))[0] == 200
