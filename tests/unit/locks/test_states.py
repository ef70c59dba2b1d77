"""Every pair of state and event, of the card and of the lock: a step of the table, or refused with nothing changed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.lane import NotAllowed
from services.locks import card_states as card
from services.locks import lock_states as states
from services.locks.lane import LOCK
from services.locks.rules import COURSES

CARD_STEPS = {
    ("held", "permit"): "permitted",
    ("permitted", "credited"): "credited",
    ("permitted", "not_credited"): "held",
    ("credited", "spent"): "spent",
    ("held", "lock"): "locked",
    ("locked", "release"): "held",
    ("locked", "refund"): "refunded",
    **{(state, "credited_by_own_rule"): "credited" for state in ("held", "permitted", "locked")},
}


@pytest.mark.parametrize(
    ("state", "event"), list(itertools.product(sorted(card.STATES), sorted(card.EVENTS)))
)
def test_each_step_of_a_card(state: str, event: str) -> None:
    if (state, event) in CARD_STEPS:
        assert card.step(state, event) == CARD_STEPS[state, event]
        return
    with pytest.raises(card.OutOfOrder) as refused:
        card.step(state, event)
    assert (refused.value.state, refused.value.event) == (state, event)


@pytest.mark.parametrize(
    ("state", "event"), list(itertools.product(sorted(LOCK.states), sorted(LOCK.events)))
)
def test_each_step_of_a_lock(state: str, event: str) -> None:
    if (state, event) in states.TABLE:
        assert LOCK.after(state, event) == states.TABLE[state, event]
        assert state not in states.ENDS
        return
    with pytest.raises(NotAllowed):
        LOCK.after(state, event)


@given(st.lists(st.sampled_from(sorted(card.EVENTS)), max_size=40))
def test_a_card_is_never_credited_out_of_a_lock_but_by_the_issuers_own_rule(events: list[str]) -> None:
    """Whatever comes in whatever order: what crediting and locking lead to exclude each other."""
    state, course = card.START, [card.START]
    for event in events:
        before = state
        try:
            state = card.step(state, event)
        except card.OutOfOrder:
            assert (before, event) not in card.TABLE
            continue
        course.append(state)
        if event in {"credited", "permit"}:
            assert before in {card.PERMITTED, card.HELD}
        if event == "lock":
            assert before == card.HELD
    if card.REFUNDED in course:
        assert course[-1] == card.REFUNDED
    if course[-1] in card.GONE and "credited_by_own_rule" not in events:
        assert course[course.index(card.CREDITED) - 1] == card.PERMITTED


def test_every_state_of_a_card_has_a_course_for_a_request() -> None:
    assert set(COURSES) == card.STATES


def test_every_state_of_a_lock_is_reached_and_every_end_is_an_end() -> None:
    reached = {LOCK.start}
    for _ in LOCK.states:
        reached |= {after for (state, _), after in LOCK.table.items() if state in reached}

    assert reached == LOCK.states
    assert {state for state in LOCK.states if not any(state == one for one, _ in LOCK.table)} == LOCK.ends


def test_what_locks_a_card_is_a_standing_lock() -> None:
    entered = {
        after for (_, event), after in states.TABLE.items() if event in {"match", "confirm", "keep", "object"}
    }
    assert entered == states.STANDING


def test_deadlines_and_owners_acts_are_steps() -> None:
    for state, deadline in LOCK.deadlines.items():
        assert (state, deadline.event) in LOCK.table
    for event in LOCK.owner_events.values():
        assert event in LOCK.events
