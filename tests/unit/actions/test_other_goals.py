from typing import Any

import pytest

from actions.change_language import wanted_language
from actions.confirm import ActionAffirm, ActionCancel, ActionDeny
from actions.goal_actions import ActionGoal
from actions.goal_form import ActionAskAnswer
from actions.not_connected import BUTTONS
from actions.services import Services
from actions.session import ActionSessionStart
from actions.small_talk import ActionGreet, ActionHelp, ActionTalkToHuman
from actions.unsure import ActionInform, ActionUnsure, likely_goals
from tests.unit.actions.turns import FakeServices, acted, run, tracker_of, user


@pytest.mark.parametrize("chosen", ["en", "zh-TW"])
async def test_a_tapped_language_is_kept_for_the_person(
    services: Services, fake: FakeServices, chosen: str
) -> None:
    tracker = tracker_of(
        "/change_language",
        intent="change_language",
        kind="tap",
        entities={"chosen_lang": chosen},
        slots={"lang": None},
    )
    said = await run(ActionGoal(services), tracker)

    path, body, headers = fake.asked[0]
    assert path == "/v1/people/me/language"
    assert body == {"language": chosen}
    assert headers["X-Person"] == "p_1"
    assert said.slots["lang"] == chosen
    assert said.keys == ["utter_language_now_en" if chosen == "en" else "utter_language_now_zh"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("換成英文", "en"), ("English please", "en"), ("回到中文", "zh-TW"), ("切換語言", None),
     ("請改用越南文", "other"), ("我家移工看不懂中文，幫她換成越南語", "other"),
     ("转成简体中文", "other"), ("可以講台語嗎", "other"), ("取消英文模式", "zh-TW"),
     ("我不懂英文", "zh-TW"), ("看不懂英文可以用中文嗎", "zh-TW"), ("我英文不好", "zh-TW"), ("I do not speak English", "zh-TW"),
     ("I don't understand Chinese", "en"), ("能不能講英文", "en"), ("會不會講英文", "en"), ("他看不懂中文，請用英文", "en"),
     ("I can't read this, English please", "en"), ("Do you speak English?", "en"), ("is there an English version", "en"),
     ("What is 165? Do they speak English?", None), ("165會講英文嗎", None), ("我收到英文簡訊", None), ("不要換成英文", "zh-TW"),
     ("不要改用英文", "zh-TW")],
)  # fmt: skip
def test_the_language_asked_for(text: str, language: str | None) -> None:
    assert wanted_language(text) == language


async def test_a_question_that_stays_open_is_asked_in_the_language_just_chosen() -> None:
    tracker = tracker_of("/change_language", kind="tap", form="goal_form")
    assert "lang" not in (await run(ActionAskAnswer(), tracker)).reply

    tracker.events.append({"event": "slot", "name": "lang", "value": "en"})
    assert (await run(ActionAskAnswer(), tracker)).reply["lang"] == "en"


async def test_an_older_choice_does_not_override_the_language_of_the_message() -> None:
    before = [{"event": "slot", "name": "lang", "value": "en"}]

    assert "lang" not in (await run(ActionAskAnswer(), tracker_of("好", before=before))).reply


async def test_no_language_named_is_asked_with_both_as_buttons(
    services: Services, fake: FakeServices
) -> None:
    said = await run(ActionGoal(services), tracker_of("切換語言", intent="change_language"))

    assert said.keys == ["utter_language_ask"]
    assert [button["params"]["chosen_lang"] for button in said.reply["buttons"]] == ["zh-TW", "en"]
    assert not fake.asked


async def test_a_language_that_was_not_stored_is_not_called_changed(
    services: Services, fake: FakeServices
) -> None:
    fake.status = 503
    said = await run(ActionGoal(services), tracker_of("換成英文", intent="change_language"))

    assert said.keys == ["utter_language_not_saved"]
    assert said.slots == {}


@pytest.mark.parametrize("intent", sorted(BUTTONS))
async def test_every_goal_without_a_service_has_its_own_honest_answer(
    services: Services, intent: str
) -> None:
    said = await run(ActionGoal(services), tracker_of("…", intent=intent))

    assert said.keys == [f"utter_not_connected_{intent}"]
    assert said.reply["buttons"]


async def test_talking_to_a_human_gives_the_numbers(services: Services) -> None:
    said = await run(ActionTalkToHuman(services), tracker_of("找真人"))

    assert [button["tel"] for button in said.reply["buttons"]] == ["165", "110"]


@pytest.mark.parametrize(
    ("action", "key"),
    [
        (ActionAffirm, "utter_nothing_to_confirm"),
        (ActionDeny, "utter_nothing_to_deny"),
        (ActionCancel, "utter_nothing_to_cancel"),
    ],
)
async def test_yes_no_and_cancel_without_a_question_do_nothing_and_say_so(
    services: Services, fake: FakeServices, action: type[ActionAffirm], key: str
) -> None:
    assert (await run(action(services), tracker_of("…"))).keys == [key]
    assert not fake.asked


async def test_unsure_offers_likely_goals_and_a_human(services: Services) -> None:
    said = await run(
        ActionUnsure(services), tracker_of("嗯那個", ranking=("nlu_fallback", "lock_card", "report_site"))
    )

    assert said.keys == ["utter_unsure"]
    assert said.goals == ["lock_card", "report_site", "check_message"]


async def test_unsure_twice_in_a_row_puts_the_human_first(services: Services) -> None:
    before = [acted("action_listen"), user("嗯", 900.0), acted("action_unsure")]
    said = await run(ActionUnsure(services), tracker_of("嗯那個", before=before))

    assert said.keys == ["utter_unsure_again"]
    assert said.reply["buttons"][0] == {"key": "btn.call_165", "tel": "165"}


async def test_unsure_with_a_turn_between_is_not_in_a_row(services: Services) -> None:
    before = [acted("action_listen"), user("嗯", 800.0), acted("action_unsure"),
              acted("action_listen"), user("你好", 900.0), acted("action_greet")]  # fmt: skip
    assert (await run(ActionUnsure(services), tracker_of("嗯", before=before))).keys == ["utter_unsure"]


async def test_unsure_checks_what_can_be_checked(services: Services, fake: FakeServices) -> None:
    await run(ActionUnsure(services), tracker_of("abc-shop.store"))

    assert fake.asked[0][1]["text"] == "abc-shop.store"


def test_likely_goals_are_never_more_than_three_nor_the_same_twice() -> None:
    offered = likely_goals(["check_message", "forward_message", "case_status", "help"])

    assert [button["goal"] for button in offered] == ["check_message", "case_status", "already_scammed"]


@pytest.mark.parametrize(
    ("text", "slots", "path"),
    [
        ("abc-shop.store", {}, "/v1/checks"),
        ("678", {"check": "chk_1", "asks": ["receiver_last3"]}, "/v1/checks/chk_1/again"),
        ("678", {"check": "chk_1", "asks": ["sender"]}, None),
        ("全家", {}, None),
    ],
)
async def test_a_bare_answer_is_used_when_it_says_something(
    services: Services, fake: FakeServices, text: str, slots: dict[str, Any], path: str | None
) -> None:
    said = await run(ActionInform(services), tracker_of(text, intent="inform", slots=slots))

    assert [asked[0] for asked in fake.asked] == ([path] if path else [])
    assert path or said.then == "action_unsure"


async def test_a_session_begins_with_the_language_of_the_person() -> None:
    tracker = tracker_of(slots={"session_started_metadata": {"lang": "en"}})
    said = await run(ActionSessionStart(), tracker)

    assert [event["event"] for event in said.events] == ["session_started", "slot", "action"]
    assert said.slots == {"lang": "en"}


async def test_the_language_of_the_message_is_kept_in_the_slot(services: Services) -> None:
    assert (await run(ActionGreet(services), tracker_of("hi", lang="en"))).slots == {"lang": "en"}


async def test_help_shows_what_can_be_done_as_buttons(services: Services) -> None:
    said = await run(ActionHelp(services), tracker_of("help"))

    assert {"check_message", "already_scammed", "delete_my_data", "change_language"} <= set(said.goals)


@pytest.mark.parametrize("text", ["我還沒付錢", "我沒有被騙", "I have not paid anything"])
async def test_who_says_that_nothing_is_paid_hears_what_not_to_do(services: Services, text: str) -> None:
    assert (await run(ActionDeny(services), tracker_of(text, intent="deny"))).keys == ["utter_not_paid_yet"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("先不要鎖卡", "lock_card"),
        ("不用退費了", "refund_card"),
        ("I don't want to report it", "report_message"),
    ],
)
async def test_a_wish_that_is_denied_begins_nothing(services: Services, text: str, intent: str) -> None:
    assert (await run(ActionGoal(services), tracker_of(text, intent=intent))).keys == [
        "utter_nothing_to_deny"
    ]
