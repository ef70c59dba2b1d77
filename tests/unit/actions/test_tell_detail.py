import pytest

from actions.details import (
    APPS,
    find_app,
    find_receiver_last3,
    find_sender,
    read_app,
    read_receiver_last3,
    read_sender,
)
from actions.goal_actions import ActionGoal
from actions.services import Services
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import CHECK, FakeServices, Said, run, tracker_of

GOALS = [("tell_sender", "sender"), ("tell_last3", "receiver_last3"), ("tell_app", "app")]
CHECKED = {"check": "chk_1", "verdict": "unknown", "asks": ["sender", "receiver_last3", "app"]}


async def asked_for(talk: Talk, goal: str) -> Talk:
    talk.slots |= CHECKED
    return await talk.taps_button({"goal": goal, "params": {"check": "chk_1"}})


async def tapped(services: Services, goal: str, **entities: str) -> Said:
    return await run(ActionGoal(services), tracker_of(f"/{goal}", intent=goal, kind="tap", entities=entities))


@pytest.mark.parametrize(("goal", "asked"), GOALS)
async def test_a_tap_asks_its_one_question(talk: Talk, goal: str, asked: str) -> None:
    await asked_for(talk, goal)

    assert talk.keys == [f"utter_ask_{asked}"]
    assert talk.button("btn.dont_know")["params"] == {"field": asked}


async def test_the_question_for_the_app_has_its_answers_as_buttons(talk: Talk) -> None:
    await asked_for(talk, "tell_app")

    told = [button["params"] for button in talk.replies[0]["buttons"] if button["goal"] == "tell_app"]
    assert told == [{"check": "chk_1", "app": app} for app in APPS]


async def test_a_tapped_app_is_used_at_once(services: Services, fake: FakeServices) -> None:
    said = await tapped(services, "tell_app", check="chk_1", app="imessage")

    path, body, headers = fake.asked[0]
    assert path == "/v1/checks/chk_1/again"
    assert body["app"] == "imessage"
    assert headers["X-Person"] == "p_1"
    assert said.keys[0] == "utter_verdict_unknown"


async def test_an_app_that_was_never_offered_is_asked_for(talk: Talk, fake: FakeServices) -> None:
    await talk.taps_button({"goal": "tell_app", "params": {"check": "chk_1", "app": "fax"}})

    assert talk.keys == ["utter_ask_app"]
    assert not fake.asked


async def test_without_a_check_the_message_is_gone(services: Services) -> None:
    assert (await tapped(services, "tell_sender")).keys == ["utter_check_gone"]


async def test_a_foreign_or_forgotten_check_is_gone(services: Services, fake: FakeServices) -> None:
    fake.status = 404
    assert (await tapped(services, "tell_app", check="chk_x", app="line")).keys == ["utter_check_gone"]


@pytest.mark.parametrize(
    ("goal", "text", "facts"),
    [
        ("tell_sender", "0912345678", {"sender": "0912345678"}),
        ("tell_sender", "顯示 0800-001-910 傳的", {"sender": "0800-001-910"}),
        ("tell_sender", "台灣自來水", {"sender": "台灣自來水"}),
        ("tell_last3", "678", {"receiver_last3": "678"}),
        ("tell_app", "簡訊", {"app": "sms"}),
        ("tell_sender", "111，末三碼是 678", {"sender": "111", "receiver_last3": "678"}),
        ("tell_last3", "678，是用 LINE 傳的", {"receiver_last3": "678", "app": "line"}),
    ],
)
async def test_an_answer_is_read_and_what_is_told_with_it(
    talk: Talk, fake: FakeServices, goal: str, text: str, facts: dict[str, str]
) -> None:
    await asked_for(talk, goal)
    await talk.says(text)

    path, body, _ = fake.asked[0]
    assert path == "/v1/checks/chk_1/again"
    assert {name: value for name, value in body.items() if value} == facts
    assert talk.open is None


async def test_an_answer_that_does_not_fit_is_asked_for_once_more_and_then_let_be(
    talk: Talk, fake: FakeServices
) -> None:
    await asked_for(talk, "tell_last3")
    await talk.says("蘋果")
    assert talk.keys == ["utter_ask_receiver_last3_again"]

    await talk.says("香蕉", "nlu_fallback", 0.2)
    assert talk.keys == ["utter_detail_ended"]
    assert "165" in [button.get("tel") for button in talk.replies[0]["buttons"]]
    assert not fake.asked


@pytest.mark.parametrize("text", ["不知道", "我忘了", "I don't know"])
async def test_not_knowing_ends_kindly(talk: Talk, fake: FakeServices, text: str) -> None:
    await asked_for(talk, "tell_sender")
    await talk.says(text)

    assert talk.keys == ["utter_detail_ended"]
    assert not fake.asked


async def test_the_button_for_not_knowing_does_the_same_and_an_old_one_nothing(talk: Talk) -> None:
    await asked_for(talk, "tell_sender")
    button = talk.button("btn.dont_know")
    await talk.taps_button(button)
    assert talk.keys == ["utter_detail_ended"]

    await talk.taps_button(button)
    assert talk.keys == ["utter_question_closed"]

    await asked_for(talk, "tell_app")
    await talk.taps_button(button)
    assert talk.keys == ["utter_question_closed", "utter_ask_app"]


async def test_the_new_verdict_says_that_it_changed(talk: Talk, fake: FakeServices) -> None:
    await asked_for(talk, "tell_sender")
    fake.answer = {**CHECK, "id": "chk_2", "verdict": "fraud", "supersedes": "chk_1"}
    await talk.says("0912345678")

    assert talk.keys[:2] == ["utter_verdict_changed", "utter_verdict_fraud"]
    assert talk.slots["check"] == "chk_2"
    assert talk.slots["open_goal"] is None


async def test_the_same_verdict_says_that_it_did_not_change(talk: Talk) -> None:
    await asked_for(talk, "tell_sender")
    await talk.says("0912345678")

    assert talk.keys[:2] == ["utter_verdict_same", "utter_verdict_unknown"]


async def test_an_older_card_makes_no_claim_about_change(talk: Talk) -> None:
    talk.slots |= {**CHECKED, "check": "chk_9", "verdict": "fraud"}
    await talk.taps_button({"goal": "tell_sender", "params": {"check": "chk_1"}})
    await talk.says("0912345678")

    assert talk.keys[0] == "utter_verdict_unknown"


@pytest.mark.parametrize("text", ["那 http://x.top 呢", "【台水】貴戶逾期未繳，請點 http://x.top 繳費"])
async def test_another_message_is_checked_instead(talk: Talk, fake: FakeServices, text: str) -> None:
    await asked_for(talk, "tell_sender")
    await talk.says(text, "forward_message")

    assert fake.asked[0][0] == "/v1/checks"
    assert talk.open is None


@pytest.mark.parametrize(("text", "intent"), [("算了", "cancel"), ("不要", "deny")])
async def test_no_and_cancel_close_the_question_and_drop_its_slots(
    talk: Talk, text: str, intent: str
) -> None:
    await asked_for(talk, "tell_sender")
    await talk.says(text, intent)

    assert talk.keys == ["utter_detail_ended"]
    assert talk.open is None
    assert talk.slots["open_goal"] is None


async def test_small_talk_keeps_the_question_and_asks_it_again(talk: Talk) -> None:
    await asked_for(talk, "tell_sender")
    await talk.says("謝謝", "thanks")

    assert talk.keys == ["utter_thanks", "utter_ask_sender"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("寄件人是 0800-123-456", {"sender": "0800-123-456"}),
        ("678", {"receiver_last3": "678"}),
        ("是用 LINE 傳的", {"app": "line"}),
        ("寄件人顯示 111，末三碼 678", {"sender": "111", "receiver_last3": "678"}),
        ("the sender is NETFLIX", {"sender": "NETFLIX"}),
        ("it came by SMS", {"app": "sms"}),
    ],
)
@pytest.mark.parametrize("intent", ["inform", "nlu_fallback"])
async def test_a_fact_told_without_a_button_is_used(
    talk: Talk, fake: FakeServices, text: str, facts: dict[str, str], intent: str
) -> None:
    talk.slots |= CHECKED
    await talk.says(text, intent)

    path, body, _ = fake.asked[0]
    assert path == "/v1/checks/chk_1/again"
    assert {name: value for name, value in body.items() if value} == facts


@pytest.mark.parametrize("wanted", [[], ["app"]])
async def test_a_fact_nobody_asked_for_is_not(talk: Talk, fake: FakeServices, wanted: list[str]) -> None:
    talk.slots |= {**CHECKED, "asks": wanted}
    await talk.says("末三碼 678", "inform")

    assert not fake.asked
    assert talk.keys == ["utter_unsure"]


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


@pytest.mark.parametrize(
    ("text", "sender", "digits", "app"),
    [
        ("寄件人是「中華郵政」", "中華郵政", None, None),
        ("0912345678 傳來的", "0912345678", None, None),
        ("寄件人是誰要怎麼看", None, None, None),
        ("我手機後三碼是 678", None, "678", None),
        ("last 3 digits are 678", None, "678", None),
        ("末三碼是什麼", None, None, None),
        ("從 Telegram 收到的", None, None, "telegram"),
        ("LINE 客服電話幾號", None, None, None),
        ("隨便說說", None, None, None),
    ],
)
def test_only_what_is_labelled_is_meant_anywhere(
    text: str, sender: str | None, digits: str | None, app: str | None
) -> None:
    assert (find_sender(text), find_receiver_last3(text), find_app(text)) == (sender, digits, app)
