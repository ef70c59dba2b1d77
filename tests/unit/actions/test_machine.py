"""The machine on a goal that does not exist yet: locking cards is one declaration, nothing else."""

import re
from typing import Any

import pytest

from actions.asking import question
from actions.goal import Confirm, Field, Goal, Heard, Told, Values, says_yes
from actions.hearing import hear
from actions.learning import learn, readings
from actions.open_goal import CONFIRM, Open, Step, advance
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import goal_button
from lianfang.text.distress import find_distress
from tests.unit.actions.turns import bot, tracker_of

STORES = ("7-ELEVEN", "全家", "萊爾富")


def find_serials(heard: Heard) -> Values:
    return heard.entities.get("serial") or tuple(re.findall(r"\b[A-Z]{4}\d{4}\b", heard.text))


def find_store(heard: Heard) -> Values:
    return tuple(store for store in STORES if store in heard.text)


def take_time(heard: Heard) -> Values:
    return tuple(re.findall(r"\d{1,2}:\d{2}", heard.text))


async def lock(_services: Services, _turn: Turn, told: Told) -> Outcome:
    return Outcome(slots={"locked": told})


LOCK = Goal(
    "lock_card",
    lock,
    fields=(
        Field("serial", "utter_ask_serial", find=find_serials, take=find_serials, many=True),
        Field(
            "store",
            "utter_ask_store",
            find=find_store,
            take=find_store,
            choices=(("全家", "btn.store_family"),),
        ),
        Field("bought", "utter_ask_bought", take=take_time, required=False),
    ),
    confirm=Confirm(
        "utter_lock_confirm",
        again="utter_lock_not_yet",
        yes=says_yes("btn.lock"),
        no=goal_button("btn.not_these", "correct"),
        words=r"鎖卡?|lock (?:it|them)",
        corrects="serial",
    ),
    show=lambda told, _seen: {"tails": [serial[-4:] for serial in told.get("serial", ())]},
    not_done="utter_lock_not_done",
)


def begun(text: str) -> Open:
    return advance(LOCK, learn(LOCK, Open("lock_card", "evt_0", "p_1"), readings(LOCK, Heard(text)))).open


def said(known: Open, text: str, intent: str = "inform", **changes: Any) -> Step | None:
    before = [bot(question(LOCK, known).as_json(), 990.0)]
    given = {"intent": intent, "before": before, **changes}
    return hear(LOCK, known, Turn(tracker_of(text, **given)))


def after(known: Open, text: str, intent: str = "inform", **changes: Any) -> Open:
    step = said(known, text, intent, **changes)
    assert step is not None
    assert not step.done
    return step.open


ALL_TOLD = "ABCD1111 跟 ABCD2222 在全家買的"


@pytest.fixture
def card() -> Open:
    shown = after(begun(ALL_TOLD), "14:05")
    assert shown.asked == CONFIRM
    return shown


@pytest.mark.parametrize(
    ("text", "asked"),
    [("我要鎖卡", "serial"), ("鎖 ABCD1111", "store"), ("全家買的卡", "serial"), (ALL_TOLD, "bought")],
)
def test_it_starts_anywhere_and_asks_only_what_is_missing(text: str, asked: str) -> None:
    assert begun(text).asked == asked


def test_several_cards_may_be_told_one_after_another() -> None:
    known = after(after(begun("鎖 ABCD1111"), "還有 ABCD2222"), "全家")

    assert known.told["serial"] == ("ABCD1111", "ABCD2222")
    assert known.asked == "bought"


def test_what_is_not_known_and_not_needed_is_skipped() -> None:
    assert after(begun(ALL_TOLD), "不記得了").asked == CONFIRM
    assert after(begun(ALL_TOLD), "沒有", "deny").told["bought"] == ()


def test_what_is_needed_and_not_known_ends_it() -> None:
    step = said(begun("我要鎖卡"), "我不知道")

    assert step is not None
    assert step.done
    assert step.open.stopped


def test_the_card_shows_what_was_told_and_its_buttons_are_for_just_that(card: Open) -> None:
    reply = question(LOCK, card)

    assert reply.card == {"kind": "choice", "confirms": "lock_card"}
    assert reply.say[0].params == {"tails": ["1111", "2222"]}
    assert [button["params"] for button in reply.buttons[:2]] == [{"seal": card.seal}] * 2
    assert begun(ALL_TOLD).seal != begun("ABCD1111 在全家買的").seal


@pytest.mark.parametrize("yes", ["對", "好 鎖卡", "鎖", "yes", "lock them", "對，鎖卡"])
@pytest.mark.parametrize("intent", ["affirm", "lock_card", "inform"])
def test_a_plain_yes_confirms(card: Open, yes: str, intent: str) -> None:
    step = said(card, yes, intent)

    assert step is not None
    assert step.done
    assert not step.open.stopped


@pytest.mark.parametrize("text", ["好像吧", "好，但只鎖一張", "對嗎？", "鎖了會怎樣", "嗯…"])
def test_anything_less_shows_the_card_again(card: Open, text: str) -> None:
    assert after(card, text, "affirm").asked == CONFIRM
    assert question(LOCK, after(card, text, "affirm")).say[0].key == "utter_lock_not_yet"


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("不是 ABCD1111，是 ABCD3333", ("ABCD2222", "ABCD3333")),
        ("不對，只有 ABCD3333", ("ABCD3333",)),
        ("不是 ABCD1111", ("ABCD2222",)),
        ("還有 ABCD3333", ("ABCD1111", "ABCD2222", "ABCD3333")),
        ("no, I meant ABCD3333", ("ABCD3333",)),
    ],
)
@pytest.mark.parametrize("intent", ["deny", "inform", "affirm"])
def test_a_correction_changes_the_details_and_shows_the_card_again(
    card: Open, text: str, serials: Values, intent: str
) -> None:
    changed = after(card, text, intent)

    assert changed.told["serial"] == serials
    assert changed.asked == CONFIRM
    assert changed.seal != card.seal


@pytest.mark.parametrize("text", ["不是這兩張", "不對", "另一張", "no, the other one", "wrong ones"])
def test_not_this_one_asks_for_it_again_and_keeps_the_rest(card: Open, text: str) -> None:
    changed = after(card, text, "deny")

    assert changed.asked == "serial"
    assert changed.told["store"] == ("全家",)


def test_the_other_one_that_was_named_too_is_taken() -> None:
    known = after(begun("ABCD1111 在全家還是 7-ELEVEN 買的"), "不記得")
    first = known.told["store"][0]
    changed = after(known, "不是，是另一家", "deny")

    assert changed.told["store"] != (first,)
    assert changed.told["store"][0] in {"全家", "7-ELEVEN"}
    assert after(changed, "另一家", "deny").told["store"] == (first,)


@pytest.mark.parametrize(
    ("text", "intent"), [("不要", "deny"), ("取消", "cancel"), ("我要退費", "refund_card")]
)
def test_no_stop_and_another_wish_are_for_their_own_actions(card: Open, text: str, intent: str) -> None:
    assert said(card, text, intent) is None
    assert said(begun("我要鎖卡"), text, intent) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我剛剛轉了三萬給他", "inform"),
        ("我不想活了", "nlu_fallback"),
        ("【客服】您的卡片異常，請點 https://a.top 驗證", "inform"),
        ("什麼是小白單", "inform"),
        ("http://a.top", "inform"),
    ],
)
def test_what_comes_before_any_form(card: Open, text: str, intent: str) -> None:
    assert said(card, text, intent) is None
    assert said(begun("我要鎖卡"), text, intent) is None


def test_what_may_be_a_loss_ends_nothing() -> None:
    told = "網站打不開了，訂單也查不到"

    assert find_distress(told).loss
    assert not find_distress(told).sure
    assert said(begun("我要鎖卡"), told, "inform") is not None


def test_a_weak_likeness_to_another_goal_steals_no_answer() -> None:
    known = begun("鎖 ABCD1111")

    assert after(known, "全家", "already_scammed", confidence=0.4).told["store"] == ("全家",)
    assert after(known, "全家", "refund_card", confidence=0.9).told["store"] == (
        "全家",
    )  # stands on a button
    assert said(known, "我要退費", "refund_card", confidence=0.9) is None


def test_two_answers_that_do_not_fit() -> None:
    known = after(begun("鎖 ABCD1111"), "夜市")
    assert question(LOCK, known).say[0].key == "utter_ask_store_again"
    step = said(known, "路邊攤")
    assert step is not None
    assert step.open.stopped

    assert after(after(begun(ALL_TOLD), "嗯嗯"), "呃").asked == CONFIRM  # what is not needed is left out


@pytest.mark.parametrize(
    ("tap", "outcome"),
    [
        ({"intent": "confirm", "entities": {"seal": "SEAL"}}, "done"),
        ({"intent": "confirm", "entities": {"seal": "0" * 12}}, "again"),
        ({"intent": "confirm", "entities": {}}, "again"),
        ({"intent": "correct", "entities": {"seal": "SEAL"}}, "serial"),
        ({"intent": "skip", "entities": {"field": "bought"}}, None),
        ({"intent": "lock_card", "entities": {"store": "全家", "run": "evt_9"}}, None),
        ({"intent": "cancel", "entities": {}}, None),
    ],
)
def test_taps_count_for_what_they_stood_under(card: Open, tap: dict[str, Any], outcome: str | None) -> None:
    entities = {name: value.replace("SEAL", card.seal) for name, value in tap["entities"].items()}
    step = said(card, f"/{tap['intent']}", tap["intent"], kind="tap", entities=entities)

    if outcome is None:
        assert step is None
    elif outcome == "done":
        assert step is not None
        assert step.done
    else:
        assert step is not None
        assert (step.open.asked, step.open.tries) == ((CONFIRM, 1) if outcome == "again" else (outcome, 0))


def test_a_choice_is_taken_only_as_it_was_offered() -> None:
    known = begun("鎖 ABCD1111")
    entities = {"run": "evt_0", "store": "全家"}
    assert after(known, "/x", "lock_card", kind="tap", entities=entities).told["store"] == ("全家",)
    assert after(known, "/x", "lock_card", kind="tap", entities={**entities, "store": "<b>"}).asked == "store"


def test_somebody_else_in_the_conversation_is_not_heard(card: Open) -> None:
    assert said(card, "對", "affirm", person="p_2") is None
    assert said(card, "/confirm", "confirm", kind="tap", entities={"seal": card.seal}, person="p_2") is None


def test_it_survives_the_slot() -> None:
    known = begun("ABCD1111 在全家還是 7-ELEVEN 買的")

    assert Open.of(known.as_slot()) == known
    assert Open.of(None) is None
    assert Open.of({"something": "else"}) is None
