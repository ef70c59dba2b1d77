"""What officers found is evidence among the rest: it proves, speaks against, or matches; it outweighs no bad sign."""

from datetime import UTC, datetime

import pytest

from services.registry.campaigns.deciding import STATES
from services.registry.campaigns.findings import Finding, evidence_of
from services.registry.evaluate import Outcome, evaluate
from services.registry.facts import Facts
from services.registry.reading import read_message
from tests.unit.registry.shipped import TODAY, directory

NEUTRAL = "社區公告：管委會訂於本週六晚間開會，請住戶準時出席"
AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # 01:00 of the next day in Taipei
EVENTS = ("confirm", "undo")


def found(text: str, verdict: str | None, sender: str | None = None, app: str | None = None) -> Outcome:
    message = read_message(text, sender=sender, last3=None, app=app, directory=directory())
    facts = Facts(directory(), TODAY)
    finding = None if verdict is None else Finding(verdict, AT)
    return evaluate(message, facts, evidence_of(finding, facts))


@pytest.mark.parametrize("verdict", ["fraud", "suspicious", "official"])
def test_it_decides_where_the_rules_know_nothing(verdict: str) -> None:
    outcome = found(NEUTRAL, verdict)
    assert (outcome.decision.verdict, outcome.judged_by) == (verdict, "officer")
    [sign] = [sign for sign in outcome.decision.reasons if sign.code == f"officer_{verdict}"]
    assert sign.as_of is not None
    assert (sign.source, sign.as_of.isoformat(), sign.params["on"]) == ("officer", "2026-11-21", "11/21")


@pytest.mark.parametrize(
    ("text", "sender", "app"),
    [
        ("【台灣自來水】水費逾期，請至 https://water-tw.top 繳納", None, None),
        ("【玉山銀行】您的帳單已出", "0800000123", "sms"),
        ("【台電】電費已逾期，加LINE：cash777x 聯絡專員，輸入卡號", None, None),
    ],
)
def test_official_beside_bad_signs_stays_not_official(text: str, sender: str | None, app: str | None) -> None:
    outcome = found(text, "official", sender, app)
    assert outcome.decision.verdict != "official"


def test_what_the_rules_prove_is_theirs() -> None:
    proven = "【台灣自來水】貴戶水費逾期412元，請至 https://twwater-pay.cc/x 繳納"
    assert found(proven, None).decision.verdict == "fraud"
    assert found(proven, "fraud").judged_by == "rules"


def test_the_states_are_a_table() -> None:
    states = {"proposed", "confirmed", "undone"}
    possible = {(state, event) for state in states for event in EVENTS if (state, event) in STATES}
    assert possible == set(STATES)
    assert set(STATES.values()) <= states
    assert not [event for event in EVENTS if ("undone", event) in STATES]
