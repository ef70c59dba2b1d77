"""A request becomes a case, or its earlier case hears what is told now; a card that matched goes its course at once."""

from sqlalchemy.orm import Session

from lianfang.privacy import Vault
from services.cases.walking import lock_case, open_case
from services.locks import effects, rules
from services.locks.asking import LockRequest, Sought
from services.locks.by import By
from services.locks.lane import LOCK
from services.locks.matching import EVENTS, enqueue, prove, take
from services.locks.models import Card, Lock
from services.locks.serials import invoice_index


def open_request(
    session: Session, vault: Vault, request: LockRequest, sought: Sought, card: Card | None, by: By
) -> Lock:
    """A new case that has gone its course already, so that a match is one step of its history.

    `card`: what the details matched, its row locked; None for all else.
    """
    issuer, last4 = sought.issuer, card.last4 if card else sought.last4
    course = rules.COURSES[card.state] if card else None
    case = open_case(
        session,
        vault,
        LOCK,
        person=request.person,
        channel=request.channel,
        details=request.details(issuer.id, last4),
        actor=by.actor,
        now=by.now,
        through=EVENTS.get(course) if course else None,
        trace=by.trace,
        params={"issuer": issuer.id, "status": issuer.status, "way": issuer.way},
    )
    lock = Lock(
        case=case.id,
        card=card.id if card else None,
        issuer=issuer.id,
        status=issuer.status,
        way=issuer.way,
        person=request.person,
        serial_index=sought.index,
        last4=last4,
        chain=request.chain,
        store=request.store,
        bought_at=request.bought_at,
        invoice_index=invoice_index(vault, request.invoice) if request.invoice else None,
        amount=request.amount,
        first_message_at=request.first_message_at,
        asked_at=by.now,
        tries=0,
        held_back=False,
    )
    session.add(lock)
    if card is not None and course == "lock":
        effects.place(session, vault, lock, card, case.due_at, by)
        prove(session, vault, card, lock, request.told(vault, serial=bool(sought.indexes)), by)
    elif card is not None and course not in EVENTS:
        enqueue(session, vault, card, lock, by)
    return lock


def repeat_request(
    session: Session, vault: Vault, request: LockRequest, lock: Lock, card: Card | None, by: By
) -> Lock:
    """The same request with what is told now; what was told before and is not told now stays."""
    lock_case(session, lock.case)
    lock.chain, lock.store = request.chain or lock.chain, request.store or lock.store
    lock.bought_at, lock.amount = request.bought_at or lock.bought_at, request.amount or lock.amount
    if request.invoice:
        lock.invoice_index = invoice_index(vault, request.invoice)
    if card is not None:
        told = request.told(vault, serial=lock.serial_index is not None)
        take(session, vault, card, lock, told, by)
    return lock
