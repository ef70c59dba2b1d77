"""The steps of reports (services/reports/steps.py) as the console offers them, each with the step that takes it back."""

from collections.abc import Mapping, Sequence

from services.console.desk import StepOffered
from services.reports.steps import ADMIN, LEGAL_BASES, REASONS, STEPS, Step, back_to

_OF_ADDRESSES = ("host", "domain", "page")
SCOPES: Mapping[str, Sequence[str]] = {"message": (*_OF_ADDRESSES, "exact")}  # numbers and ids have no other


def choices_of(lane: str) -> Mapping[str, Sequence[str]]:
    """Of what is chosen from codes: the codes."""
    return {
        "reason": tuple(sorted(REASONS)),
        "scope": SCOPES.get(lane, _OF_ADDRESSES),
        "legal_basis": tuple(LEGAL_BASES),
    }


def steps_of(lane: str) -> Mapping[tuple[str, str], StepOffered]:
    """Every step of the lane; whoever could have taken one may take it back, and an admin."""
    offered = {place: _offered(step) for place, step in STEPS[lane].items()}
    for (state, _), step in STEPS[lane].items():
        if step.undo:
            back = step.to, back_to(state)
            roles = step.roles | {ADMIN} | (offered[back].roles if back in offered else frozenset())
            offered[back] = StepOffered(state, roles, undo=True)
    return offered


def _offered(step: Step) -> StepOffered:
    may = (("targets",) if "scope" in step.needs else ()) + (("typed",) if step.purpose else ())
    return StepOffered(step.to, step.roles, step.apart, step.needs, may, weighs=step.purpose is not None)
