"""An issuer asks before it credits a card, and reports what it did: the row of the card decides, never a clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from lianfang.ids import new_id
from lianfang.privacy import Vault
from services.locks import effects, rules
from services.locks.by import By
from services.locks.card_states import HELD, LOCKED, PERMITTED, SPENT, TABLE
from services.locks.cards import find_card, move, note
from services.locks.lane import LOCK
from services.locks.models import Card

Report = Literal["credited", "not_credited", "spent"]


@dataclass(frozen=True)
class Permission:
    """`result` permitted with its `permission`, or refused with a `reason`; `until` when the points are held.

    Reasons: held, locked, credited, spent, refunded, unknown_card.
    """

    result: Literal["permitted", "refused"]
    permission: str | None = None
    reason: str | None = None
    until: datetime | None = None


def ask_permission(session: Session, issuer: str, card_ref: str, *, now: datetime) -> Permission:
    """May this card be credited? While it is permitted, whoever asks again gets the same permission."""
    card = find_card(session, issuer, card_ref, to_change=True)
    if card is None:
        return Permission("refused", reason="unknown_card")
    if card.state == PERMITTED:
        return Permission("permitted", permission=card.permission)
    if card.state != HELD:
        if card.state == LOCKED and card.refused_at is None:
            card.refused_at = now
            note(session, card, "crediting_refused", By.partner(issuer, now))
        return Permission("refused", reason=card.state)
    if now < card.held_until:
        return Permission("refused", reason=HELD, until=card.held_until)
    card.permission, card.reported, card.ask_at = new_id("pm"), None, now + rules.ASKED_AFTER
    move(session, card, "permit", By.partner(issuer, now), permission=card.permission)
    return Permission("permitted", permission=card.permission)


@dataclass(frozen=True)
class Reported:
    """The card's state now. `fault`: the report was written down and changed nothing.

    Faults: unknown_card, permission_required, permission_unknown, out_of_order.
    """

    state: str | None
    fault: str | None = None


def report(
    session: Session,
    vault: Vault,
    issuer: str,
    card_ref: str,
    told: Report,
    permission: str | None,
    *,
    now: datetime,
) -> Reported:
    """What the issuer did with a card; the same report again changes nothing and is no fault."""
    card = find_card(session, issuer, card_ref, to_change=True)
    if card is None:
        return Reported(None, "unknown_card")
    by = By.partner(issuer, now)
    fault = _fault(card, told, permission)
    if fault is not None:
        note(session, card, f"{told}_{fault}", by, permission=permission)
        return Reported(card.state, fault)
    if _is_repeated(card, told):
        return Reported(card.state)
    move(session, card, told, by, permission=permission)
    if told != "spent":
        card.reported, card.ask_at = told, None
        tell_those_who_wait = effects.end_queue if told == "credited" else effects.serve_queue
        tell_those_who_wait(session, vault, LOCK, card, by)
    return Reported(card.state)


def _fault(card: Card, told: Report, permission: str | None) -> str | None:
    """A late report on an earlier permission must not end the one in force, so each names its own."""
    if told != "spent":
        if permission is None:
            return "permission_required"
        if permission != card.permission:
            return "permission_unknown"
    fits = _is_repeated(card, told) or (card.state, told) in TABLE
    return None if fits else "out_of_order"


def _is_repeated(card: Card, told: Report) -> bool:
    return card.state == SPENT if told == "spent" else card.reported == told
