"""How a report or an appeal stands: its state, the last step, the next deadline, and only what is true of 165. Pure."""

from datetime import datetime
from typing import Any

from lianfang.clock import TAIPEI
from lianfang.replies import Json, Say
from services.cases.client import Case

REPORTS, APPEAL = frozenset({"site", "message"}), "appeal"
STATES = frozenset(
    "reported accepted verified approved_provisionally lapsed approved handed_over handed_to_platform removed confirmed"
    " listed rejected withdrawn upheld expired appealed appealed_provisionally".split()
)
APPEAL_STATES = frozenset({"filed", "upheld", "denied"})
WITHDRAWN = "withdrawn"
# States into which 165 itself can have brought a report: said only of what it answered (design rule 11).
BY_165 = frozenset({"reported", "accepted", "rejected"})
# What the deadline of a state ends: a listing, an approval that nobody confirmed, else somebody's time to take a step.
ENDS = dict.fromkeys(("listed", "handed_over", "appealed"), "listing") | {
    "approved_provisionally": "approval",
    "appealed_provisionally": "approval",
}
LIVE = "live"


def stands(case: Case) -> Json | None:
    """The words of its state; None for a lane or a state that has none here."""
    state, shown = WITHDRAWN if case.shown.get("left") else case.state, case.shown
    params = {"why": shown.get("why", ""), "hotline": _number_of_165(str(shown.get("hotline", "")))}
    if case.lane in REPORTS and state in STATES:
        is_theirs = state in BY_165 and shown.get("status") != "none" and bool(shown.get("by_165"))
        return {"key": f"utter_stands_{state}{'_165' if is_theirs else ''}", "params": params}
    if case.lane == APPEAL and state in APPEAL_STATES:
        return {"key": f"utter_stands_appeal_{state}", "params": params}
    return {"key": "utter_stands_withdrawn", "params": params} if state == WITHDRAWN else None


def more_of(case: Case) -> list[Say]:
    """Below the state: when the last step was taken, what is due when, whether 165 knows of it."""
    lines = []
    demo = case.shown.get("demo", "")
    if case.changed_at != case.opened_at:
        lines.append(Say("utter_case_last_step", {"demo": demo, "at": minute(case.changed_at)}))
    if case.due_at and not case.shown.get("left"):
        due = {"demo": demo, "due": minute(case.due_at)}
        lines.append(Say(f"utter_case_due_{ENDS.get(case.state, 'step')}", due))
    return lines + _of_165(case)


def about(case: Case) -> Json:
    what: dict[str, Any] = {"what": case.shown.get("what", "")}
    return {"key": "utter_about_appeal" if case.lane == APPEAL else "utter_about_report", "params": what}


def minute(moment: str) -> str:
    """`11/22 14:05`, Taipei."""
    return f"{datetime.fromisoformat(moment).astimezone(TAIPEI):%m/%d %H:%M}"


def _number_of_165(number: str) -> Json | str:
    return {"key": "utter_hotline_number", "params": {"number": number}} if number else ""


def _of_165(case: Case) -> list[Say]:
    status = case.shown.get("status")
    if case.lane not in REPORTS or case.ended or case.shown.get("left") or status is None:
        return []
    if status == LIVE and (case.shown.get("by_165") or case.state != "reported"):
        return []
    return [Say(f"utter_case_165_{status}")]
