"""What a step of a lock means for its card, for the issuer, and for those who wait: in the step's transaction.

Rows are locked in one order, so that nobody waits in a circle: the case of a standing lock, then its card, then
cases that are still requested.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.privacy import Vault
from services.cases.lane import Lane, Passage
from services.cases.walking import lock_case, walk
from services.locks import lock_states as states
from services.locks import telling
from services.locks.by import By
from services.locks.card_states import LOCKED
from services.locks.cards import lock_row, move
from services.locks.models import Card, Lock
from services.locks.proofs import new_proof


def apply(session: Session, lane: Lane, passage: Passage) -> None:
    """The effects of the state that was entered; for a new case, whoever opens it adds its lock and sees to them."""
    effect = EFFECTS.get(passage.to_state)
    if effect is not None and passage.from_state is not None:
        effect(session, lane, passage, session.get_one(Lock, passage.case.id))


def serve_queue(session: Session, vault: Vault, lane: Lane, card: Card, by: By) -> None:
    """The card, whose row is locked, can be locked again: the first request that waits for it wins."""
    waiting = select(Lock).where(Lock.card == card.id, Lock.place.is_not(None)).order_by(Lock.place)
    for lock in session.scalars(waiting).all():
        case = lock_case(session, lock.case)
        if case.state == states.REQUESTED:
            walk(session, vault, lane, case, "match", actor=by.actor, now=by.now, reason="card_came_free")
            return


def end_queue(session: Session, vault: Vault, lane: Lane, card: Card, by: By) -> None:
    """The card, whose row is locked, is credited: whoever waits for it is too late."""
    waiting = select(Lock).where(Lock.card == card.id, Lock.place.is_not(None)).order_by(Lock.place)
    for lock in session.scalars(waiting).all():
        case = lock_case(session, lock.case)
        if case.state == states.REQUESTED:
            walk(session, vault, lane, case, "too_late", actor=by.actor, now=by.now, reason="credited")


def place(
    session: Session,
    vault: Vault,
    lock: Lock,
    card: Card | None,
    until: datetime | None,
    by: By,
) -> None:
    """The card, whose row is locked, is locked for this request; an issuer that keeps its cards itself did so."""
    proof = new_proof()
    lock.locked_at, lock.until, lock.place = by.now, until, None
    lock.proof, lock.proof_index = vault.encrypt(proof), vault.index("proof", proof)
    if card is not None:
        card.lock = lock.case
        move(session, card, "lock", by, case=lock.case)
        telling.tell_of_lock(session, vault, telling.LOCK_PLACED, lock, card, by.now)


def _placed(session: Session, _lane: Lane, passage: Passage, lock: Lock) -> None:
    card = session.get(Card, lock.card) if lock.card else None
    place(session, passage.vault, lock, card, passage.case.due_at, _by(passage))


def _confirmed(session: Session, _lane: Lane, passage: Passage, lock: Lock) -> None:
    lock.confirmed_at, lock.until = lock.confirmed_at or passage.now, None
    lock.confirmed_by = lock.confirmed_by or "officer"
    card = session.get(Card, lock.card) if lock.card else None
    telling.tell_of_lock(
        session, passage.vault, telling.LOCK_CONFIRMED, lock, card, passage.now, by=lock.confirmed_by
    )


def _objected(_session: Session, _lane: Lane, passage: Passage, lock: Lock) -> None:
    """An unconfirmed lock ends when it would have ended: to object must not make it last longer."""
    if passage.event == "confirm":
        lock.confirmed_at, lock.until = passage.now, None
    elif lock.confirmed_at is None:
        passage.case.due_at, passage.case.due_event = lock.until, "expire"


def _let_go(session: Session, lane: Lane, passage: Passage, lock: Lock) -> None:
    lock.until = None
    card = lock_row(session, lock.card) if lock.card else None
    telling.tell_of_lock(
        session,
        passage.vault,
        telling.LOCK_RELEASED,
        lock,
        card,
        passage.now,
        why=passage.to_state,
    )
    if card is not None and card.state == LOCKED and card.lock == lock.case:
        card.lock = None
        move(session, card, "release", _by(passage), case=lock.case)
        serve_queue(session, passage.vault, lane, card, _by(passage))


def _refunded(session: Session, _lane: Lane, passage: Passage, lock: Lock) -> None:
    card = lock_row(session, lock.card) if lock.card else None
    if card is not None:
        move(session, card, "refund", _by(passage), case=lock.case)
    telling.tell_of_lock(session, passage.vault, telling.REFUND_DONE, lock, card, passage.now)


def _over(_session: Session, _lane: Lane, _passage: Passage, lock: Lock) -> None:
    lock.until = lock.place = None


def _by(passage: Passage) -> By:
    return By(passage.actor, passage.now, passage.trace)


EFFECTS: Mapping[str, Callable[[Session, Lane, Passage, Lock], None]] = {
    states.PROVISIONAL: _placed,
    states.CONFIRMED: _confirmed,
    states.OBJECTED: _objected,
    states.RELEASED: _let_go,
    states.EXPIRED: _let_go,
    states.REFUNDED: _refunded,
    states.TOO_LATE: _over,
    states.CLOSED: _over,
}
