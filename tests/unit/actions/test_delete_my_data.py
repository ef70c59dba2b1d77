from typing import Any

import pytest

from actions.confirm import ActionAffirm, ActionCancel, ActionDeny
from actions.delete_my_data import ActionConfirmDelete, ActionDeleteMyData
from actions.services import Services
from tests.unit.actions.turns import FakeServices, Said, bot, run, tracker_of, user

CONFIRM = {"say": [{"key": "utter_delete_confirm"}], "card": {"kind": "choice", "confirms": "delete_my_data"}}

NO_PLAIN_YES = (
    "好吧我想想", "好煩", "好貴", "嗯…", "是喔", "確定嗎？", "可以吧？", "ok?", "yes?", "好的，刪掉他的就好", "好…",
    "好吧", "要想想", "是他", "ok but later", "delete my card", "好 刪我朋友的", "對不起",
)  # fmt: skip


async def affirmed(services: Services, text: str = "對", **changes: Any) -> Said:
    given = {"before": [user("刪除我的資料", 890.0), bot(CONFIRM, 900.0)], **changes}
    return await run(ActionAffirm(services), tracker_of(text, intent="affirm", **given))


async def test_the_wish_is_answered_by_a_question_and_nothing_else(
    services: Services, fake: FakeServices
) -> None:
    said = await run(ActionDeleteMyData(services), tracker_of("刪除我的資料", intent="delete_my_data"))

    assert said.reply["card"] == {"kind": "choice", "confirms": "delete_my_data"}
    assert said.goals == ["confirm_delete", "cancel"]
    assert not fake.asked


async def test_the_tap_erases_once(services: Services, fake: FakeServices) -> None:
    said = await run(
        ActionConfirmDelete(services), tracker_of("/confirm_delete", intent="confirm_delete", kind="tap")
    )

    path, _, headers = fake.asked[0]
    assert path == "/v1/people/me/erase"
    assert headers["X-Person"] == "p_1"
    assert headers["Idempotency-Key"] == "evt_1:erase"
    assert said.reply["card"] == {"kind": "erased"}
    assert said.keys == ["utter_erased"]


async def test_the_same_intent_without_a_tap_erases_nothing(services: Services, fake: FakeServices) -> None:
    said = await run(ActionConfirmDelete(services), tracker_of("confirm", intent="confirm_delete"))

    assert said.keys == ["utter_delete_ask_again"]
    assert not fake.asked


@pytest.mark.parametrize(
    "yes",
    [
        "對",
        "好",
        "好。",
        "好好",
        "是的！",
        "確定刪除",
        "確定，刪除",
        "刪吧",
        "ＯＫ",
        "Yes!",
        "yes please",
        "delete it",
        "确定删除",
    ],
)
async def test_a_typed_yes_to_the_card_shown_last_erases(services: Services, yes: str) -> None:
    assert (await affirmed(services, yes)).keys == ["utter_erased"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("對", {"at": 1501.0}),
        ("好，但不要刪語言", {}),
        ("yes but keep my language", {}),
        ("對", {"group": True}),
        ("對", {"shown_since_core": True}),
        *((text, {}) for text in NO_PLAIN_YES),
    ],
)
async def test_a_late_conditional_or_group_yes_erases_nothing(
    services: Services, fake: FakeServices, text: str, changes: dict[str, Any]
) -> None:
    assert (await affirmed(services, text, **changes)).keys == ["utter_delete_ask_again"]
    assert not fake.asked


async def test_a_yes_after_something_else_was_shown_does_nothing(
    services: Services, fake: FakeServices
) -> None:
    other = bot({"say": [{"key": "utter_greet"}], "card": None}, 950.0)
    said = await affirmed(services, before=[bot(CONFIRM, 900.0), user("你好", 940.0), other])

    assert said.keys == ["utter_nothing_to_confirm"]
    assert not fake.asked


@pytest.mark.parametrize("action", [ActionDeny, ActionCancel])
async def test_a_no_to_the_card_says_that_nothing_was_deleted(
    services: Services, fake: FakeServices, action: type[ActionDeny]
) -> None:
    said = await run(action(services), tracker_of("不要", before=[bot(CONFIRM, 900.0)]))

    assert said.keys == ["utter_delete_not_done"]
    assert not fake.asked


@pytest.mark.parametrize("status", [500, 403])
async def test_a_failed_erasure_is_never_called_done(
    services: Services, fake: FakeServices, status: int
) -> None:
    fake.status = status
    said = await affirmed(services)

    assert said.keys == ["utter_delete_failed"]
    assert said.reply["card"] is None


async def test_nobody_known_means_nothing_erased(services: Services, fake: FakeServices) -> None:
    assert (await affirmed(services, person=None)).keys == ["utter_delete_failed"]
    assert not fake.asked
