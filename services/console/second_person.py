"""Steps that somebody else must take: read from the case's history, by person and by organisation."""

from collections.abc import Sequence

from lianfang.events import Event
from services.console.desk import StepOffered


def free_for(
    history: Sequence[Event], step: StepOffered, person: str, organisations: frozenset[str]
) -> frozenset[str]:
    """The organisations for which this person may take this step; none when somebody else must."""
    if step.apart is None:
        return organisations
    counted = step.earlier
    steps = [
        event
        for event in history
        if event.actor_kind == "officer" and (counted is None or event.params.get("event") in counted)
    ]
    if any(event.actor == person for event in steps):
        return frozenset()
    if step.apart == "person":
        return organisations
    return organisations - {event.params.get("organisation") for event in steps}
