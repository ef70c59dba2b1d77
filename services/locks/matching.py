"""A request's details match a sold card: it is locked now, waits, or comes too late, by the state of the card."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from lianfang.events import append
from lianfang.privacy import Vault
from services.cases.walking import ENTITY, lock_case, walk
from services.locks import rules, telling
from services.locks.by import By
from services.locks.card_states import PERMITTED
from services.locks.cards import sale_of
from services.locks.lane import LOCK
from services.locks.lock_states import PROVISIONAL, REQUESTED
from services.locks.models import Card, Lock

EVENTS: Mapping[rules.Course, str] = {"lock": "match", "too_late": "too_late"}


def told_of(lock: Lock, invoices: frozenset[str]) -> rules.Told:
    """What the person has told until now; `invoices`: the invoice number under every key."""
    return rules.Told(
        serial=lock.serial_index is not None,
        chain=lock.chain,
        bought_at=lock.bought_at,
        invoice=invoices,
        amount=lock.amount,
        store=lock.store,
    )


def told_until_now(lock: Lock) -> rules.Told:
    """All of it, with the invoice number as it is stored."""
    return told_of(lock, frozenset([lock.invoice_index] if lock.invoice_index else []))


def take(
    session: Session,
    vault: Vault,
    card: Card,
    lock: Lock,
    told: rules.Told,
    by: By,
    *,
    tell: bool = False,
) -> None:
    """Go the card's course with an earlier request; the card's row is locked. `tell`: the person does not wait here."""
    case = lock_case(session, lock.case)
    if case.state != REQUESTED:
        return  # the person took it back at this moment
    lock.card, lock.last4, lock.held_back = card.id, card.last4, False
    course = rules.COURSES[card.state]
    if course in EVENTS:
        walk(
            session, vault, LOCK, case, EVENTS[course],
            actor=by.actor, now=by.now, tell=tell, trace=by.trace,
        )  # fmt: skip
        prove(session, vault, card, lock, told, by)
    else:
        enqueue(session, vault, card, lock, by)


def prove(
    session: Session,
    vault: Vault,
    card: Card,
    lock: Lock,
    told: rules.Told,
    by: By,
) -> None:
    """A lock that has just been placed is confirmed at once when the receipt was told with it."""
    if lock.locked_at is None or not rules.proves(sale_of(card), told):
        return
    case = lock_case(session, lock.case)
    if case.state == PROVISIONAL:
        lock.confirmed_by = "receipt"
        walk(session, vault, LOCK, case, "confirm", actor=by.actor, now=by.now, tell=False, trace=by.trace)


def enqueue(
    session: Session,
    vault: Vault,
    card: Card,
    lock: Lock,
    by: By,
) -> None:
    """Wait for the card, whose row is locked; while it is being credited, its issuer is asked how that ended."""
    if lock.place is None:
        card.queued += 1
        lock.place = card.queued
        append(
            session,
            at=by.now,
            actor=by.actor,
            entity=ENTITY,
            entity_id=lock.case,
            from_state=REQUESTED,
            to_state=REQUESTED,
            reason=f"card_{card.state}",
            params={"lane": LOCK.name, "place": lock.place},
            trace=by.trace,
        )
    asked_lately = card.ask_at is not None and card.ask_at > by.now + rules.ASKED_AFTER
    if card.state == PERMITTED and not asked_lately:
        telling.ask_about(session, vault, card, by.now)
        card.ask_at = by.now + rules.ASKED_AGAIN_AFTER
