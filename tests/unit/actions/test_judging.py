"""An address in a sentence is judged, whatever the sentence wants."""

from typing import Any

import pytest

from actions.answering import Answering
from actions.confirm import ActionAffirm
from actions.delete_my_data import ActionDeleteMyData
from actions.not_connected import ActionNotConnected
from actions.services import Services
from actions.small_talk import ActionAskInfo, ActionGreet, ActionOutOfScope, ActionTalkToHuman
from tests.unit.actions.turns import CHECK, FakeServices, bot, run, tracker_of


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
async def test_a_report_gets_the_verdict_and_then_what_is_not_connected(
    services: Services, fake: FakeServices, text: str, intent: str
) -> None:
    said = await run(ActionNotConnected(services), tracker_of(text, intent=intent))

    assert fake.asked[0][1]["text"] == text
    assert said.keys[0] == "utter_verdict_unknown"
    assert said.keys[-1] == f"utter_not_connected_{intent}"
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


async def test_a_yes_with_an_address_deletes_nothing(services: Services, fake: FakeServices) -> None:
    card = {
        "say": [{"key": "utter_delete_confirm"}],
        "card": {"kind": "choice", "confirms": "delete_my_data"},
    }
    tracker = tracker_of("好 https://abc.store", intent="affirm", before=[bot(card)])
    await run(ActionAffirm(services), tracker)

    assert [path for path, _, _ in fake.asked] == ["/v1/checks"]


@pytest.mark.parametrize(
    ("action", "intent", "changes"),
    [
        (ActionNotConnected, "query_payment", {}),
        (ActionNotConnected, "appeal_block", {}),
        (ActionNotConnected, "bind_merchant", {}),
        (ActionDeleteMyData, "delete_my_data", {}),
        (ActionGreet, "greet", {"kind": "tap"}),
        (ActionTalkToHuman, "talk_to_human", {"form": "detail_form"}),
    ],
)
async def test_details_of_a_wish_taps_and_forms_are_not_judged(
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
    said = await run(ActionNotConnected(services), tracker_of("https://abc.store", intent="report_site"))

    assert said.keys == ["utter_check_unavailable", "utter_not_connected_report_site"]
    assert said.reply["card"] == {"kind": "check_unavailable"}


async def test_words_of_loss_come_before_the_verdict(services: Services) -> None:
    said = await run(
        ActionOutOfScope(services), tracker_of("我剛剛轉了三萬 https://abc.store", intent="out_of_scope")
    )

    assert said.reply["card"]["kind"] == "emergency"
