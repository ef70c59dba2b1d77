"""Steps that somebody else must take: read from the case's history, by person and by organisation."""

from collections.abc import Sequence

from lianfang.events import Event
from services.console.desk import Apart


def free_for(
    history: Sequence[Event], apart: Apart | None, person: str, organisations: frozenset[str]
) -> frozenset[str]:
    """The organisations for which this person may take a step with that rule; none when somebody else must."""
    if apart is None:
        return organisations
    steps = [event for event in history if event.actor_kind == "officer"]
    if any(event.actor == person for event in steps):
        return frozenset()
    if apart == "person":
        return organisations
    return organisations - {event.params.get("organisation") for event in steps}
