"""Finds what a request may be about: registered cards, what the person asked before, what was tried in vain."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from lianfang.ids import new_id
from services.locks.asking import Sought
from services.locks.models import Card, Lock, Try
from services.locks.rules import PERSONS_WINDOW, SERIALS_WINDOW, Tried

SAID_AGAIN = timedelta(hours=24)
MOST_LOOKED_AT = 200


class InVain(NamedTuple):
    """One `Try`."""

    person: str
    serial_index: str | None
    at: datetime


def _many(name: str) -> BindParameter[Sequence[str]]:
    return bindparam(name, expanding=True)


# Statements are made once: making them anew each time would cost as much as the database's own work. None names an
# issuer: PostgreSQL, while it has no statistics of a young table, would go through all cards of that issuer.
_BY_SERIAL = Card.serial_index.in_(_many("serials"))  # an index is one issuer's
_BY_INVOICE = Card.invoice_index.in_(_many("invoices"))
_CARDS = select(Card).where(or_(_BY_SERIAL, _BY_INVOICE)).order_by(Card.id)
_CARDS_TO_CHANGE = _CARDS.with_for_update().execution_options(populate_existing=True)
_OWN_LOCKS = (
    select(Lock.case)
    .where(
        Lock.person == bindparam("person"),
        or_(
            Lock.asked_at > bindparam("since"),
            Lock.serial_index.in_(_many("serials")),
            Lock.card.in_(_many("cards")),
        ),
    )
    .order_by(Lock.asked_at.desc())
    .limit(MOST_LOOKED_AT)
)
_LOCKS = select(Lock).where(Lock.case.in_(_many("cases"))).order_by(Lock.case.desc())
_TRIES = (
    select(Try.person, Try.serial_index, Try.at)
    .where(
        or_(
            and_(Try.person == bindparam("person"), Try.at > bindparam("persons_since")),
            and_(Try.serial_index.in_(_many("serials")), Try.at > bindparam("serials_since")),
        )
    )
    .order_by(Try.person != bindparam("person"))  # others' cannot hide the own ones behind the limit
    .limit(MOST_LOOKED_AT)
)


def find_cards(
    session: Session, sought: Sequence[Sought], invoices: Collection[str], *, to_change: bool
) -> list[Card]:
    """Every card with one of these serials, or of these issuers on one of these invoices.

    `to_change`: their rows are locked, in one order.
    """
    wanted = {
        "serials": [index for one in sought for index in one.indexes],
        "invoices": [] if all(one.indexes for one in sought) else list(invoices),
    }
    found = session.scalars(_CARDS_TO_CHANGE if to_change else _CARDS, wanted)
    return [card for card in found if any(_is_sought(card, one, invoices) for one in sought)]


def _is_sought(card: Card, one: Sought, invoices: Collection[str]) -> bool:
    by_what_was_told = card.serial_index in one.indexes if one.indexes else card.invoice_index in invoices
    return card.issuer == one.issuer.id and by_what_was_told


def find_own_locks(
    session: Session, person: str, sought: Sequence[Sought], cards: Sequence[Card], now: datetime
) -> list[Lock]:
    """What the person asked for within a day, or ever for these cards; newest first."""
    wanted = {
        "person": person,
        "since": now - SAID_AGAIN,
        "serials": [index for one in sought for index in one.indexes],
        "cards": [card.id for card in cards],
    }
    cases = list(session.scalars(_OWN_LOCKS, wanted))
    # Nearly always none: reading their names alone costs half of reading whole rows.
    return list(session.scalars(_LOCKS, {"cases": cases})) if cases else []


def find_tries(session: Session, person: str, indexes: Collection[str], now: datetime) -> list[InVain]:
    """What this person, or anybody for these serials, tried in vain lately."""
    wanted = {
        "person": person,
        "persons_since": now - PERSONS_WINDOW,
        "serials": list(indexes),
        "serials_since": now - SERIALS_WINDOW,
    }
    return [InVain(*row) for row in session.execute(_TRIES, wanted)]


def tried(tries: Sequence[InVain], person: str, indexes: Collection[str], now: datetime) -> Tried:
    """How often, for the rule."""
    lately = [one.serial_index for one in tries if one.person == person and one.at > now - PERSONS_WINDOW]
    for_serial = [one.person == person for one in tries if one.serial_index in indexes]
    return Tried(
        requests=lately.count(None),
        other_serials=len({index for index in lately if index is not None}.difference(indexes)),
        own_for_serial=for_serial.count(True),
        others_for_serial=for_serial.count(False),
    )


def note_try(session: Session, person: str, indexes: Collection[str | None], now: datetime) -> None:
    """A request matched nothing: it counts once for the person, and once for each serial, None for a card without."""
    for index in dict.fromkeys((None, *indexes)):
        session.add(Try(id=new_id("lt"), person=person, serial_index=index, at=now))
