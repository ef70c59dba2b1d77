"""The two-person rule as a table: who was there before, who comes, for whom, and what is answered."""

from datetime import datetime, timezone

import pytest

from services.reports.apart import NotApart, offices_for
from services.reports.history import Deed, last_move, standing
from services.reports.steps import (
    MESSAGE_STEPS,
    SITE_STEPS,
    STEPS,
    TWO_ORGANISATIONS,
    Apart,
    back_to,
    states_of,
)

AT = datetime(2026, 11, 22, tzinfo=timezone.utc)
NPA, TIEA, MODA = ("165", "npa"), ("association", "tiea"), ("authority", "moda")


def deed(event: str, before: str, after: str, person: str, organisation: str | None) -> Deed:
    return Deed(event, before, after, person, organisation, "any" if organisation else None, AT)


ACCEPTED = deed("accept", "reported", "accepted", "ann", "npa")
VERIFIED = deed("verify", "accepted", "verified", "ben", "tiea")

# apart, earlier steps, who comes, what everybody is bound to now -> the organisations open, or why none is
TABLE = [
    (None, [ACCEPTED], "ann", {"ann": {NPA}}, ["npa"]),
    ("person", [ACCEPTED], "ann", {"ann": {NPA}}, "same_person"),
    ("person", [ACCEPTED], "abe", {"abe": {NPA}}, ["npa"]),
    ("organisation", [ACCEPTED], "ann", {"ann": {MODA}}, "same_person"),
    ("organisation", [ACCEPTED], "abe", {"abe": {NPA}}, "same_organisation"),
    ("organisation", [ACCEPTED], "cid", {"cid": {MODA}}, ["moda"]),
    ("organisation", [ACCEPTED, VERIFIED], "cid", {"cid": {MODA, TIEA}}, ["moda"]),
    ("organisation", [ACCEPTED, VERIFIED], "cid", {"cid": {TIEA}}, "same_organisation"),
    # Whoever acted for another organisation yesterday is still one of today's.
    ("organisation", [ACCEPTED], "cid", {"cid": {MODA}, "ann": {MODA}}, "same_organisation"),
    ("organisation", [ACCEPTED], "cid", {}, "role_missing"),
    ("organisation", [], "cid", {"cid": {("auditor", "moda")}}, "role_missing"),
    # A reporter's own acts are nobody's office.
    ("organisation", [deed("withdraw", "reported", "withdrawn", "cid", None)], "cid", {"cid": {MODA}}, ["moda"]),
    # A partner that accepted counts as the organisation it is.
    ("organisation", [deed("accept", "reported", "accepted", "165", "165")], "cid", {"cid": {("165", "165")}}, "same_organisation"),
]  # fmt: skip


@pytest.mark.parametrize(("apart", "earlier", "person", "bound", "answer"), TABLE)
def test_the_rule(
    apart: Apart | None,
    earlier: list[Deed],
    person: str,
    bound: dict[str, set[tuple[str, str]]],
    answer: list[str] | str,
) -> None:
    assert answered(apart, earlier, person, bound) == answer


def answered(
    apart: Apart | None, earlier: list[Deed], person: str, bound: dict[str, set[tuple[str, str]]]
) -> list[str] | str:
    roles = {"165", "association", "authority"}
    try:
        offices = offices_for(roles, apart, earlier, person=person, bound=bound)
    except NotApart as refused:
        return refused.code
    return [organisation for _, organisation in offices]


def test_what_was_taken_back_does_not_count() -> None:
    undone = deed(back_to("accepted"), "verified", "accepted", "ben", "tiea")
    assert standing([ACCEPTED, VERIFIED, undone]) == [ACCEPTED]
    assert last_move([ACCEPTED, VERIFIED, undone]) == undone


def test_being_overdue_moves_nothing() -> None:
    late = Deed("overdue", "accepted", "accepted", None, None, None, AT)
    assert standing([ACCEPTED, late]) == [ACCEPTED]
    assert last_move([ACCEPTED, late]) == ACCEPTED


def test_nothing_is_listed_or_blocked_by_one_person() -> None:
    for steps in (SITE_STEPS, MESSAGE_STEPS):
        for step in steps.values():
            assert step.purpose is None or step.apart is not None
    assert all(step.apart == "organisation" for step in SITE_STEPS.values() if step.purpose)
    assert {"phone", "account", "line_id", "chat"} == TWO_ORGANISATIONS


def test_every_way_to_a_listing_leads_past_another_person_in_office() -> None:
    for steps, start in ((SITE_STEPS, "reported"), (MESSAGE_STEPS, "reported")):
        assert not [step for (state, _), step in steps.items() if state == start and step.purpose]


def test_a_role_has_a_queue_where_it_has_a_step() -> None:
    assert states_of("site", "165") == ("reported",)
    assert states_of("site", "association") == (
        "accepted",
        "appealed_provisionally",
        "approved_provisionally",
        "handed_to_platform",
        "lapsed",
        "verified",
    )
    assert states_of("site", "registry_desk") == ()
    assert all(step.roles for steps in STEPS.values() for step in steps.values())
