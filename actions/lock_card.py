"""Lock game cards: whom to call first, what is needed in one breath, one yes, and then what has truly happened."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from actions.card_fields import CARD_FIELDS, cards, issuer_of, purchase, show_cards
from actions.emergency import BUTTONS as LOSSES
from actions.emergency import names_a_loss
from actions.goal import Confirm, Field, Goal, Heard, Looked, Seen, Told, Values, first
from actions.lock_words import CALLS, DEMO, LOCK_BUTTON, NONE, SANDBOX, outcome_reply, way_buttons, way_to
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.clock import rfc3339, utc_now
from lianfang.replies import CALL_165, Reply, Say, goal_button, says
from lianfang.text.distress import find_distress
from services.locks.client import Issuer, Story

CARD = "card"
MONEY_TOO = re.compile(r"轉帳|[轉匯]了|匯款|transfer|wired?\b", re.IGNORECASE)


def _is_lost(heard: Heard) -> Values:
    return (CARD,) if CARD in find_distress(heard.text).loss else ()


def _began(heard: Heard) -> Values:
    return (rfc3339(heard.at or utc_now()),)


LOST = Field("lost", find=_is_lost, required=False)  # the scammer has it; also told by a tap
BEGAN = Field("began", given=_began, required=False)


async def look_up_issuers(services: Services, turn: Turn, _told: Told) -> Looked:
    """Who has joined decides what may be said; if that cannot be learned, nothing is claimed."""
    lost = {LOST.name: (CARD,)} if names_a_loss(turn) == CARD else {}
    try:
        issuers = await services.locks.issuers()
    except (ServiceUnavailable, ServiceRefused):
        return Looked(told=lost)
    return Looked({"issuers": [asdict(one) for one in issuers]}, lost)


def _open(turn: Turn, told: Told, seen: Seen) -> Reply:
    """The calls first, then the way to this issuer, then what must not be lost or told."""
    is_lost, issuer = CARD in told.get("lost", ()), issuer_of(told, seen)
    say = [Say("utter_emergency_card" if is_lost else "utter_lock_opening"), _way(issuer)]
    if is_lost and MONEY_TOO.search(turn.text):
        say.insert(1, Say("utter_emergency_bank_too"))
    say.append(Say("utter_emergency_card_keep"))
    own_way = way_buttons(issuer) if issuer and issuer.status == NONE else []
    if not is_lost:
        return Reply(say, [*CALLS, *own_way])
    others = [button for loss, button in LOSSES.items() if loss != CARD]
    return Reply(say, [*CALLS, *own_way, *others], {"kind": "emergency", "lost": CARD}, urgent=True)


def _way(issuer: Issuer | None) -> Say:
    if issuer is None:
        return Say("utter_issuer_unknown")
    names = {"issuer": issuer.name_zh, "issuer_en": issuer.name_en, "way": way_to(issuer)}
    if issuer.status == NONE:
        return Say("utter_lock_not_joined", names)
    return Say("utter_lock_begins", {**names, "demo": _demo([issuer])})


def _demo(issuers: list[Issuer]) -> Any:
    return DEMO if any(one.status == SANDBOX for one in issuers) else ""


def _joined(told: Told, seen: Seen) -> list[Issuer]:
    """Of the cards' issuers those that can be asked to lock."""
    found = [issuer_of(told, seen, card.issuer) for card in cards(told)]
    return [one for one in found if one is not None and one.status != NONE]


def _show(told: Told, seen: Seen) -> Mapping[str, Any]:
    joined = _joined(told, seen)
    question = "utter_confirm_lock" if joined else "utter_confirm_record"
    asked = {"key": question, "params": {"count": len(cards(told)), "demo": _demo(joined)}}
    return {"question": asked, **show_cards(told, seen)}


def _yes(told: Told, seen: Seen) -> str:
    return "btn.lock_now" if _joined(told, seen) else "btn.record_cards"


async def _lock(services: Services, turn: Turn, told: Told) -> Outcome:
    if not turn.person:
        return _failed()
    story = Story(first(told, "began") or "", turn.channel, CARD in told.get("lost", ()) or None)
    try:
        cases = await services.locks.request(
            turn.person, cards(told), purchase(told, turn), story, event=turn.event
        )
    except ServiceRefused as refused:
        unknown = refused.code == "unknown_issuer"
        return Outcome(says("utter_lock_no_issuer", buttons=CALLS)) if unknown else _failed()
    except ServiceUnavailable:
        return _failed()
    return Outcome(outcome_reply(cases))


def _failed() -> Outcome:
    """Nothing is locked and nothing recorded: the person must not wait for us."""
    return Outcome(says("utter_lock_failed", "utter_issuer_unknown", buttons=[*CALLS, LOCK_BUTTON]))


LOCK_CARD = Goal(
    "lock_card",
    _lock,
    fields=(*CARD_FIELDS, LOST, BEGAN),
    verb=r"鎖|lock|freeze",
    confirm=Confirm(
        "utter_lock_confirm",
        again="utter_lock_not_yet",
        yes=_yes,
        no=goal_button("btn.not_these_cards", "correct"),
        words=r"鎖|鎖卡|鎖(?:起來|住)?吧?|記(?:下來|錄)?吧?|送出|lock(?: (?:it|them|the cards?))?|record(?: it| them)?",
        corrects="serial",
    ),
    show=_show,
    look=look_up_issuers,
    opening=_open,
    not_done="utter_lock_not_done",
    stuck="",
    left=(CALL_165, LOCK_BUTTON),
    loss_first=False,
    answers_loss=frozenset({CARD}),
    known_by="serial",
)
