from typing import Any

import pytest

from actions.confirm import ActionCancel, ActionDeny
from actions.details import read_app, read_receiver_last3, read_sender
from actions.services import Services
from actions.small_talk import ActionThanks
from actions.tell_detail import ActionAskDetail, ActionSubmitDetail, ActionTellDetail, ValidateDetailForm
from tests.unit.actions.turns import CHECK, FakeServices, Said, run, tracker_of

OPEN = {"asked": "sender", "about": "chk_1", "requested_slot": "detail"}


async def tapped(services: Services, goal: str, **entities: str) -> Said:
    tracker = tracker_of(f"/{goal}", intent=goal, kind="tap", entities=entities)
    return await run(ActionTellDetail(services), tracker)


@pytest.mark.parametrize(
    ("goal", "asked"), [("tell_sender", "sender"), ("tell_last3", "receiver_last3"), ("tell_app", "app")]
)
async def test_a_tap_opens_the_form_with_its_one_question(services: Services, goal: str, asked: str) -> None:
    said = await tapped(services, goal, check="chk_1")

    assert said.slots == {"asked": asked, "about": "chk_1"}
    assert said.then == "detail_form"
    assert not said.messages
    question = await run(ActionAskDetail(), tracker_of(slots=said.slots))
    assert question.keys == [f"utter_ask_{asked}"]


async def test_the_question_for_the_app_has_its_answers_as_buttons() -> None:
    said = await run(ActionAskDetail(), tracker_of(slots={"asked": "app", "about": "chk_1"}))

    apps = [button["params"]["app"] for button in said.reply["buttons"] if button["goal"] == "tell_app"]
    assert set(apps) == {"sms", "imessage", "rcs", "line", "telegram", "whatsapp", "email", "other"}
    assert apps[0] == "sms"


async def test_a_tapped_app_is_used_at_once(services: Services, fake: FakeServices) -> None:
    said = await tapped(services, "tell_app", check="chk_1", app="imessage")

    path, body, headers = fake.asked[0]
    assert path == "/v1/checks/chk_1/again"
    assert body["app"] == "imessage"
    assert headers["X-Person"] == "p_1"
    assert said.keys[0] == "utter_verdict_unknown"


async def test_a_tap_without_a_check_says_that_the_message_is_gone(services: Services) -> None:
    assert (await tapped(services, "tell_sender")).keys == ["utter_check_gone"]


async def test_a_foreign_or_forgotten_check_is_gone(services: Services, fake: FakeServices) -> None:
    fake.status = 404
    assert (await tapped(services, "tell_app", check="chk_x", app="line")).keys == ["utter_check_gone"]


async def answered(text: str, *, intent: str = "inform", **slots: Any) -> dict[str, Any]:
    tracker = tracker_of(text, intent=intent, form="detail_form", slots={**OPEN, **slots})
    tracker.events.append({"event": "slot", "name": "detail", "value": text})
    return (await run(ValidateDetailForm(), tracker)).slots


@pytest.mark.parametrize(
    ("text", "slots", "detail"),
    [
        ("0912345678", {}, {"code": "told", "value": "0912345678"}),
        ("顯示 0800-001-910 傳的", {}, {"code": "told", "value": "0800-001-910"}),
        ("台灣自來水", {}, {"code": "told", "value": "台灣自來水"}),
        ("678", {"asked": "receiver_last3"}, {"code": "told", "value": "678"}),
        ("簡訊", {"asked": "app"}, {"code": "told", "value": "sms"}),
        ("不知道", {}, {"code": "unknown"}),
        ("那 http://x-shop.top 呢", {}, {"code": "another_message"}),
    ],
)
async def test_an_answer_is_read(text: str, slots: dict[str, Any], detail: dict[str, Any]) -> None:
    assert await answered(text, **slots) == {"detail": detail}


async def test_an_answer_that_does_not_fit_is_asked_for_once_more_and_then_let_be() -> None:
    assert await answered("蘋果", asked="receiver_last3") == {"detail": None, "tries": 1}
    again = await run(ActionAskDetail(), tracker_of(slots={"asked": "receiver_last3", "tries": 1}))
    assert again.keys == ["utter_ask_receiver_last3_again"]
    assert await answered("香蕉", asked="receiver_last3", tries=1) == {"detail": {"code": "unknown"}}


async def submitted(services: Services, detail: dict[str, Any], **slots: Any) -> Said:
    tracker = tracker_of("0912345678", intent="inform", slots={**OPEN, "detail": detail, **slots})
    return await run(ActionSubmitDetail(services), tracker)


async def test_the_new_verdict_says_that_it_changed(services: Services, fake: FakeServices) -> None:
    fake.answer = {**CHECK, "id": "chk_2", "verdict": "fraud", "supersedes": "chk_1"}
    said = await submitted(
        services, {"code": "told", "value": "0912345678"}, check="chk_1", verdict="unknown"
    )

    assert fake.asked[0][1]["sender"] == "0912345678"
    assert said.keys[:2] == ["utter_verdict_changed", "utter_verdict_fraud"]
    assert said.slots["check"] == "chk_2"
    assert said.slots["detail"] is None
    assert said.slots["asked"] is None


async def test_the_same_verdict_says_that_it_did_not_change(services: Services) -> None:
    said = await submitted(services, {"code": "told", "value": "x"}, check="chk_1", verdict="unknown")

    assert said.keys[:2] == ["utter_verdict_same", "utter_verdict_unknown"]


async def test_an_older_card_makes_no_claim_about_change(services: Services) -> None:
    said = await submitted(services, {"code": "told", "value": "x"}, check="chk_9", verdict="fraud")

    assert said.keys[0] == "utter_verdict_unknown"


async def test_not_knowing_ends_kindly(services: Services, fake: FakeServices) -> None:
    said = await submitted(services, {"code": "unknown"})

    assert said.keys == ["utter_detail_ended"]
    assert not fake.asked


async def test_another_message_is_checked_instead(services: Services, fake: FakeServices) -> None:
    tracker = tracker_of("那 http://x.top 呢", slots={**OPEN, "detail": {"code": "another_message"}})
    await run(ActionSubmitDetail(services), tracker)

    assert fake.asked[0][0] == "/v1/checks"


@pytest.mark.parametrize("action", [ActionCancel, ActionDeny])
async def test_no_and_cancel_close_the_form_and_drop_its_slots(
    services: Services, action: type[ActionCancel]
) -> None:
    said = await run(action(services), tracker_of("算了", form="detail_form", slots=OPEN))

    assert said.keys == ["utter_detail_ended"]
    assert said.closed_form
    assert said.slots == {"asked": None, "about": None, "requested_slot": None}


async def test_small_talk_keeps_the_form_and_lets_it_ask_again(services: Services) -> None:
    said = await run(ActionThanks(services), tracker_of("謝謝", form="detail_form", slots=OPEN))

    assert said.slots == {}
    assert not said.closed_form
    assert said.then == "detail_form"


@pytest.mark.parametrize(
    ("text", "digits"),
    [("678", "678"), ("末三碼是 678 喔", "678"), ("６７８", "678"), ("六七八", "678"), ("0912345678", "678"),
     ("0912-345-678", "678"), ("12", None), ("12345", None), ("不告訴你", None)],
)  # fmt: skip
def test_last_three_digits(text: str, digits: str | None) -> None:
    assert read_receiver_last3(text) == digits


@pytest.mark.parametrize(
    ("text", "sender"),
    [("111", "111"), ("68017", "68017"), ("「中華郵政」", "中華郵政"), ("NETFLIX", "NETFLIX"),
     ("為什麼要給你", None), ("什麼是寄件人?", None), ("", None), ("很" * 50, None)],
)  # fmt: skip
def test_sender(text: str, sender: str | None) -> None:
    assert read_sender(text) == sender


@pytest.mark.parametrize(
    ("text", "app"),
    [("LINE", "line"), ("賴", "line"), ("用line傳的", "line"), ("手機簡訊", "sms"), ("iMessage", "imessage"),
     ("Telegram", "telegram"), ("gmail", "email"), ("臉書", "other"), ("online", None), ("嗯", None)],
)  # fmt: skip
def test_app(text: str, app: str | None) -> None:
    assert read_app(text) == app
