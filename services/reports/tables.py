"""The state tables of reports, put together from officers' steps, the owner's acts, appeals and deadlines. Pure."""

from collections.abc import Mapping
from datetime import timedelta

from services.cases.lane import Deadline
from services.reports.steps import APPEALED, STANDING, STEPS, appealed_out_of, back_to

OVERDUE = "overdue"  # nobody moved it in time: it stays where it is, and the queue shows it as late
TAKEN_BACK = {"withdraw": "withdraw", "wrong": "wrong"}
DENIED = "deny_to_"  # the appeal failed: the case goes on where it was
STILL_THE_OWNERS = ("reported", "accepted")  # later somebody else has judged it too: then one appeals
EMERGENCY_HOLDS = timedelta(hours=48)
EMERGENCIES = frozenset({"approved_provisionally", "appealed_provisionally"})

HOPS: Mapping[str, Mapping[str, timedelta]] = {
    "site": {
        "reported": timedelta(hours=4),
        "accepted": timedelta(hours=24),
        "lapsed": timedelta(hours=24),
        "verified": timedelta(hours=24),
        "approved": timedelta(hours=4),
        "handed_to_platform": timedelta(hours=24),  # platforms must act within a day of a notice
    },
    "message": {
        "reported": timedelta(hours=24),
        "accepted": timedelta(hours=48),
        "confirmed": timedelta(hours=48),
    },
    "appeal": {"filed": timedelta(hours=72)},
}


def denied_back_to(state: str) -> str:
    """The event that ends an appeal against a case in this state."""
    return f"{DENIED}{state}"


def overdue(lane: str) -> dict[str, Deadline]:
    """How long each hop may take."""
    return {state: Deadline(after, OVERDUE) for state, after in HOPS[lane].items()}


def _steps(lane: str) -> dict[tuple[str, str], str]:
    table = {place: step.to for place, step in STEPS[lane].items()}
    table |= {(step.to, back_to(state)): state for (state, _), step in STEPS[lane].items() if step.undo}
    return table | {(state, OVERDUE): state for state in HOPS[lane]}


def _report(lane: str) -> dict[tuple[str, str], str]:
    standing = sorted(STANDING[lane])
    table = _steps(lane)
    table |= {(state, event): "withdrawn" for state in STILL_THE_OWNERS for event in TAKEN_BACK.values()}
    table |= {("withdrawn", back_to(state)): state for state in STILL_THE_OWNERS}  # others reported it too
    table |= {(state, "appeal"): appealed_out_of(state) for state in standing}
    table |= {(appealed_out_of(state), denied_back_to(state)): state for state in standing}
    table |= {(state, "expire"): "expired" for state in (*standing, APPEALED)}
    # Also where an appeal holds nothing, or no more.
    return table | {(state, "uphold"): "upheld" for state in (*standing, APPEALED)}


TABLES: Mapping[str, Mapping[tuple[str, str], str]] = {
    "site": {
        **_report("site"),
        **{(state, "lapse"): "lapsed" for state in EMERGENCIES},
        **{(state, "uphold"): "upheld" for state in ("appealed_provisionally", "lapsed")},
        # It was confirmed while the appeal was open.
        (APPEALED, denied_back_to("appealed_provisionally")): "approved",
    },
    "message": _report("message"),
    "appeal": {**_steps("appeal"), ("filed", "withdraw"): "withdrawn"},
}
