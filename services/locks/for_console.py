"""What officers see of locks beside their course: which card, what was sold, who told what about the purchase."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.events import Event
from lianfang.privacy import Vault
from services.cases.finding import by_ids
from services.cases.officers import CaseShown
from services.locks import rules
from services.locks.cards import sale_of
from services.locks.matching import told_of
from services.locks.models import Card, Lock
from services.locks.serials import invoice_indexes


@dataclass(frozen=True)
class Label:
    """Tells a lock from others in a queue; `status`: the issuer's when it was asked."""

    issuer: str
    last4: str | None
    status: str


@dataclass(frozen=True)
class Side:
    """A person who wants the points of a card; `number` of their own request, None when they only objected.

    `told`: names of what they told of the purchase; `receipt`: how the invoice number they gave compares with the
    sale's (rules.compare_receipt). Both None where nothing is known.
    """

    number: str | None
    at: datetime
    told: Sequence[str] | None
    receipt: rules.Compared | None


@dataclass(frozen=True)
class Sold:
    """The card as its issuer registered it, and the state it is in."""

    chain: str
    store: str | None
    sold_at: datetime
    face_value: int | None
    state: str


@dataclass(frozen=True)
class Claims:
    """A lock, the card that it holds (None while nothing matched), its owner's side and those who object."""

    status: str
    locked_at: datetime | None
    until: datetime | None
    confirmed_by: str | None
    sold: Sold | None
    owner: Side
    holders: Sequence[Side]


def labels_of(session: Session, cases: Collection[str]) -> Mapping[str, Label]:
    """By case."""
    wanted = select(Lock.case, Lock.issuer, Lock.last4, Lock.status).where(Lock.case.in_(cases))
    return {case: Label(issuer, last4, status) for case, issuer, last4, status in session.execute(wanted)}


def claims_on(session: Session, vault: Vault, case: CaseShown) -> Claims:
    """Who wants the card of this lock, and with which receipt."""
    lock = session.get_one(Lock, case.id)
    card = session.get(Card, lock.card) if lock.card else None
    objections = [event for event in case.history if event.params.get("event") == "object"]
    receipts = [piece.text for piece in case.evidence if piece.kind == "invoice" and piece.by == "owner"]
    return Claims(
        status=lock.status,
        locked_at=lock.locked_at,
        until=lock.until,
        confirmed_by=lock.confirmed_by,
        sold=_sold(card) if card else None,
        owner=_side(vault, lock, card, case.number, case.opened_at, case.details, receipts),
        holders=[_holder(session, vault, event, card) for event in objections],
    )


def _sold(card: Card) -> Sold:
    return Sold(card.chain, card.store, card.sold_at, card.face_value, card.state)


def _holder(session: Session, vault: Vault, objection: Event, card: Card | None) -> Side:
    """Whoever has a request of their own told it there; otherwise what they told stands in the objection."""
    own = _own(session, objection.actor, card)
    if own is None:
        params = objection.params
        return Side(None, objection.at, params.get("told"), params.get("receipt"))
    case = by_ids(session, [own.case])[own.case]
    details: Mapping[str, Any] = vault.decrypt_json(case.details) if case.details else {}
    return _side(vault, own, card, case.number, objection.at, details)


def _own(session: Session, person: str | None, card: Card | None) -> Lock | None:
    if card is None:
        return None
    wanted = select(Lock).where(Lock.card == card.id, Lock.person == person).order_by(Lock.case.desc())
    return session.scalar(wanted.limit(1))


def _side(
    vault: Vault,
    lock: Lock,
    card: Card | None,
    number: str,
    at: datetime,
    details: Mapping[str, Any],
    later: Sequence[str] = (),
) -> Side:
    if not details:  # wiped
        return Side(number, at, None, None)
    invoices = (invoice_indexes(vault, one) for one in (details.get("invoice"), *later))
    told = told_of(lock, frozenset().union(*invoices))
    return Side(number, at, told.names, rules.compare_receipt(sale_of(card), told) if card else None)
