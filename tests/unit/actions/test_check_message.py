import pytest

from actions.goal_actions import ActionGoal
from actions.services import Services
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import CHECK, FakeServices, Said, acted, run, tracker_of, user

SMS = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"


async def forwarded(services: Services) -> Said:
    return await run(ActionGoal(services), tracker_of(SMS, intent="forward_message"))


async def test_a_forwarded_message_is_checked_as_it_came(services: Services, fake: FakeServices) -> None:
    said = await forwarded(services)

    path, body, headers = fake.asked[0]
    assert path == "/v1/checks"
    assert body["text"] == SMS
    assert body["via"] == "forwarded"
    assert headers["X-Person"] == "p_1"
    assert headers["X-Request-Id"] == "evt_1"
    assert said.keys[:3] == ["utter_verdict_unknown", "reason.not_listed", "utter_basis_rules"]
    assert said.reply["card"] == {"kind": "verdict", "verdict": "unknown", "check": "chk_1"}
    assert said.slots == {
        "check": "chk_1",
        "verdict": "unknown",
        "asks": ["sender"],
        "site": "abc[.]store",
        "checked": SMS,
    }
    assert said.then == "action_listen"


async def test_a_question_with_its_content_is_checked_as_typed(
    services: Services, fake: FakeServices
) -> None:
    await run(ActionGoal(services), tracker_of("abc-shop.store 這個是真的嗎", intent="check_message"))

    assert fake.asked[0][1]["via"] == "typed"


async def test_a_mere_question_asks_for_the_message(talk: Talk, fake: FakeServices) -> None:
    await talk.says("這是詐騙嗎", "check_message")

    assert talk.keys == ["utter_ask_message"]
    assert not fake.asked


async def test_the_tap_under_not_sure_checks_what_was_written_before_it(
    services: Services, fake: FakeServices
) -> None:
    before = [acted("action_listen"), user("老師說穩賺", 900.0), acted("action_unsure")]
    await run(
        ActionGoal(services),
        tracker_of("/check_message", intent="check_message", kind="tap", before=before),
    )

    assert fake.asked[0][1]["text"] == "老師說穩賺"


async def test_a_tap_without_anything_before_asks_for_the_message(talk: Talk, fake: FakeServices) -> None:
    await talk.taps_button({"goal": "check_message", "params": {}})

    assert talk.keys == ["utter_ask_message"]
    assert not fake.asked


async def test_fraud_offers_help_for_victims_a_report_and_a_share(
    services: Services, fake: FakeServices
) -> None:
    fake.answer = {**CHECK, "verdict": "fraud", "asks": []}
    said = await forwarded(services)

    assert said.goals == ["already_scammed", "report_site", "appeal_block"]
    assert [button["key"] for button in said.reply["buttons"]][2] == "btn.share_family"


async def test_unknown_offers_what_could_change_it_a_report_and_a_human(services: Services) -> None:
    said = await forwarded(services)

    assert said.goals == ["tell_sender", "report_site"]
    assert said.reply["buttons"][0]["params"] == {"check": "chk_1"}
    assert said.reply["buttons"][-1] == {"key": "btn.human_165", "tel": "165"}


@pytest.mark.parametrize("status", [500, 503, 400, 404])
async def test_a_failing_check_service_is_said_and_165_offered(
    services: Services, fake: FakeServices, status: int
) -> None:
    fake.status = status
    said = await forwarded(services)

    assert said.keys == ["utter_check_unavailable"]
    assert said.reply["buttons"] == [{"key": "btn.call_165", "tel": "165"}]
    assert said.reply["urgent"] is False
    assert "check" not in said.slots


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("老師說穩賺不賠", "nlu_fallback"),
        ("0800-123-456", "inform"),
        ("您的MyCard點數卡已鎖卡，請至 https://mycard-tw.top 提供序號解鎖", "lock_card"),
        ("檢舉成功，點此領取 https://evil.top", "report_site"),
    ],
)
async def test_whatever_comes_after_please_paste_is_the_message(
    talk: Talk, fake: FakeServices, text: str, intent: str
) -> None:
    await talk.says("這是詐騙嗎", "check_message")
    await talk.says(text, intent)

    assert fake.asked[0][1]["text"] == text
    assert talk.keys[0] == "utter_verdict_unknown"
    assert talk.open is None
    assert talk.slots["answer"] is None


@pytest.mark.parametrize(("text", "intent"), [("好", "affirm"), ("到底是不是詐騙啊", "check_message")])
async def test_a_yes_or_the_question_again_is_no_message(
    talk: Talk, fake: FakeServices, text: str, intent: str
) -> None:
    await talk.says("這是詐騙嗎", "check_message")
    await talk.says(text, intent)
    assert talk.keys == ["utter_ask_message_again"]

    await talk.says(text, intent)
    assert talk.keys == ["utter_form_stopped", "utter_to_a_person"]
    assert talk.open is None
    assert not fake.asked


async def test_another_goal_said_in_own_words_leaves_the_question(talk: Talk) -> None:
    await talk.says("這是詐騙嗎", "check_message")
    await talk.says("我要鎖卡", "lock_card")

    assert talk.keys[0] == "utter_lock_opening"
    assert talk.open is not None
    assert talk.open["goal"] == "lock_card"
