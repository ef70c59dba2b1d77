"""What a person is told about a case of any lane: its number, what it is about, how it stands, what can be done. Pure."""

from collections.abc import Sequence

from actions.lock_words import CALLS, NONE, cards_of
from actions.report_words import about, minute, more_of, stands
from lianfang.replies import Json, Reply, Say, goal_button
from services.cases.client import Act, Case

LOCK = "lock"
MOST_SHOWN = 5
# Lanes and states that have words of their own; others are told by whether they are over.
LOCK_STATES = frozenset(
    "requested provisional confirmed objected refunded released expired too_late closed".split()
)
ACTS: dict[Act, str] = {"withdraw": "btn.act_withdraw", "wrong": "btn.act_wrong", "object": "btn.act_object"}


def opened(case: Case) -> str:
    """`11/22 14:05`, Taipei."""
    return minute(case.opened_at)


def case_reply(case: Case) -> Reply:
    """One case of a lane without words of its own, with what its owner may do now."""
    acts = [
        goal_button(key, "case_act", case_id=case.number, act=act)
        for act, key in ACTS.items()
        if act in case.may
    ]
    evidence = [] if case.ended else [goal_button("btn.add_evidence", "add_evidence", case_id=case.number)]
    head = Say("utter_case_head", {"number": case.number, "opened": opened(case)})
    state = Say("utter_case_stands", {"demo": case.shown.get("demo", ""), "state": state_of(case)})
    return Reply([head, state, *more_of(case)], [*evidence, *acts, *CALLS], _card([case]))


def list_reply(cases: Sequence[Case]) -> Reply:
    """The latest cases, one line each, and a button for each."""
    shown = cases[:MOST_SHOWN]
    lines = [
        Say(
            "utter_case_line",
            {
                "number": case.number,
                "about": _about(case),
                "demo": case.shown.get("demo", ""),
                "state": state_of(case),
            },
        )
        for case in shown
    ]
    buttons = [
        {
            **goal_button("btn.case_number", "case_status", case_id=case.number),
            "words": {"number": case.number},
        }
        for case in shown
    ]
    return Reply([Say("utter_cases_list"), *lines], buttons, _card(shown))


def state_of(case: Case) -> Json:
    """How it stands, as words."""
    if case.lane == LOCK and case.state in LOCK_STATES:
        is_recorded = case.shown.get("status") == NONE and case.state == "requested"
        return {"key": f"utter_state_{'recorded' if is_recorded else case.state}"}
    return stands(case) or {"key": "utter_state_over" if case.ended else "utter_state_open"}


def _about(case: Case) -> Json:
    if case.lane != LOCK:
        return about(case)
    last4 = case.shown.get("last4")
    tail = str(last4) if last4 and last4 != "?" else None
    return cards_of(str(case.shown.get("issuer", "")), str(case.shown.get("issuer_en", "")), [tail])


def _card(cases: Sequence[Case]) -> Json:
    return {"kind": "case", "cases": [{"number": case.number, "state": case.state} for case in cases]}
