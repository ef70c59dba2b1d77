"""Histories as officers read them: who is who, and no reason that only repeats its step."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from lianfang.clock import UTC
from lianfang.events import Event
from services.cases.officers import CaseShown
from services.console.lines import Line, lines_of

AT = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
OWNER, HOLDER, OFFICER = "p_owner", "p_holder", "p_officer"


def happened(
    kind: str, actor: str | None, to: str, reason: str | None = None, **params: Any
) -> dict[str, Any]:
    return {"actor_kind": kind, "actor": actor, "to_state": to, "reason": reason, "params": params}


def case(*events: dict[str, Any], lane: str = "lock") -> CaseShown:
    opened = happened("person", OWNER, "provisional", event="match")
    history = [
        Event(number=number, at=AT + timedelta(hours=number), entity="case", entity_id="cs_1", **one)
        for number, one in enumerate((opened, *events))
    ]
    return CaseShown("cs_1", "LF-1", lane, "objected", AT, AT, None, {}, None, [], [], history)


def only(*events: dict[str, Any], lane: str = "lock") -> Line:
    """The line of the last event."""
    return lines_of(case(*events, lane=lane), {OFFICER: "hung"})[0]


def told(lines: list[Line]) -> Iterator[tuple[str, str, str | None]]:
    for line in lines:
        yield line.who, line.step, line.reason


def test_the_latest_is_on_top_and_two_persons_are_two() -> None:
    lines = lines_of(
        case(
            happened("person", OWNER, "confirmed", event="confirm"),
            happened("person", HOLDER, "objected", event="object"),
        ),
        {},
    )
    assert list(told(lines)) == [
        ("party.lock.other", "object", None),
        ("party.lock.owner", "confirm", None),
        ("party.lock.owner", "match", None),
    ]


def test_officers_have_names_and_partners_ids() -> None:
    officer = only(
        happened("officer", OFFICER, "released", "holder_is_right", event="release", organisation="cib")
    )
    assert (officer.name, officer.office, officer.reason) == ("hung", "cib", "holder_is_right")
    unknown = only(happened("officer", "p_gone", "released", "holder_is_right", event="release"))
    assert (unknown.name, unknown.who) == (None, "actor.officer")
    partner = only(happened("partner", "mycard", "too_late", "issuer_answered", event="too_late"))
    assert (partner.who, partner.office, partner.reason) == ("actor.partner", "mycard", "issuer_answered")
    assert only(happened("job", "case_deadlines", "expired", "deadline", event="expire")).office is None


@pytest.mark.parametrize(
    ("reason", "event", "step", "shown"),
    [
        ("evidence_added", None, "evidence_added", None),  # what was only noted: its reason is the step
        ("withdraw", "withdraw", "withdraw", None),
        ("deny", "deny_to_listed", "deny_to_listed", None),
        ("withdraw", "deny_to_listed", "deny_to_listed", "withdraw"),
        ("by_owner", "release", "release", "by_owner"),
        (None, "confirm", "confirm", None),
        (None, None, "", None),
    ],
)
def test_a_reason_says_more_than_its_step(
    reason: str | None, event: str | None, step: str, shown: str | None
) -> None:
    params = {"event": event} if event else {}
    line = only(happened("person", OWNER, "released", reason, **params))
    assert (line.step, line.reason) == (step, shown)


def test_whoever_appeals_against_a_case_is_not_its_reporter() -> None:
    line = only(happened("person", HOLDER, "appealed", "listing", event="appeal"), lane="site")
    assert (line.who, line.reason) == ("party.site.other", "listing")
