"""The desk's changes lie over whatever is shipped, and those that let a message become fraud are known as such."""

from typing import Any

import pytest

from services.registry.desk.kinds import KINDS
from services.registry.desk.overlay import Change, Operation, overlay
from services.registry.desk.reach import makes_fraud_possible
from services.registry.desk.steps import STATES
from services.registry.records import Key, Records, directory_of

DAY, LATER = "2026-11-22", "2026-12-01"
ORGANISATION = {
    "name_zh": "測試水公司", "name_en": "Test Water", "category": "utility", "aliases": [], "source": "s",
    "verified_on": DAY,
}  # fmt: skip
DOMAIN = {"role": "official", "confirmed": True, "evidence": "letter", "verified_on": DAY}
LIST = {"complete": False, "evidence": "", "verified_on": DAY}
SHIPPED: Records = {
    ("organisation", "water"): ORGANISATION,
    ("domain_list", "water"): LIST,
    ("domain", "water", "water.example"): DOMAIN,
    ("domain", "water", "bill.example"): DOMAIN,
}
PROVEN = {**SHIPPED, ("domain_list", "water"): {**LIST, "complete": True, "evidence": "letter"}}


def change(operation: Operation, *key: str, **values: Any) -> Change:
    return Change(key, operation, values)


def test_later_changes_win_and_retiring_takes_all_that_belongs_to_it() -> None:
    laid = overlay(
        SHIPPED,
        [
            change("change", "organisation", "water", name_en="Water A"),
            change("change", "organisation", "water", name_en="Water B"),
            change("add", "domain", "water", "new.example", **DOMAIN),
        ],
    )
    assert laid["organisation", "water"]["name_en"] == "Water B"
    assert ("domain", "water", "new.example") in laid
    gone = overlay(laid, [change("retire", "organisation", "water")])
    assert gone == {}


def test_a_change_goes_with_what_it_changed() -> None:
    changed = change("change", "organisation", "gone", name_en="x")
    added = change("add", "domain", "gone", "gone.example", **DOMAIN)
    assert overlay(SHIPPED, [changed, added]) == SHIPPED


def test_fields_nobody_changed_follow_what_is_shipped() -> None:
    renamed = change("change", "organisation", "water", name_en="Water B")
    newer = {
        **SHIPPED,
        ("organisation", "water"): {**ORGANISATION, "aliases": [{"text": "測水", "brackets": True}]},
    }
    laid = overlay(newer, [renamed])["organisation", "water"]
    assert (laid["name_en"], laid["aliases"]) == ("Water B", [{"text": "測水", "brackets": True}])


def test_an_added_organisation_has_a_list_that_proves_nothing() -> None:
    laid = overlay({}, [change("add", "organisation", "water", **ORGANISATION)])
    assert laid["domain_list", "water"]["complete"] is False
    facts = directory_of(laid, "test").organisations["water"]
    assert (facts.domains_complete, [name.text for name in facts.written]) == (False, ["測試水公司"])


def test_the_date_of_a_list_is_the_newest() -> None:
    laid = overlay(PROVEN, [change("change", "domain_list", "water", verified_on=LATER)])
    facts = directory_of(laid, "test").organisations["water"]
    assert (str(facts.verified_on), facts.complete_evidence) == (LATER, "letter")


@pytest.mark.parametrize(
    ("before", "made", "reaches"),
    [
        (SHIPPED, change("change", "domain_list", "water", complete=True, evidence="letter"), True),
        (PROVEN, change("change", "domain_list", "water", complete=False), False),
        (PROVEN, change("change", "domain_list", "water", evidence="another letter"), False),
        (SHIPPED, change("retire", "domain", "water", "bill.example"), True),
        (PROVEN, change("retire", "domain", "water", "bill.example"), True),
        (SHIPPED, change("change", "domain", "water", "bill.example", role="short_link"), True),
        (SHIPPED, change("change", "domain", "water", "bill.example", confirmed=False), False),
        (SHIPPED, change("add", "domain", "water", "new.example", **DOMAIN), False),
        (
            PROVEN,
            change("change", "organisation", "water", aliases=[{"text": "自來水", "brackets": False}]),
            True,
        ),
        (PROVEN, change("change", "organisation", "water", name_zh="您好"), True),
        (PROVEN, change("change", "organisation", "water", name_en="Water"), False),
        (SHIPPED, change("change", "organisation", "water", name_zh="您好"), False),
        (SHIPPED, change("retire", "organisation", "water"), True),
        (SHIPPED, change("add", "contact", "water", "phone", "1910"), False),
        (SHIPPED, change("add", "number", "1910"), False),
    ],
)
def test_what_makes_fraud_possible(before: Records, made: Change, reaches: bool) -> None:
    assert makes_fraud_possible(before, overlay(before, [made]), made) is reaches


def test_an_address_that_another_organisation_still_has_is_not_nobodys() -> None:
    shared: dict[Key, Any] = {
        **SHIPPED,
        ("organisation", "power"): ORGANISATION,
        ("domain", "power", "bill.example"): DOMAIN,
    }
    made = change("retire", "domain", "water", "bill.example")
    assert not makes_fraud_possible(shared, overlay(shared, [made]), made)


def test_a_list_proves_only_beside_an_official_address() -> None:
    """Confirming the first address of an organisation whose list is complete makes the list prove."""
    unconfirmed = {
        key: {**one, "confirmed": False} if key[0] == "domain" else one for key, one in PROVEN.items()
    }
    made = change("change", "domain", "water", "bill.example", confirmed=True)
    assert makes_fraud_possible(unconfirmed, overlay(unconfirmed, [made]), made)


def test_the_states_are_a_table() -> None:
    states = {"proposed", "approved", "rejected", "withdrawn", "undone"}
    assert set(STATES.values()) == states - {"proposed"}
    assert {state for state, _ in STATES} == {"proposed", "approved"}


def test_every_kind_says_what_its_keys_and_operations_are() -> None:
    assert {name: sorted(kind.operations) for name, kind in KINDS.items()} == {
        "organisation": ["add", "change", "retire"],
        "domain": ["add", "change", "retire"],
        "domain_list": ["change"],
        "contact": ["add", "change", "retire"],
        "number": ["add", "change", "retire"],
        "announcement": ["add"],
        "issuer": ["change"],
    }
