"""What every declaration must hold, so that a new one is complete when these pass."""

import pytest

from actions.goal import Goal
from actions.goals import GOALS
from bot.goals import CONFIRMING
from bot.goals import GOALS as ALLOWED
from lianfang.words import Words
from tests.conftest import ROOT
from tests.unit.actions.talk import ACTION_OF

WORDS = Words.load(ROOT / "domain.yml")


@pytest.mark.parametrize("goal", GOALS.values(), ids=list(GOALS))
def test_a_goal_is_complete(goal: Goal) -> None:
    assert ACTION_OF[goal.name] == "action_goal"
    assert WORDS.knows(goal.not_done)
    names = [one.name for one in goal.fields]
    assert len(set(names)) == len(names)
    assert set(goal.carries) <= set(names)
    if goal.confirm:
        assert goal.not_done != "utter_nothing_done"
        assert goal.confirm.corrects in {*names, ""}
        assert all(WORDS.knows(key) for key in (goal.confirm.card, goal.confirm.again))
        assert WORDS.knows(goal.confirm.yes({}, {}))
    for one in goal.fields:
        assert all(WORDS.knows(key) for key in (one.lacking, one.why) if key)


@pytest.mark.parametrize(
    ("goal", "name"),
    [(goal, one.name) for goal in GOALS.values() for one in goal.fields if one.choices and one.ask],
)
def test_what_can_be_tapped_is_on_the_gateways_list(goal: Goal, name: str) -> None:
    carried = set(goal.carries) if goal.carries or goal.interrupts else {"run"}

    assert carried | {name} <= ALLOWED[goal.name]


def test_the_buttons_of_the_form_are_on_it_too_and_a_yes_is_good_for_minutes() -> None:
    assert {name: ALLOWED[name] for name in ("confirm", "correct", "skip")} == {
        "confirm": {"seal"},
        "correct": {"seal"},
        "skip": {"field"},
    }
    assert frozenset({"confirm"}) == CONFIRMING
