"""What the desk's guards ask of a change, beyond its fields."""

from datetime import date
from typing import Any

import pytest

from services.registry.desk.guards import MOST_ANNOUNCEMENTS, listable_keys, refusal
from services.registry.desk.overlay import Change, Operation, overlay
from services.registry.records import Key, Records, directory_of
from tests.unit.registry.shipped import TODAY

DAY = TODAY.isoformat()
PROOF: dict[str, Any] = {"confirmed": True, "evidence": "letter", "verified_on": DAY}
RECORDS: Records = {
    ("organisation", "water"): {
        "name_zh": "測試水公司", "name_en": "Test Water", "category": "utility", "source": "s", "verified_on": DAY,
        "aliases": [{"text": "水", "brackets": True}],
    },
    ("domain_list", "water"): {"complete": False, "evidence": "", "verified_on": DAY},
    ("domain", "water", "gov.test.tw"): {**PROOF, "role": "suffix"},
    ("contact", "water", "short_code", "111"): PROOF,
    ("contact", "water", "short_code", "68999"): PROOF,
    ("organisation", "power"): {
        "name_zh": "測試電公司", "name_en": "Test Power", "category": "utility", "source": "s", "verified_on": DAY,
        "aliases": [],
    },
}  # fmt: skip


def refused(
    operation: Operation, *key: str, before: Records = RECORDS, today: date = TODAY, **values: Any
) -> str | None:
    change = Change(key, operation, values)
    laid = overlay(before, [])
    return refusal(change, laid, overlay(laid, [change]), directory_of(laid, "test"), today)


def contact(kind: str, value: str, organisation: str = "power", **more: Any) -> str | None:
    return refused("add", "contact", organisation, kind, value, **{**PROOF, **more})


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("short_code", "111", None),
        ("short_code", "68999", "belongs_to_another"),
        ("short_code", "935*", None),
        ("short_code", "12", "not_a_contact"),
        ("short_code", "1234567", "not_a_contact"),
        ("phone", "02-1234-5678", None),
        ("phone", "+886912345678", "not_a_contact"),
        ("phone", "0912345678901234567", "not_a_contact"),
        ("line_id", "@testpower", None),
        ("line_id", "abc", "not_a_contact"),
        ("bank_code", "0041", "not_a_contact"),
        ("bank_code", "004", None),
    ],
)
def test_numbers_and_ids(kind: str, value: str, code: str | None) -> None:
    assert contact(kind, value) == code


def test_a_code_may_be_noted_unconfirmed_and_belongs_to_somebody_there() -> None:
    assert contact("short_code", "68999", confirmed=False) is None
    assert contact("short_code", "68998", organisation="nobody") == "no_such_organisation"


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ({"text": "水", "brackets": True}, None),  # it stands there already
        ({"text": "電", "brackets": True}, "name_too_short"),
        ({"text": "水水", "brackets": True}, None),
        ({"text": "水水", "brackets": False}, "name_too_short"),
        ({"text": "水水水", "brackets": False}, None),
        ({"text": "Water", "brackets": False}, "name_too_short"),
        ({"text": "Waters", "brackets": False}, None),
    ],
)
def test_a_name_says_whose_it_is(alias: dict[str, Any], code: str | None) -> None:
    assert refused("change", "organisation", "water", aliases=[alias]) == code


def test_a_list_is_complete_with_evidence_and_an_official_domain() -> None:
    proven: dict[str, Any] = {"complete": True, "evidence": "letter", "verified_on": DAY}
    assert refused("change", "domain_list", "water", **proven) == "no_official_domain"
    own: Key = ("domain", "water", "water.test.tw")
    with_domain = {**RECORDS, own: {**PROOF, "role": "official"}}
    assert refused("change", "domain_list", "water", before=with_domain, **proven) is None
    assert refused("change", "domain_list", "water", before=with_domain, complete=True) == "evidence_missing"


def test_an_ending_stays_one_and_nothing_becomes_one() -> None:
    assert refused("change", "domain", "water", "gov.test.tw", evidence="gazette") is None
    assert refused("change", "domain", "water", "gov.test.tw", role="official") == "role_not_allowed"
    assert refused("add", "domain", "water", "org.test.tw", **PROOF, role="suffix") == "role_not_allowed"


def test_nothing_was_checked_tomorrow() -> None:
    assert refused(
        "add", "domain", "water", "water.test.tw", **{**PROOF, "verified_on": "2026-11-23"}, role="official"
    ) == ("date_in_future")


def test_an_organisation_has_at_most_a_hundred_announcements_at_once() -> None:
    standing: Records = {
        ("announcement", "water", f"an_{number}"): {} for number in range(MOST_ANNOUNCEMENTS)
    }
    assert refused("add", "announcement", "water", "an_more", before={**RECORDS, **standing}) == "too_many"
    assert refused("add", "announcement", "power", "an_more", before={**RECORDS, **standing}) is None


def test_what_a_list_might_name_of_it() -> None:
    assert listable_keys(("domain", "water", "pay.water.top")) == [
        ("host", "pay.water.top"),
        ("host", "water.top"),
    ]
    assert listable_keys(("contact", "water", "phone", "02-1234-5678")) == [("phone", "0212345678")]
    assert listable_keys(("contact", "water", "line_id", "@Water")) == [("line_id", "water")]
    assert listable_keys(("contact", "water", "short_code", "111")) == []
    assert listable_keys(("organisation", "water")) == []
