from typing import Any

import pytest

from actions.check_message import (
    ActionAskPasted,
    ActionCheckMessage,
    ActionSubmitMessage,
    ValidateMessageForm,
)
from actions.not_connected import ActionNotConnected
from actions.services import Services
from tests.unit.actions.turns import CHECK, FakeServices, acted, run, tracker_of, user

SMS = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"


async def test_a_forwarded_message_is_checked_as_it_came(services: Services, fake: FakeServices) -> None:
    said = await run(ActionCheckMessage(services), tracker_of(SMS, intent="forward_message"))

    path, body, headers = fake.asked[0]
    assert path == "/v1/checks"
    assert body["text"] == SMS
    assert body["via"] == "forwarded"
    assert headers["X-Person"] == "p_1"
    assert headers["X-Request-Id"] == "evt_1"
    assert said.keys[:3] == ["utter_verdict_unknown", "reason.not_listed", "utter_basis_rules"]
    assert said.reply["card"] == {"kind": "verdict", "verdict": "unknown", "check": "chk_1"}
    assert said.slots == {"check": "chk_1", "verdict": "unknown", "asks": ["sender"]}
    assert said.then == "action_listen"


async def test_a_question_with_its_content_is_checked_as_typed(
    services: Services, fake: FakeServices
) -> None:
    await run(ActionCheckMessage(services), tracker_of("abc-shop.store 這個是真的嗎", intent="check_message"))

    assert fake.asked[0][1]["via"] == "typed"


async def test_a_mere_question_opens_the_form_that_asks_for_the_message(
    services: Services, fake: FakeServices
) -> None:
    said = await run(ActionCheckMessage(services), tracker_of("這是詐騙嗎", intent="check_message"))

    assert said.then == "message_form"
    assert not said.messages
    assert not fake.asked
    assert (await run(ActionAskPasted(), tracker_of())).keys == ["utter_ask_message"]


async def test_the_tap_under_not_sure_checks_what_was_written_before_it(
    services: Services, fake: FakeServices
) -> None:
    before = [acted("action_listen"), user("老師說穩賺", 900.0), acted("action_unsure")]
    await run(
        ActionCheckMessage(services),
        tracker_of("/check_message", intent="check_message", kind="tap", before=before),
    )

    assert fake.asked[0][1]["text"] == "老師說穩賺"


async def test_a_tap_without_anything_before_asks_for_the_message(services: Services) -> None:
    said = await run(
        ActionCheckMessage(services), tracker_of("/check_message", intent="check_message", kind="tap")
    )

    assert said.then == "message_form"


async def test_fraud_offers_help_for_victims_a_report_and_a_share(
    services: Services, fake: FakeServices
) -> None:
    fake.answer = {**CHECK, "verdict": "fraud", "asks": []}
    said = await run(ActionCheckMessage(services), tracker_of(SMS, intent="forward_message"))

    assert said.goals == ["already_scammed", "report_site"]
    assert [button["key"] for button in said.reply["buttons"]][2] == "btn.share_family"


async def test_unknown_offers_what_could_change_it_a_report_and_a_human(services: Services) -> None:
    said = await run(ActionCheckMessage(services), tracker_of(SMS, intent="forward_message"))

    assert said.goals == ["tell_sender", "report_site"]
    assert said.reply["buttons"][0]["params"] == {"check": "chk_1"}
    assert said.reply["buttons"][-1] == {"key": "btn.human_165", "tel": "165"}


@pytest.mark.parametrize("status", [500, 503, 400, 404])
async def test_a_failing_check_service_is_said_and_165_offered(
    services: Services, fake: FakeServices, status: int
) -> None:
    fake.status = status
    said = await run(ActionCheckMessage(services), tracker_of(SMS, intent="forward_message"))

    assert said.keys == ["utter_check_unavailable"]
    assert said.reply["buttons"] == [{"key": "btn.call_165", "tel": "165"}]
    assert said.reply["urgent"] is False
    assert "check" not in said.slots


async def pasted(text: str, intent: str) -> dict[str, Any]:
    tracker = tracker_of(text, intent=intent, form="message_form", slots={"requested_slot": "pasted"})
    tracker.events.append({"event": "slot", "name": "pasted", "value": text})
    said = await run(ValidateMessageForm(), tracker)
    return said.slots


async def test_whatever_comes_after_please_paste_is_the_message() -> None:
    assert await pasted("老師說穩賺不賠", "nlu_fallback") == {"pasted": True}


async def test_a_mere_yes_after_please_paste_is_not() -> None:
    assert await pasted("好", "affirm") == {"pasted": None}


async def test_the_pasted_message_is_checked_and_its_form_forgotten(
    services: Services, fake: FakeServices
) -> None:
    tracker = tracker_of("老師說穩賺不賠", intent="nlu_fallback", slots={"pasted": True})
    said = await run(ActionSubmitMessage(services), tracker)

    assert fake.asked[0][1]["text"] == "老師說穩賺不賠"
    assert said.slots["pasted"] is None


async def test_a_pasted_message_that_sounds_like_another_goal_is_still_checked(services: Services) -> None:
    text = "您的MyCard點數卡已鎖卡，請至 https://mycard-tw.top 提供序號解鎖"
    said = await run(ActionNotConnected(services), tracker_of(text, intent="lock_card", form="message_form"))

    assert said.then == "action_submit_message"
    assert not said.messages


async def test_another_goal_said_in_own_words_leaves_the_form(services: Services) -> None:
    said = await run(
        ActionNotConnected(services),
        tracker_of("我要鎖卡", intent="lock_card", form="message_form", slots={"requested_slot": "pasted"}),
    )

    assert said.keys == ["utter_not_connected_lock_card"]
    assert said.closed_form
    assert said.slots == {"requested_slot": None}
