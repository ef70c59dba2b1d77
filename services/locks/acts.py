"""What may be done to a lock besides confirming it: taken back by its owner, objected to, decided by officers."""

from datetime import datetime
from typing import Unpack

from sqlalchemy.orm import Session

from lianfang.events import Actor
from lianfang.history import chain_of
from lianfang.privacy import Vault
from services.cases.walking import ENTITY, Step, follow, lock_case, walk
from services.locks import lock_states as states
from services.locks import rules
from services.locks.asking import LockRequest, seek
from services.locks.cards import sale_of
from services.locks.directory import Directory
from services.locks.lane import LOCK
from services.locks.matching import told_until_now
from services.locks.models import Card, Lock
from services.locks.own_locks import own_lock
from services.locks.searching import find_cards, find_tries, note_try, tried
from services.locks.serials import invoice_indexes

RELEASED_FROM = {states.REQUESTED: "withdraw", **dict.fromkeys(states.STANDING, "release")}


def release(
    session: Session, vault: Vault, person: str, number: str, *, now: datetime, trace: str | None = None
) -> tuple[str, str]:
    """The case, and released, withdrawn or not_open. Raises NoSuchLock."""
    lock = own_lock(session, person, number)
    case = lock_case(session, lock.case)
    event = RELEASED_FROM.get(case.state)
    if event is None:
        return case.id, "not_open"
    others_wait = case.state == states.OBJECTED
    walk(
        session, vault, LOCK, case, event,
        actor=Actor("person", person), now=now, tell=others_wait, reason="by_owner", trace=trace,
    )  # fmt: skip
    return case.id, "withdrawn" if event == "withdraw" else "released"


def object_before_own(
    session: Session, vault: Vault, person: str, number: str, *, now: datetime, trace: str | None = None
) -> tuple[str, str]:
    """Object to the lock that stands before the person's own matched request. Raises NoSuchLock.

    The case that was objected to and `objected`, or the person's own and `recorded`.
    """
    own = own_lock(session, person, number)
    card = session.get(Card, own.card) if own.card else None
    if card is None or card.lock in {None, own.case}:
        return own.case, "recorded"
    receipt = rules.compare_receipt(sale_of(card), told_until_now(own))
    objected = _object(session, vault, card, person, receipt, now=now, trace=trace)
    return (objected, "objected") if objected else (own.case, "recorded")


def object_to_card(
    session: Session, vault: Vault, holder: LockRequest, *, now: datetime, trace: str | None = None
) -> str | None:
    """The holder of a locked card objects: the case, None when the details open no card that others locked.

    `holder` asks for one card; the same details are wanted as for a lock. Raises UnknownIssuer.
    """
    directory = Directory.of(session)
    sought = [seek(vault, card, directory.find(card.issuer)) for card in holder.cards]
    cards = find_cards(session, sought, invoice_indexes(vault, holder.invoice), to_change=False)
    indexes = [index for one in sought for index in one.indexes]
    tries = find_tries(session, holder.person, indexes, now)
    told = holder.told(vault, serial=bool(indexes))
    card = next((card for card in cards if rules.matches(sale_of(card), told)), None)
    may = rules.may_compare(tried(tries, holder.person, indexes, now), told)
    if card is None or not may:
        if may and told.is_comparable:
            note_try(session, holder.person, [sought[0].index], now)
        return None
    receipt = rules.compare_receipt(sale_of(card), told)
    known = {"told": told.names, "receipt": receipt}
    return _object(session, vault, card, holder.person, receipt, now=now, trace=trace, params=known)


def _object(
    session: Session,
    vault: Vault,
    card: Card,
    person: str,
    receipt: rules.Compared,
    *,
    now: datetime,
    **step: Unpack[Step],
) -> str | None:
    lock = session.get(Lock, card.lock) if card.lock else None
    if lock is None or lock.person == person:
        return None
    case = lock_case(session, lock.case)
    if case.state not in states.STANDING:
        return None
    steps = [(event.params.get("event"), event.actor) for event in chain_of(session, ENTITY, case.id)]
    again, is_decided = ("object", person) in steps, any(event == "keep" for event, _ in steps)
    if not rules.may_object(receipt, again=again, decided=is_decided):
        return case.id if again and case.state == states.OBJECTED else None
    walk(session, vault, LOCK, case, "object", actor=Actor("person", person), now=now, **step)
    follow(session, case, person, now)  # told of the steps after this one
    return case.id
