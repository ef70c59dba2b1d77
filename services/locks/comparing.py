"""A request that matched nothing is compared once more, with what the person has found since."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.privacy import Vault
from services.cases.walking import lock_case
from services.locks import rules, telling
from services.locks.asking import Receipt
from services.locks.by import By
from services.locks.cards import sale_of
from services.locks.directory import API, MANUAL
from services.locks.matching import take, told_of
from services.locks.models import Card, Lock
from services.locks.searching import find_tries, note_try, tried
from services.locks.serialising import take_turns
from services.locks.serials import invoice_index, invoice_indexes


def compare_again(
    session: Session,
    vault: Vault,
    lock: Lock,
    receipt: Receipt,
    by: By,
) -> None:
    """With a new invoice number; without one, and at an issuer that has not joined, there is nothing to compare."""
    invoice, person = receipt.invoice, lock.person
    if invoice is None or person is None or lock.card is not None or lock.way == MANUAL:
        return
    invoices = invoice_indexes(vault, invoice)
    take_turns(session, [*invoices, *([lock.serial_index] if lock.serial_index else [])])
    same = Card.serial_index == lock.serial_index if lock.serial_index else Card.invoice_index.in_(invoices)
    wanted = select(Card).where(same).order_by(Card.id).with_for_update()
    found = session.scalars(wanted.execution_options(populate_existing=True))
    cards = [card for card in found if card.issuer == lock.issuer]
    own = {lock.serial_index} if lock.serial_index else set()
    counted = tried(find_tries(session, person, own, by.now), person, own, by.now)
    lock_case(session, lock.case)
    lock.invoice_index = invoice_index(vault, invoice)
    lock.amount, lock.store = receipt.amount or lock.amount, receipt.store or lock.store
    told = told_of(lock, invoices)
    if not told.is_comparable and lock.way != API:
        return
    may = rules.may_compare(counted, told)
    card = next((card for card in cards if rules.matches(sale_of(card), told)), None)
    if card is not None and may:
        take(session, vault, card, lock, told, by)
        return
    lock.held_back = not may
    if may:
        note_try(session, person, [lock.serial_index], by.now)
    if may and lock.way == API:
        telling.request_of_issuer(session, vault, lock, None, invoice, by.now)
