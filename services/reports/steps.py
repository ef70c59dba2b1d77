"""What officers do with a report, as data: who may take which step, apart from whom, and what must be given with it.

The lanes' tables (lanes.py), the two-person rule (apart.py) and the console's buttons are read from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Apart = Literal["person", "organisation"]
Need = Literal["reason", "scope", "until", "legal_basis", "unit"]
Purpose = Literal["list", "block"]

BACK = "back_to_"
ADMIN = "admin"


@dataclass(frozen=True)
class Step:
    """One step out of one state.

    `apart`: whoever takes it was in none of the earlier steps that stand, `person`: not himself, `organisation`: nor
    anybody of his organisations. `purpose`: what the guard is asked before it. `undo`: one step leads back.
    """

    to: str
    roles: frozenset[str]
    apart: Apart | None = None
    needs: tuple[Need, ...] = ()
    purpose: Purpose | None = None
    undo: bool = True


Steps = Mapping[tuple[str, str], Step]


def _by(*roles: str) -> frozenset[str]:
    return frozenset(roles)


_REASON: tuple[Need, ...] = ("reason",)
_HOTLINE, _ASSOCIATION, _AUTHORITY = _by("165"), _by("association"), _by("authority")
_DESK = _by("165", "registry_desk")
_ANY_DESK = _by("165", "registry_desk", "association")

SITE_STEPS: Steps = {
    ("reported", "accept"): Step("accepted", _HOTLINE),
    ("reported", "reject"): Step("rejected", _HOTLINE, needs=_REASON),
    ("accepted", "verify"): Step("verified", _ASSOCIATION, "organisation", ("scope",), "list"),
    ("accepted", "reject"): Step("rejected", _ASSOCIATION, needs=_REASON),
    ("accepted", "approve_provisionally"): Step(
        "approved_provisionally", _AUTHORITY, "organisation", ("reason", "scope", "legal_basis", "unit"), "block"
    ),
    ("approved_provisionally", "confirm"): Step(
        "approved", _by("association", "authority"), "organisation", ("until",), "block"
    ),
    ("approved_provisionally", "reject"): Step("rejected", _by("association", "authority"), needs=_REASON),
    ("appealed_provisionally", "confirm"): Step(
        "appealed", _by("association", "authority"), "organisation", ("until",), "block"
    ),
    ("lapsed", "verify"): Step("verified", _ASSOCIATION, "organisation", ("scope",), "list"),
    ("lapsed", "reject"): Step("rejected", _ASSOCIATION, needs=_REASON),
    ("verified", "approve"): Step("approved", _AUTHORITY, "organisation", ("legal_basis", "unit", "until"), "block"),
    ("verified", "reject"): Step("rejected", _AUTHORITY, needs=_REASON),
    ("verified", "hand_to_platform"): Step("handed_to_platform", _by("association", "authority")),
    ("handed_to_platform", "removed"): Step("removed", _by("association", "authority")),
    ("approved", "hand_over"): Step("handed_over", _AUTHORITY),
}  # fmt: skip

MESSAGE_STEPS: Steps = {
    ("reported", "accept"): Step("accepted", _DESK),
    ("reported", "reject"): Step("rejected", _DESK, needs=_REASON),
    ("accepted", "confirm"): Step("confirmed", _ANY_DESK),
    ("accepted", "reject"): Step("rejected", _DESK, needs=_REASON),
    ("confirmed", "list"): Step("listed", _ANY_DESK, "person", ("scope", "until"), "list"),
    ("confirmed", "reject"): Step("rejected", _ANY_DESK, needs=_REASON),
}

APPEAL_STEPS: Steps = {
    ("filed", "uphold"): Step(
        "upheld", _by("authority", "association", "registry_desk"), "organisation", _REASON, undo=False
    ),
    ("filed", "deny"): Step(
        "denied", _by("authority", "association", "registry_desk"), "organisation", _REASON, undo=False
    ),
}

STEPS: Mapping[str, Steps] = {"site": SITE_STEPS, "message": MESSAGE_STEPS, "appeal": APPEAL_STEPS}

# What a decision lists stands in these states, and in them one may appeal against it.
STANDING: Mapping[str, frozenset[str]] = {
    "site": frozenset(
        {"verified", "approved_provisionally", "approved", "handed_over", "handed_to_platform"}
    ),
    "message": frozenset({"listed"}),
    "appeal": frozenset(),
}
APPEALED = "appealed"
# An emergency goes on running while somebody appeals: another organisation can still confirm it.
APPEALED_OUT_OF: Mapping[str, str] = {"approved_provisionally": "appealed_provisionally"}
UNDER_APPEAL = frozenset({APPEALED, *APPEALED_OUT_OF.values()})

# Numbers and ids belong to persons: two organisations, where for an address everybody can look at two persons do.
TWO_ORGANISATIONS = frozenset({"phone", "account", "line_id", "chat"})

REASONS = frozenset(
    {
        "not_fraud", "not_enough_evidence", "unreachable", "not_ours", "duplicate", "private_quarrel", "test",
        "property_at_risk", "public_interest",
        "wrongly_listed", "owner_repaired_it", "evidence_stands", "no_new_facts",
    }
)  # fmt: skip

# Names of articles are shown to officers beside the code; which of them holds is the authority's decision.
LEGAL_BASES: Mapping[str, str] = {
    "fraud_act_42": "詐欺犯罪危害防制條例第42條",
    "court_decision": "法院裁定",
    "administrative_disposition": "行政處分",
    "emergency_self_regulation": "DNS RPZ 緊急處置（業者自律）",
}


def is_listing(lane: str, state: str) -> bool:
    """Whether what was decided is listed while the case is in this state; an appeal alone ends nothing."""
    return state in STANDING.get(lane, ()) or state in UNDER_APPEAL


def appealed_out_of(state: str) -> str:
    """The state of a case while somebody looks again, when it stood in `state`."""
    return APPEALED_OUT_OF.get(state, APPEALED)


def back_to(state: str) -> str:
    """The event that undoes a step out of `state`."""
    return f"{BACK}{state}"


def roles_at(lane: str, state: str) -> frozenset[str]:
    """Whoever can do something with a case in this state."""
    return frozenset(role for (one, _), step in STEPS[lane].items() if one == state for role in step.roles)


def states_of(lane: str, role: str) -> tuple[str, ...]:
    """The states in which a case waits for this role."""
    return tuple(sorted({state for (state, _), step in STEPS[lane].items() if role in step.roles}))
