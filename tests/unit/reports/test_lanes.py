"""Every state x event of every lane: either the table says where it leads, or nothing changes."""

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.diagrams import documents, drawn
from lianfang.words import Words
from services.cases.lane import Lane, NotAllowed
from services.reports.client import Kind
from services.reports.lanes import LANES
from services.reports.steps import REASONS, STANDING, STEPS, appealed_out_of, back_to
from services.reports.tables import EMERGENCIES, OVERDUE
from tests.conftest import ROOT

WORDS = Words.load(ROOT / "domain.yml")
PAIRS = [
    (lane, state, event)
    for lane in LANES.values()
    for state, event in product(sorted(lane.states), sorted(lane.events))
]


def test_every_pair_is_in_the_table_or_refused() -> None:
    assert len(PAIRS) > 500
    for lane, state, event in PAIRS:
        if (state, event) in lane.table:
            assert lane.after(state, event) in lane.states
        else:
            with pytest.raises(NotAllowed):
                lane.after(state, event)


@pytest.mark.parametrize("lane", LANES.values(), ids=LANES.keys())
def test_every_state_is_reached_and_every_waiting_state_has_a_clock(lane: Lane) -> None:
    reached = {lane.start}
    while True:
        more = {after for (state, _), after in lane.table.items() if state in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == lane.states
    assert lane.ends <= lane.states
    clocks = (
        set(lane.deadlines) | lane.ends | {"listed", "handed_over", "appealed"}
    )  # they end with the listing
    assert lane.states <= clocks
    for state, deadline in lane.deadlines.items():
        assert (state, deadline.event) in lane.table


@pytest.mark.parametrize("lane", LANES.values(), ids=LANES.keys())
def test_every_step_has_its_way_back_and_no_other_end_opens_again(lane: Lane) -> None:
    for (state, _), step in STEPS[lane.name].items():
        assert ((step.to, back_to(state)) in lane.table) == step.undo
    for (state, event), after in lane.table.items():
        if state in lane.ends:
            assert event == back_to(after)


@given(st.data())
def test_walking_at_random_never_leaves_the_table(data: st.DataObject) -> None:
    lane = data.draw(st.sampled_from(list(LANES.values())))
    state = lane.start
    for event in data.draw(st.lists(st.sampled_from(sorted(lane.events)), max_size=30)):
        try:
            state = lane.after(state, event)
        except NotAllowed:
            continue
        assert state in lane.states
        assert event != OVERDUE or state in lane.deadlines


def test_what_stands_can_be_appealed_against_and_expires() -> None:
    for name, states in STANDING.items():
        for state in states:
            appealed = LANES[name].table[state, "appeal"]
            assert appealed == appealed_out_of(state)
            assert LANES[name].table[state, "expire"] == "expired"
            assert LANES[name].table[appealed, f"deny_to_{state}"] == state
            assert {LANES[name].table[one, "uphold"] for one in (state, appealed)} == {"upheld"}


def test_an_emergency_ends_the_same_way_whether_it_is_appealed_or_not() -> None:
    site = LANES["site"]
    for state in EMERGENCIES:
        assert site.table[state, "lapse"] == "lapsed"
        assert site.deadlines[state].event == "lapse"
        assert (state, "confirm") in site.table
    assert ("appealed_provisionally", "expire") not in site.table


def test_every_notice_and_every_reason_has_its_words() -> None:
    keys = {key for lane in LANES.values() for key in lane.notices.values()}
    keys |= {f"decision.{code}" for code in (*REASONS, "none")}
    keys |= {f"evidence.kind_{kind}" for kind in get_args(Kind)}
    assert sorted(key for key in keys if not WORDS.knows(key)) == []


def test_the_documents_tell_what_the_tables_say() -> None:
    assert documents()
    for path in documents():
        text = path.read_text(encoding="utf-8")
        assert drawn(text) == text, f"{path.name}: run python -m cli.diagrams"
