"""Stories without anything to look up, and links already opened."""

import pytest

from actions.answering import Answering
from actions.ask_info import ActionAskInfo
from actions.clicked import tells_of_click
from actions.confirm import ActionAffirm, ActionCancel, ActionDeny
from actions.goal_actions import ActionGoal
from actions.services import Services
from actions.small_talk import ActionOutOfScope, ActionTalkToHuman
from actions.unsure import ActionUnsure
from tests.unit.actions.turns import acted, run, tracker_of, user

STORIES = (
    "檢察官說我涉嫌洗錢要我把錢交給他保管",
    "說我分期付款設定錯誤要去ATM解除",
    "朋友傳訊息說先借我3萬明天就還",
    "應徵工作對方說要我提供帳戶",
    "阿嬤在超商要買5萬的點數卡",
    "A man says he is a prosecutor and wants my bank card",
)


@pytest.mark.parametrize("text", STORIES)
@pytest.mark.parametrize("action", [ActionUnsure, ActionOutOfScope, ActionAskInfo, ActionTalkToHuman])
async def test_a_story_is_answered_by_how_to_lose_nothing(
    services: Services, action: type[Answering], text: str
) -> None:
    said = await run(action(services), tracker_of(text))

    assert said.keys[0] == "utter_when_in_doubt"
    assert {"165", "110"} <= {button.get("tel") for button in said.reply["buttons"]}
    assert "check_message" in said.goals


async def test_a_short_one_that_asks_for_money_counts(services: Services) -> None:
    assert (await run(ActionUnsure(services), tracker_of("先借我3萬"))).keys == ["utter_when_in_doubt"]


@pytest.mark.parametrize("text", ["165打不通", "165 is busy, nobody answers"])
async def test_who_cannot_reach_165_is_not_sent_there_again(services: Services, text: str) -> None:
    assert (await run(ActionTalkToHuman(services), tracker_of(text))).keys == ["utter_when_in_doubt"]


@pytest.mark.parametrize(
    "text", ["我想跟真人講話可以嗎", "轉接專員", "I want to talk to a human", "我要找真人客服"]
)
async def test_a_wish_for_a_person_is_no_story(services: Services, text: str) -> None:
    assert (await run(ActionTalkToHuman(services), tracker_of(text))).keys == ["utter_talk_to_human"]


async def test_what_is_not_ours_stays_so(services: Services) -> None:
    said = await run(ActionOutOfScope(services), tracker_of("幫我寫一首關於秋天的詩"))

    assert said.keys == ["utter_out_of_scope"]


@pytest.mark.parametrize(
    ("first", "key"), [("嗯那個", "utter_when_in_doubt"), (STORIES[0], "utter_unsure_again")]
)
async def test_the_advice_is_not_said_twice_in_a_row(services: Services, first: str, key: str) -> None:
    before = [acted("action_listen"), user(first, 900.0), acted("action_unsure")]
    said = await run(ActionUnsure(services), tracker_of(STORIES[1], before=before))

    assert said.keys == [key]


@pytest.mark.parametrize(
    "text",
    [
        "I clicked it",
        "我點了",
        "我點下去了",
        "不小心點了連結",
        "按了那個連結",
        "我點了怎麼辦",
        "I didn't know and clicked it",
    ],
)
def test_words_of_having_clicked(text: str) -> None:
    assert tells_of_click(text)


@pytest.mark.parametrize(
    "text",
    ["我沒點", "還沒點", "I didn't click it", "5點了", "下午三點了", "點了會怎樣", "差點了", "我沒有點連結", "他叫我點連結",
     "should I have clicked", "買了點數"],
)  # fmt: skip
def test_not_clicked(text: str) -> None:
    assert not tells_of_click(text)


@pytest.mark.parametrize("form", [None, "goal_form"])
@pytest.mark.parametrize("action", [ActionDeny, ActionCancel])
async def test_a_no_that_tells_of_a_click_is_asked_nothing(
    services: Services, action: type[Answering], form: str | None
) -> None:
    said = await run(action(services), tracker_of("I clicked it", intent="deny", form=form))

    assert said.keys == ["utter_clicked"]
    assert said.closed_form == (form is not None)


@pytest.mark.parametrize("action", [ActionAffirm, ActionUnsure, ActionOutOfScope, ActionTalkToHuman])
async def test_any_other_vague_goal_too(services: Services, action: type[Answering]) -> None:
    assert (await run(action(services), tracker_of("我點下去了"))).keys == ["utter_clicked"]


async def test_a_no_that_tells_of_a_loss_gets_the_emergency_card(services: Services) -> None:
    said = await run(ActionDeny(services), tracker_of("不 我已經轉了三萬給他", intent="deny"))

    assert said.reply["card"]["kind"] == "emergency"


async def test_a_link_that_was_opened_is_judged_and_its_page_to_be_left(services: Services) -> None:
    said = await run(
        ActionGoal(services), tracker_of("我點了 https://abc.store 怎麼辦", intent="check_message")
    )

    assert said.keys[0] == "utter_verdict_unknown"
    assert said.keys[-1] == "utter_clicked"
