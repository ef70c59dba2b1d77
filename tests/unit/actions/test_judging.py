"""An address in a sentence is judged, whatever the sentence wants."""

from typing import Any

import pytest

from actions.answering import Answering
from actions.ask_info import ActionAskInfo
from actions.confirm import ActionAffirm
from actions.goal_actions import ActionGoal
from actions.services import Services
from actions.small_talk import ActionGreet, ActionOutOfScope, ActionTalkToHuman
from tests.unit.actions.turns import CHECK, FakeServices, run, tracker_of


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("幫我看 https://shopee.tw/abc", "report_site"),
        ("這網址可以點嗎 https://www.ntbt.gov.tw", "report_site"),
        ("我收到這個 https://cathay-bk.cc", "report_message"),
        ("這個帳號 013-123456789012", "report_account"),
        ("Is this website real https://www.ntbt.gov.tw", "report_site"),
    ],
)
async def test_a_report_gets_the_verdict_and_then_its_own_question(
    services: Services, fake: FakeServices, text: str, intent: str
) -> None:
    said = await run(ActionGoal(services), tracker_of(text, intent=intent))

    assert fake.asked[0][1]["text"] == text
    assert said.keys[0] == "utter_verdict_unknown"
    assert said.then == "goal_form"
    assert said.reply["card"]["kind"] == "verdict"
    assert said.slots["check"] == "chk_1"
    assert not {"report_site", "report_message"} & set(said.goals)
    assert "165" in [button.get("tel") for button in said.reply["buttons"]]


@pytest.mark.parametrize(
    "action", [ActionTalkToHuman, ActionOutOfScope, ActionAskInfo, ActionGreet, ActionAffirm]
)
async def test_other_goals_are_answered_by_the_verdict_alone(
    services: Services, fake: FakeServices, action: type[Answering]
) -> None:
    fake.answer = {**CHECK, "verdict": "fraud"}
    said = await run(
        action(services), tracker_of("有人傳 https://etc-tw.me/fetc 給我", intent="talk_to_human")
    )

    assert said.keys[0] == "utter_verdict_fraud"
    assert not [key for key in said.keys if key.startswith("utter_talk")]


@pytest.mark.parametrize(
    ("action", "intent", "changes"),
    [
        (ActionGoal, "query_payment", {}),
        (ActionGoal, "appeal_block", {}),
        (ActionGoal, "bind_merchant", {}),
        (ActionGoal, "delete_my_data", {}),
        (ActionGreet, "greet", {"kind": "tap"}),
    ],
)
async def test_details_of_a_wish_and_taps_are_not_judged(
    services: Services, fake: FakeServices, action: type[Answering], intent: str, changes: dict[str, Any]
) -> None:
    await run(action(services), tracker_of("https://abc.store 0912345678", intent=intent, **changes))

    assert not fake.asked


async def test_a_short_number_is_nothing_to_look_up(services: Services, fake: FakeServices) -> None:
    await run(ActionTalkToHuman(services), tracker_of("165", intent="talk_to_human"))

    assert not fake.asked


async def test_a_failing_check_keeps_its_card_and_the_goal_its_sentence(
    services: Services, fake: FakeServices
) -> None:
    fake.status = 503
    said = await run(ActionGoal(services), tracker_of("檢舉 0912-345-678", intent="report_message"))

    assert said.keys == ["utter_check_unavailable"]
    assert said.reply["card"] == {"kind": "check_unavailable"}


async def test_words_of_loss_come_before_the_verdict(services: Services) -> None:
    said = await run(
        ActionOutOfScope(services), tracker_of("我剛剛轉了三萬 https://abc.store", intent="out_of_scope")
    )

    assert said.reply["card"]["kind"] == "emergency"


@pytest.mark.parametrize(("verdict", "status"), [("official", 200), ("unknown", 503)])
async def test_nothing_is_asked_when_it_is_official_or_could_not_be_judged(
    services: Services, fake: FakeServices, verdict: str, status: int
) -> None:
    fake.answer, fake.status = {**CHECK, "verdict": verdict}, status
    said = await run(ActionGoal(services), tracker_of("檢舉 https://abc.store", intent="report_site"))

    assert said.then == "action_listen"
    assert "open_goal" not in said.slots


FORWARDED = (
    "【客服通知】您的MyCard點數卡已鎖卡，請點 https://mycard-tw.top 提供序號解鎖",
    "您的MyCard點數卡已鎖卡，請提供序號解鎖",
    "老闆說需要買5張MyCard，買好拍序號給我",
    "Your account is locked, send me the code to unlock it",
)


@pytest.mark.parametrize("text", FORWARDED)
@pytest.mark.parametrize(
    "intent",
    [
        "lock_card",
        "unlock_card",
        "report_site",
        "delete_my_data",
        "case_status",
        "already_scammed",
        "bind_merchant",
    ],
)
async def test_somebody_elses_message_starts_nothing_but_a_check(
    services: Services, fake: FakeServices, intent: str, text: str
) -> None:
    said = await run(ActionGoal(services), tracker_of(text, intent=intent))

    assert [path for path, _, _ in fake.asked] == ["/v1/checks"]
    assert said.keys[0] == "utter_verdict_unknown"
    assert said.then == "action_listen"
