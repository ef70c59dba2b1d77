import json
from typing import Any

import pytest

from actions.server import HonestExecutor, make_actions
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
    result = await executor.run(call("action_check_message", f"{SECRET} abc.store", "forward_message"))

    assert result is not None
    assert [message["custom"]["say"][0]["key"] for message in result.responses] == ["utter_failed"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in result.events
    assert result.events[-1]["name"] == "action_listen"
    assert SECRET not in json.dumps(result.model_dump(), ensure_ascii=False)
    out, err = capfd.readouterr()
    assert SECRET not in out + err
