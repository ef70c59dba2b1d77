"""A lock is confirmed: by a receipt that is that of the sale, or by the number of a report to 165."""

from contextlib import suppress
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from lianfang.privacy import Vault
from services.cases.case import Case
from services.cases.evidence import Kind, TooMuchEvidence, add_evidence
from services.cases.walking import lock_case, walk
from services.locks import lock_states as states
from services.locks import rules
from services.locks.asking import Receipt
from services.locks.by import By
from services.locks.cards import sale_of
from services.locks.comparing import compare_again
from services.locks.lane import LOCK
from services.locks.matching import told_of
from services.locks.models import Card, Lock
from services.locks.own_locks import own_lock
from services.locks.serials import invoice_indexes
from services.partners.joining import status_of

HOTLINE = "165"
Outcome = Literal["confirmed", "pending", "differs", "recorded", "not_open"]


def confirm(
    session: Session,
    vault: Vault,
    person: str,
    number: str,
    receipt: Receipt,
    *,
    now: datetime,
    trace: str | None = None,
) -> tuple[str, Outcome]:
    """The case and what became of it. Raises NoSuchLock.

    What proves counts before it is kept: a case that is full must not refuse its owner's receipt.
    """
    lock = own_lock(session, person, number)
    by = By.person(person, now, trace)
    if lock.locked_at is None:
        compare_again(session, vault, lock, receipt, by)
    case = lock_case(session, lock.case)
    if case.state in states.ENDS:
        return case.id, "not_open"
    outcome = _outcome(session, vault, case, lock, receipt)
    if outcome == "confirmed" and case.state in {states.PROVISIONAL, states.OBJECTED}:
        walk(session, vault, LOCK, case, "confirm", actor=by.actor, now=now, tell=False, trace=trace)
    _keep(session, vault, case, receipt, by)
    return case.id, outcome


def _keep(session: Session, vault: Vault, case: Case, receipt: Receipt, by: By) -> None:
    given: dict[Kind, str | None] = {"invoice": receipt.invoice, "report_165": receipt.report_165}
    for kind, body in given.items():
        if body is not None:
            with suppress(TooMuchEvidence):
                add_evidence(
                    session, vault, case, kind=kind, body=body, actor=by.actor, now=by.now, trace=by.trace
                )


def _outcome(session: Session, vault: Vault, case: Case, lock: Lock, receipt: Receipt) -> Outcome:
    """What this proves."""
    if case.state == states.REQUESTED:
        return "recorded"
    if lock.confirmed_by is not None:
        return "confirmed"
    if receipt.invoice is not None and _is_proven(session, vault, lock, receipt):
        lock.confirmed_by = "receipt"
        return "confirmed"
    if receipt.report_165 is not None:
        if status_of(session, HOTLINE) == "live":
            return "pending"
        lock.confirmed_by = "report_165_told"
        return "confirmed"
    return "recorded" if lock.card is None else "differs"


def _is_proven(session: Session, vault: Vault, lock: Lock, receipt: Receipt) -> bool:
    card = session.get(Card, lock.card) if lock.card else None
    lock.tries += 1
    if card is None or lock.tries > rules.TRIES_OF_A_LOCK:
        return False
    lock.amount, lock.store = receipt.amount or lock.amount, receipt.store or lock.store
    told = told_of(lock, invoice_indexes(vault, receipt.invoice))
    return rules.proves(sale_of(card), told)
