"""How many asked is said once they are more than a few, with the day since when, and as no sign of anything."""

from typing import Any

import pytest

from lianfang.verdicts import verdict_reply
from tests.unit.actions.turns import CHECK


def askers(campaign: dict[str, Any] | None) -> list[dict[str, Any]]:
    said = verdict_reply({**CHECK, "campaign": campaign}).as_json()["say"]
    return [line["params"] for line in said if line["key"] == "utter_campaign"]


@pytest.mark.parametrize(
    "campaign",
    [
        None,
        {"id": None, "askers": None, "first_seen": None},
        {"id": "cp_1", "askers": 2, "first_seen": "2026-11-20T06:05:00.000Z"},
    ],
)
def test_of_a_few_nothing_is_said(campaign: dict[str, Any] | None) -> None:
    assert askers(campaign) == []


@pytest.mark.parametrize(
    ("first_seen", "since"),
    [("2026-11-20T17:05:00.000Z", "11/21"), ("2026-09-01T06:05:00.000Z", "10/23")],
)
def test_since_when_is_a_day_in_taipei_and_not_longer_than_we_remember(first_seen: str, since: str) -> None:
    assert askers({"id": "cp_1", "askers": 37, "first_seen": first_seen}) == [{"askers": 37, "since": since}]


def test_it_stands_between_the_basis_and_the_advice() -> None:
    campaign = {"id": "cp_1", "askers": 3, "first_seen": "2026-11-20T06:05:00.000Z"}
    keys = [line["key"] for line in verdict_reply({**CHECK, "campaign": campaign}).as_json()["say"]]
    place = keys.index("utter_campaign")
    assert keys[place - 1].startswith("utter_basis_")
    assert keys[place + 1].startswith("advice.")


def test_officers_judged_on_the_day_they_did() -> None:
    officer = {
        "code": "officer_official",
        "params": {"on": "11/21"},
        "source": "officer",
        "as_of": "2026-11-21",
    }
    check = {**CHECK, "verdict": "official", "judged_by": "officer", "reasons": [*CHECK["reasons"], officer]}
    said = verdict_reply(check).as_json()["say"]
    assert {"key": "utter_basis_officer", "params": {"as_of": "11/21"}} in said
