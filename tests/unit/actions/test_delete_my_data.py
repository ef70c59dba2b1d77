from typing import Any

import pytest

from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import FakeServices

NO_PLAIN_YES = (
    "好吧我想想", "好煩", "好貴", "嗯…", "是喔", "確定嗎？", "可以吧？", "ok?", "yes?", "好的，刪掉他的就好", "好…",
    "好吧", "要想想", "是他", "ok but later", "delete my card", "好 刪我朋友的", "對不起",
)  # fmt: skip


async def wished(talk: Talk) -> Talk:
    return await talk.says("刪除我的資料", "delete_my_data")


async def test_the_wish_is_answered_by_a_question_and_nothing_else(talk: Talk, fake: FakeServices) -> None:
    await wished(talk)

    assert talk.keys == ["utter_delete_confirm"]
    assert talk.replies[0]["card"] == {"kind": "choice", "confirms": "delete_my_data"}
    assert [button["goal"] for button in talk.replies[0]["buttons"]] == ["confirm", "cancel"]
    assert not fake.asked


async def test_the_tap_erases_once(talk: Talk, fake: FakeServices) -> None:
    await wished(talk)
    button = talk.button("btn.confirm_delete")
    await talk.taps_button(button)

    path, _, headers = fake.asked[0]
    assert path == "/v1/people/me/erase"
    assert headers["X-Person"] == "p_1"
    assert headers["Idempotency-Key"] == "evt_2:erase"
    assert talk.replies[0]["card"] == {"kind": "erased"}
    assert talk.keys == ["utter_erased"]

    await talk.taps_button(button)
    assert talk.keys == ["utter_question_closed"]
    assert len(fake.asked) == 1


async def test_a_card_of_an_earlier_wish_is_not_this_one(talk: Talk, fake: FakeServices) -> None:
    await wished(talk)
    old = talk.button("btn.confirm_delete")
    await talk.says("算了", "cancel")
    await wished(talk)
    await talk.taps_button(old)

    assert talk.keys == ["utter_delete_not_yet", "utter_delete_confirm"]
    assert not fake.asked


@pytest.mark.parametrize("text", ["confirm", "/confirm", "confirm{}", "／confirm", '/confirm{"seal":"x"}'])
async def test_the_intent_typed_as_text_erases_nothing(talk: Talk, fake: FakeServices, text: str) -> None:
    await talk.says(text, "confirm")

    assert talk.keys == ["utter_question_closed"]
    assert not fake.asked


@pytest.mark.parametrize(
    "yes",
    ["對", "好", "好。", "好好", "是的！", "確定刪除", "確定，刪除", "刪吧", "ＯＫ", "Yes!", "yes please", "delete it", "确定删除"],
)  # fmt: skip
@pytest.mark.parametrize("intent", ["affirm", "delete_my_data", "nlu_fallback"])
async def test_a_typed_yes_to_the_card_shown_last_erases(
    talk: Talk, fake: FakeServices, yes: str, intent: str
) -> None:
    await wished(talk)
    await talk.says(yes, intent)

    assert talk.keys == ["utter_erased"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("對", {"at": 1606.0}),
        ("yes but keep my language", {}),
        ("對", {"group": True}),
        ("對", {"shown_since_core": True}),
        ("confirm", {"typed_command": True}),
        *((text, {}) for text in NO_PLAIN_YES),
    ],
)
async def test_a_late_conditional_or_group_yes_shows_the_card_again(
    talk: Talk, fake: FakeServices, text: str, changes: dict[str, Any]
) -> None:
    await wished(talk)
    await talk.says(text, "affirm", **changes)

    assert talk.keys == ["utter_delete_not_yet", "utter_delete_confirm"]
    assert not fake.asked


async def test_somebody_elses_yes_in_the_conversation_is_none(talk: Talk, fake: FakeServices) -> None:
    await wished(talk)
    await talk.says("對", "affirm", person="p_2")

    assert talk.keys == ["utter_nothing_to_confirm", "utter_delete_not_done"]
    assert not fake.asked


@pytest.mark.parametrize(("text", "intent"), [("謝謝", "thanks"), ("你好", "greet")])
async def test_small_talk_puts_no_card_back_in_front_of_anybody(
    talk: Talk, fake: FakeServices, text: str, intent: str
) -> None:
    await wished(talk)
    await talk.says(text, intent)
    assert talk.keys == [f"utter_{intent}", "utter_delete_not_done"]

    await talk.says("對", "affirm")
    assert talk.keys == ["utter_nothing_to_confirm"]
    assert not fake.asked


async def test_a_question_is_answered_and_the_card_shown_again(talk: Talk, fake: FakeServices) -> None:
    await wished(talk)
    await talk.says("什麼是111", "ask_info")
    assert talk.keys == ["utter_info_what_is_111", "utter_info_source", "utter_delete_confirm"]

    await talk.says("好", "affirm")
    assert talk.keys == ["utter_erased"]


@pytest.mark.parametrize(
    ("text", "intent"), [("不要", "deny"), ("取消", "cancel"), ("不是", "deny"), ("no", "deny")]
)
async def test_a_no_to_the_card_says_that_nothing_was_deleted(
    talk: Talk, fake: FakeServices, text: str, intent: str
) -> None:
    await wished(talk)
    await talk.says(text, intent)

    assert talk.keys == ["utter_delete_not_done"]
    assert not fake.asked


async def test_a_yes_that_tells_of_a_loss_gets_the_emergency_card(talk: Talk, fake: FakeServices) -> None:
    await wished(talk)
    await talk.says("好 可是我剛剛轉了三萬給他", "affirm")

    assert talk.replies[0]["card"]["kind"] == "emergency"
    assert not fake.asked


async def test_a_yes_with_an_address_is_a_check(talk: Talk, fake: FakeServices) -> None:
    await wished(talk)
    await talk.says("好 https://abc.store", "affirm")

    assert [path for path, _, _ in fake.asked] == ["/v1/checks"]
    assert talk.keys[-1] == "utter_delete_not_done"


@pytest.mark.parametrize("status", [500, 403])
async def test_a_failed_erasure_is_never_called_done(talk: Talk, fake: FakeServices, status: int) -> None:
    await wished(talk)
    fake.status = status
    await talk.says("對", "affirm")

    assert talk.keys == ["utter_delete_failed"]
    assert talk.replies[0]["card"] is None


async def test_nobody_known_means_nothing_erased(talk: Talk, fake: FakeServices) -> None:
    await talk.says("刪除我的資料", "delete_my_data", person=None)
    await talk.says("對", "affirm", person=None)

    assert talk.keys == ["utter_delete_failed"]
    assert not fake.asked
