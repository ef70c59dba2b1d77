"""The selling store, or the issuer, looks up a proof and marks the card refunded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.events import Actor
from lianfang.privacy import Vault
from services.cases.finding import by_ids
from services.cases.walking import lock_case, walk
from services.locks import lock_states as states
from services.locks.cards import sale_of
from services.locks.lane import LOCK
from services.locks.models import Card, Lock
from services.locks.proofs import read_proof
from services.locks.rules import Compared, Told, compare_receipt
from services.locks.serials import invoice_indexes
from services.partners.keys import Caller


class ReceiptDiffers(Exception):
    """The receipt at the till is not that of the sale: nothing was changed."""


@dataclass(frozen=True)
class Shown:
    """What a proof says to whoever holds it; nothing of the person.

    `valid`: the card is locked now; `refundable`: the lock is confirmed, so that the store may refund.
    """

    state: str
    valid: bool
    refundable: bool
    issuer: str
    status: str
    last4: str | None
    chain: str | None
    face_value: int | None
    locked_at: datetime | None
    until: datetime | None


def look_up(session: Session, vault: Vault, proof: str) -> Shown | None:
    """None for what is no proof of ours."""
    lock = find_lock(session, vault, proof)
    return shown(session, lock) if lock else None


def find_lock(session: Session, vault: Vault, proof: str) -> Lock | None:
    """One query whatever was given."""
    indexes = vault.indexes("proof", read_proof(proof) or "")
    return session.scalar(select(Lock).where(Lock.proof_index.in_(indexes)))


def concerns(session: Session, lock: Lock, caller: Caller) -> bool:
    """Whether this is the card's issuer, or the chain that sold it; to all others the proof is none."""
    return caller.partner in {lock.issuer, _chain(session, lock)}


def refund(
    session: Session, vault: Vault, lock: Lock, caller: Caller, receipt: str | None, *, now: datetime
) -> str:
    """The state after it: refunded, or the one in which nothing is refunded. Raises ReceiptDiffers.

    The invoice number that the store reads off the receipt confirms a lock that was not confirmed yet; one that is
    not the sale's refuses, however the lock was confirmed.
    """
    case = lock_case(session, lock.case)
    actor = Actor("partner", caller.partner)
    compared = _compare(session, vault, lock, receipt)
    if case.state in {states.PROVISIONAL, states.CONFIRMED} and compared == "another":
        raise ReceiptDiffers
    if case.state == states.PROVISIONAL and compared == "same":
        lock.confirmed_by = "receipt"
        walk(
            session, vault, LOCK, case, "confirm", actor=actor, now=now, tell=False, reason="receipt_at_store"
        )
    if case.state == states.CONFIRMED:
        walk(session, vault, LOCK, case, "refund", actor=actor, now=now, reason="refunded_at_store")
    return case.state


def shown(session: Session, lock: Lock) -> Shown:
    """What its proof shows."""
    card, state = _card(session, lock), by_ids(session, [lock.case])[lock.case].state
    return Shown(
        state=state,
        valid=state in states.STANDING,
        refundable=state == states.CONFIRMED,
        issuer=lock.issuer,
        status=lock.status,
        last4=lock.last4,
        chain=_chain(session, lock),
        face_value=card.face_value if card else None,
        locked_at=lock.locked_at,
        until=lock.until,
    )


def _compare(session: Session, vault: Vault, lock: Lock, receipt: str | None) -> Compared:
    card = _card(session, lock)
    told = Told(serial=True, invoice=invoice_indexes(vault, receipt))
    return compare_receipt(sale_of(card), told) if card else "unregistered"


def _chain(session: Session, lock: Lock) -> str | None:
    card = _card(session, lock)
    return card.chain if card else lock.chain


def _card(session: Session, lock: Lock) -> Card | None:
    return session.get(Card, lock.card) if lock.card else None
