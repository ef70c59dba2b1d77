"""Shortened trackers: the same state, a few turns, an open form whole; and how long a form has had no answer."""

from typing import Any

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.history import TURNS_KEPT, shortened, turns_without_answer, without_question

SLOTS = [AnySlot(name, mappings=[]) for name in ("lang", "check", "requested_slot")]
BEGIN: list[Event] = [
    ActionExecuted("action_session_start"),
    SessionStarted(),
    SlotSet("lang", "en"),
    ActionExecuted("action_listen"),
]


def turn(text: str, *events: Event) -> list[Event]:
    return [
        UserUttered(text, {"name": "greet"}),
        ActionExecuted("action_x"),
        BotUttered(text),
        *events,
        ActionExecuted("action_listen"),
    ]


def refused(text: str) -> list[Event]:
    """The form does not take the message: another action answers, the form asks again."""
    return [
        UserUttered(text, {"name": "greet"}),
        ActionExecutionRejected("my_form"),
        ActionExecuted("action_greet"),
        BotUttered("hello"),
        ActionExecuted("my_form"),
        BotUttered("the question"),
        SlotSet("requested_slot", "answer"),
        ActionExecuted("action_listen"),
    ]


def opened(text: str) -> list[Event]:
    return turn(text, ActionExecuted("my_form"), ActiveLoop("my_form"), SlotSet("requested_slot", "answer"))


def state(events: list[Event]) -> dict[str, Any]:
    tracker = DialogueStateTracker.from_events("s_1", events, SLOTS)
    facts = tracker.current_state()
    facts["applied"] = [str(event) for event in tracker.applied_events()][-5:]
    return facts


def users(events: list[Event]) -> list[str | None]:
    return [event.text for event in events if isinstance(event, UserUttered)]


LONG = [
    *BEGIN,
    *turn("a", SlotSet("check", "chk_1")),
    *turn("b", SlotSet("lang", "zh-TW")),
    *turn("c"),
    *turn("d", SlotSet("check", "chk_2")),
    *turn("e"),
]


@pytest.mark.parametrize(
    "events",
    [
        [],
        BEGIN,
        [*BEGIN, *turn("a")],
        LONG,
        [*LONG, *opened("f")],
        [*LONG, *opened("f"), *refused("g"), *refused("h"), *refused("i")],
        [*LONG, *opened("f"), *turn("g", ActiveLoop(None)), *turn("h"), *turn("i"), *turn("j")],
        [*LONG, AllSlotsReset(), *turn("f"), *turn("g")],
        [*LONG, *BEGIN, *turn("f"), *turn("g"), *turn("h")],
    ],
)
def test_less_events_make_the_same_state_and_are_not_shortened_again(events: list[Event]) -> None:
    short = shortened(events)
    assert state(short) == state(events)
    assert shortened(short) == short


def test_the_last_turns_are_kept_from_the_listening_before_them() -> None:
    short = shortened(LONG)
    assert users(short) == ["d", "e"]
    assert {event.key: event.value for event in short if isinstance(event, SlotSet)} == {
        "lang": "zh-TW",
        "check": "chk_2",
    }
    assert isinstance(short[2], ActionExecuted)
    assert short[2].action_name == "action_listen"
    assert len(users(short)) == TURNS_KEPT


def test_the_length_does_not_grow() -> None:
    events: list[Event] = BEGIN
    lengths = []
    for number in range(30):
        events = shortened([*events, *turn(str(number), SlotSet("check", f"chk_{number}"))])
        lengths.append(len(events))
    assert set(lengths[5:]) == {lengths[5]}


def test_an_open_form_is_kept_from_its_beginning() -> None:
    events = [*LONG, *opened("f"), *refused("g"), *refused("h"), *refused("i")]
    assert users(shortened(events)) == ["f", "g", "h", "i"]


def test_turns_that_a_form_did_not_take_are_counted_until_it_takes_one() -> None:
    assert turns_without_answer(LONG) == 0
    assert turns_without_answer([*LONG, *opened("f")]) == 0
    assert turns_without_answer([*opened("f"), *refused("g"), *refused("h")]) == 2
    assert turns_without_answer([*opened("f"), *refused("g"), *turn("h"), *refused("i")]) == 1
    assert turns_without_answer([*opened("f"), *refused("g"), *opened("h")]) == 0
    assert turns_without_answer([*opened("f"), *refused("g"), ActiveLoop(None)]) == 0
    again = shortened([*LONG, *opened("f"), *refused("g"), *refused("h"), *refused("i")])
    assert turns_without_answer(again) == 3


def test_only_the_forms_last_question_is_taken_back() -> None:
    events = [*opened("f"), *refused("g"), *refused("h")]
    said = [event.text for event in without_question(events, "my_form") if isinstance(event, BotUttered)]
    assert said == ["f", "hello", "the question", "hello"]
