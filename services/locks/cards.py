"""One card at a time: locked row, then a step of its table with its event, in one transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from lianfang.events import append
from services.locks.by import By
from services.locks.card_states import step
from services.locks.models import Card
from services.locks.rules import Sale

ENTITY = "card"


def _alone(wanted: Select[Card]) -> Select[Card]:
    return wanted.with_for_update().execution_options(populate_existing=True)


_BY_REF = select(Card).where(Card.issuer == bindparam("issuer"), Card.card_ref == bindparam("card_ref"))
_BY_REF_TO_CHANGE = _alone(_BY_REF)
_BY_ID_TO_CHANGE = _alone(select(Card).where(Card.id == bindparam("card")))


def find_card(session: Session, issuer: str, card_ref: str, *, to_change: bool = False) -> Card | None:
    """An issuer's card by its own reference; `to_change`: for this transaction alone."""
    wanted = {"issuer": issuer, "card_ref": card_ref}
    return session.scalar(_BY_REF_TO_CHANGE if to_change else _BY_REF, wanted)


def lock_row(session: Session, card: str) -> Card | None:
    """The card as it is now, for this transaction alone."""
    return session.scalar(_BY_ID_TO_CHANGE, {"card": card})


def move(
    session: Session,
    card: Card,
    event: str,
    by: By,
    **params: Any,
) -> None:
    """One step of a card whose row is locked. Raises OutOfOrder, with nothing changed."""
    before, after = card.state, step(card.state, event)
    card.state, card.changed_at = after, by.now
    _write(session, card, event, by, before, params)


def note(session: Session, card: Card, reason: str, by: By, **params: Any) -> None:
    """Something happened that left the card's state as it is."""
    _write(session, card, reason, by, card.state, params)


def _write(session: Session, card: Card, reason: str, by: By, before: str, params: Mapping[str, Any]) -> None:
    append(
        session,
        at=by.now,
        actor=by.actor,
        entity=ENTITY,
        entity_id=card.id,
        from_state=before,
        to_state=card.state,
        reason=reason,
        params=params,
        trace=by.trace,
    )


def sale_of(card: Card) -> Sale:
    """What was registered, for the rules."""
    return Sale(
        chain=card.chain,
        sold_at=card.sold_at,
        store=card.store,
        invoice=card.invoice_index,
        total=card.total,
        face_value=card.face_value,
    )
