"""The history of a case as lines that officers read: who, which step, and a reason where it says more than the step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lianfang.events import Event
from services.cases.officers import CaseShown


@dataclass(frozen=True)
class Line:
    """`who` is a key of words, `name` an officer's; `office`: the organisation or partner; others are codes."""

    at: datetime
    who: str
    name: str | None
    office: str | None
    step: str
    state: str
    reason: str | None


def lines_of(case: CaseShown, names: Mapping[str, str]) -> list[Line]:
    """The latest first; `names` of officers by person."""
    return [_line(event, case, names) for event in reversed(case.history)]


def _line(event: Event, case: CaseShown, names: Mapping[str, str]) -> Line:
    step, reason = event.params.get("event"), event.reason
    if step is None:  # something was noted, and its reason says what
        step, reason = reason or "", None
    return Line(
        at=event.at,
        who=_who(event, case),
        name=names.get(event.actor or ""),
        office=event.params.get("organisation") or (event.actor if event.actor_kind == "partner" else None),
        step=step,
        state=event.to_state,
        reason=None if reason is not None and step.startswith(reason) else reason,
    )


def _who(event: Event, case: CaseShown) -> str:
    if event.actor_kind != "person":
        return f"actor.{event.actor_kind}"
    return f"party.{case.lane}.{'owner' if event.actor == case.owner else 'other'}"
