"""An issuer could not reach us and went by its own rule: written down, and our records follow what it did."""

from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.privacy import Vault
from services.cases.walking import lock_case, walk
from services.locks import effects
from services.locks.by import By
from services.locks.card_states import TABLE
from services.locks.cards import find_card, move, note
from services.locks.lane import LOCK
from services.locks.lock_states import STANDING

Rule = Literal["credited", "held"]


def reconcile(
    session: Session, vault: Vault, issuer: str, card_ref: str, rule: Rule, at: datetime, *, now: datetime
) -> str | None:
    """The card's state after it, None for an unknown card. Credited points win over any lock: they are gone.

    A refunded card that was credited as well stays refunded; the contradiction stands in its history.
    """
    found = find_card(session, issuer, card_ref)
    if found is None:
        return None
    standing = (
        lock_case(session, found.lock) if found.lock else None
    )  # a standing lock's case before its card
    card = find_card(session, issuer, card_ref, to_change=True)
    if card is None:
        return None
    if card.lock is not None and (standing is None or standing.id != card.lock):
        standing = lock_case(session, card.lock)  # it changed hands at this moment
    by, told = By.partner(issuer, now), {"rule": rule, "at": rfc3339(at)}
    event = f"{rule}_by_own_rule"
    if (card.state, event) not in TABLE:
        note(session, card, event, by, **told)
        return card.state
    move(session, card, event, by, **told)
    card.ask_at = card.lock = None
    if standing is not None and standing.state in STANDING:
        walk(session, vault, LOCK, standing, "too_late", actor=by.actor, now=now, reason="own_rule")
    effects.end_queue(session, vault, LOCK, card, by)
    return card.state
