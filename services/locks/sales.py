"""An issuer registers a sold card; whoever asked to lock it before is served at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from lianfang.ids import new_id
from lianfang.privacy import Vault
from services.locks import rules
from services.locks.by import By
from services.locks.card_states import START
from services.locks.cards import find_card, note, sale_of
from services.locks.directory import HUB
from services.locks.matching import take, told_of
from services.locks.models import Card, Issuer, Lock
from services.locks.serialising import take_turns
from services.locks.serials import invoice_index, invoice_indexes, last4, serial_index, serial_indexes


class SaleRefused(Exception):
    """`code`: card_conflict, serial_taken, future_sale."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SoldCard:
    """A sale as the issuer reports it; `chain` is an id that exists, amounts TWD."""

    card_ref: str
    serial: str
    chain: str
    sold_at: datetime
    store: str | None = None
    face_value: int | None = None
    invoice: str | None = None
    total: int | None = None


def register_sale(session: Session, vault: Vault, issuer: str, sold: SoldCard, *, now: datetime) -> Card:
    """The card, the same one for the same sale. Raises SaleRefused and NoSerial."""
    if rules.is_future(sold.sold_at, now):
        raise SaleRefused("future_sale")
    facts = session.get_one(Issuer, issuer)
    index = serial_index(vault, issuer, sold.serial, facts.serial_rule)
    indexes = serial_indexes(vault, issuer, sold.serial)
    take_turns(session, [index, *invoice_indexes(vault, sold.invoice)])
    known = find_card(session, issuer, sold.card_ref)
    if known is not None:
        if _same(vault, known, sold, indexes):
            return known
        raise SaleRefused("card_conflict")
    if session.scalar(select(Card.id).where(Card.serial_index.in_(indexes))):
        raise SaleRefused("serial_taken")
    card = _written(session, vault, facts, sold, index, now)
    _serve_earlier_requests(session, vault, card, sold, indexes, now)
    return card


def _written(
    session: Session, vault: Vault, issuer: Issuer, sold: SoldCard, index: str, now: datetime
) -> Card:
    card = Card(
        id=new_id("cd"),
        issuer=issuer.id,
        card_ref=sold.card_ref,
        serial_index=index,
        last4=last4(sold.serial, issuer.serial_rule),
        chain=sold.chain,
        store=sold.store,
        sold_at=sold.sold_at,
        held_until=sold.sold_at + timedelta(hours=issuer.delay_hours or 0),
        face_value=sold.face_value,
        invoice_index=invoice_index(vault, sold.invoice) if sold.invoice else None,
        total=sold.total,
        state=START,
        changed_at=now,
        queued=0,
    )
    session.add(card)
    session.flush()
    note(session, card, "sold", By.partner(issuer.id, now), chain=card.chain)
    return card


def _same(vault: Vault, card: Card, sold: SoldCard, indexes: list[str]) -> bool:
    """Whether the sale says what the card was registered with."""
    invoices = invoice_indexes(vault, sold.invoice)
    return (
        card.serial_index in indexes
        and (card.invoice_index in invoices if invoices else card.invoice_index is None)
        and (card.chain, card.sold_at, card.store, card.face_value, card.total)
        == (sold.chain, sold.sold_at, sold.store, sold.face_value, sold.total)
    )


def _serve_earlier_requests(
    session: Session, vault: Vault, card: Card, sold: SoldCard, indexes: list[str], now: datetime
) -> None:
    invoices = invoice_indexes(vault, sold.invoice)
    waiting = (
        select(Lock)
        .where(or_(Lock.serial_index.in_(indexes), Lock.invoice_index.in_(invoices)))
        .order_by(Lock.case)
    )
    by = By.partner(card.issuer, now)
    for lock in session.scalars(waiting).all():
        if not _waits(lock, card.issuer, indexes):
            continue
        same = {card.invoice_index} if card.invoice_index and lock.invoice_index in invoices else set()
        told = told_of(lock, frozenset(same))
        if rules.matches(sale_of(card), told):
            take(session, vault, card, lock, told, by, tell=True)
            if not told.serial:
                return  # one request without a serial is for one card


def _waits(lock: Lock, issuer: str, indexes: list[str]) -> bool:
    """Whether the request may be for a card that this issuer has just registered under one of these indexes."""
    is_open = (lock.way, lock.card, lock.held_back, lock.locked_at) == (HUB, None, False, None)
    return is_open and lock.issuer == issuer and (lock.serial_index is None or lock.serial_index in indexes)
