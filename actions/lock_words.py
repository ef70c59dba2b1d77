"""What a person is told about their cards: what has happened to each, what has not, and what to do now. Pure."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from lianfang.clock import TAIPEI
from lianfang.replies import CALL_110, CALL_165, Json, Reply, Say, goal_button
from services.locks.client import CardCase, Issuer

CALLS = (CALL_165, CALL_110)
LOCK_BUTTON = goal_button("btn.lock_card", "lock_card")
DEMO = {"key": "utter_demo"}  # design rule 11
NONE, SANDBOX = "none", "sandbox"

# What is said below the sentence of a case, by its `words`.
BELOW: dict[str, tuple[str, ...]] = {
    "recorded": ("utter_do_now",),
    "requested": ("utter_meanwhile",),
    "asked": ("utter_meanwhile",),
    "waiting": ("utter_meanwhile",),
    "locked": ("utter_then_confirm",),
    "confirmed": ("utter_then_refund",),
    "too_late": ("utter_still_possible",),
    "objected": (),
    "refunded": (),
    "released": (),
    "expired": ("utter_lock_again_possible",),
    "closed": (),
}
# What can be tapped below it: the key of the button and its goal.
TAPS: dict[str, tuple[tuple[str, str], ...]] = {
    "recorded": (("btn.add_evidence", "add_evidence"),),
    "requested": (("btn.add_receipt", "confirm_lock"), ("btn.withdraw_lock", "unlock_card")),
    "asked": (("btn.add_receipt", "confirm_lock"), ("btn.withdraw_lock", "unlock_card")),
    "waiting": (("btn.add_receipt", "confirm_lock"),),
    "locked": (
        ("btn.add_receipt", "confirm_lock"),
        ("btn.refund_proof", "refund_card"),
        ("btn.locked_by_mistake", "unlock_card"),
    ),
    "confirmed": (("btn.refund_proof", "refund_card"), ("btn.locked_by_mistake", "unlock_card")),
    "too_late": (("btn.add_evidence", "add_evidence"),),
    "objected": (("btn.add_receipt", "confirm_lock"), ("btn.add_evidence", "add_evidence")),
    "expired": (("btn.lock_card", "lock_card"),),
}
OWN_WAY = frozenset({"recorded", "requested", "asked", "too_late"})
OVER = frozenset({"refunded", "released", "closed"})
# The worst news first.
ORDER = ("too_late", "recorded", "waiting", "asked", "requested", "objected", "locked", "confirmed")


def outcome_reply(cases: Sequence[CardCase], *, kind: str = "lock") -> Reply:
    """What became of these cards; cards of one issuer with the same fate are told together."""
    groups = grouped(cases)
    say = [line for group in groups for line in _lines(group)]
    card = {"kind": kind, "cases": [{"number": case.number, "state": case.state} for case in cases]}
    return Reply(say, _buttons(groups), card)


def grouped(cases: Sequence[CardCase]) -> list[list[CardCase]]:
    """Cases that one sentence tells."""

    def fate(case: CardCase) -> tuple[int, str, str, str, str]:
        place = ORDER.index(case.words) if case.words in ORDER else len(ORDER)
        return place, case.words, case.issuer, minute(case.expires_at), minute(case.locked_at)

    return [list(group) for _, group in groupby(sorted(cases, key=fate), key=fate)]


def _lines(group: Sequence[CardCase]) -> list[Say]:
    params = params_of(group)
    first = group[0]
    head = [Say("utter_lock_known")] if all(case.again for case in group) else []
    return [
        *head,
        Say(f"utter_lock_{first.words}", params),
        *(Say(key, params) for key in BELOW[first.words]),
    ]


def params_of(group: Sequence[CardCase]) -> Json:
    """What the sentences of one group of cases are filled with."""
    one = group[0]
    return {
        "demo": DEMO if one.status == SANDBOX else "",
        "cards": cards_of(one.issuer_zh, one.issuer_en, [case.last4 for case in group]),
        "numbers": "、".join(case.number for case in group),
        "numbers_en": ", ".join(case.number for case in group),
        "issuer": one.issuer_zh,
        "issuer_en": one.issuer_en,
        "way": way_to(one),
        "at": second(one.locked_at),
        "until": minute(one.expires_at),
        "rule": rule_of(one),
    }


def rule_of(case: CardCase) -> Json:
    """What the issuer says about refunds, as far as we know it."""
    return {"key": f"utter_rule_{case.refund_rule}", "params": _names(case)}


def cards_of(issuer: str, issuer_en: str, last4: Sequence[str | None]) -> Json:
    """「2 張 MyCard（尾號 7890、7891）」 as words."""
    known = [tail for tail in last4 if tail]
    params = {
        "count": len(last4),
        "issuer": issuer,
        "issuer_en": issuer_en,
        "tails": "、".join(known),
        "tails_en": ", ".join(known),
    }
    return {"key": "utter_cards" if known else "utter_cards_without_serial", "params": params}


def way_to(issuer: CardCase | Issuer) -> Json:
    """The person's own way to the issuer, as far as we know it: its hotline, its page, what is printed on the card."""
    if issuer.hotline:
        return {"key": "utter_way_hotline", "params": {**_names(issuer), "hotline": issuer.hotline}}
    if issuer.url:
        on = issuer.verified_on.replace("-", "/")
        return {"key": f"utter_way_{issuer.page}", "params": {**_names(issuer), "url": issuer.url, "on": on}}
    return {"key": "utter_way_printed", "params": _names(issuer)}


def way_buttons(issuer: CardCase | Issuer) -> list[Json]:
    hotline = [{"key": "btn.call_issuer", "tel": issuer.hotline}] if issuer.hotline else []
    page = [{"key": "btn.issuer_page", "url": issuer.url}] if issuer.url else []
    return [*hotline, *page]


def _names(issuer: CardCase | Issuer) -> dict[str, Any]:
    if isinstance(issuer, Issuer):
        return {"issuer": issuer.name_zh, "issuer_en": issuer.name_en}
    return {"issuer": issuer.issuer_zh, "issuer_en": issuer.issuer_en}


def _buttons(groups: Sequence[Sequence[CardCase]]) -> list[Json]:
    """The issuer's own way where that may be the quickest, what can be done with the cases, the hotlines last."""
    ways: list[Json] = []
    taps: dict[tuple[str, str], list[str]] = {}
    for group in groups:
        if group[0].words in OWN_WAY:
            ways += [button for button in way_buttons(group[0]) if button not in ways]
        for tap in TAPS.get(group[0].words, ()):
            taps.setdefault(tap, []).extend(case.number for case in group)
    does = [_tap(key, goal, " ".join(numbers)) for (key, goal), numbers in taps.items()]
    is_over = all(group[0].words in OVER for group in groups)
    return [*ways, *does, *([] if is_over else CALLS)]


def _tap(key: str, goal: str, numbers: str) -> Json:
    return goal_button(key, goal) if goal == "lock_card" else goal_button(key, goal, case_id=numbers)


def minute(moment: str | None) -> str:
    """`11/25 14:05`, Taipei."""
    return f"{_local(moment):%m/%d %H:%M}" if moment else ""


def second(moment: str | None) -> str:
    """`14:05:12`, Taipei."""
    return f"{_local(moment):%H:%M:%S}" if moment else ""


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(TAIPEI)
