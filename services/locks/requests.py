"""A person asks to lock cards: each becomes a case, and is compared with the sales that issuers registered.

A wrong, a foreign and an unknown serial take the same steps and get the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from lianfang.privacy import Vault
from services.cases.finding import by_ids
from services.locks import lock_states as states
from services.locks import rules, telling
from services.locks.asking import LockRequest, Sought, seek
from services.locks.by import By
from services.locks.cards import sale_of
from services.locks.directory import API, MANUAL, Directory
from services.locks.matching import told_until_now
from services.locks.models import Card, Lock
from services.locks.opening import open_request, repeat_request
from services.locks.searching import InVain, find_cards, find_own_locks, find_tries, note_try, tried
from services.locks.serialising import take_turns
from services.locks.serials import invoice_indexes

STILL_TOLD = states.STANDING | {states.REFUNDED, states.TOO_LATE}


@dataclass(frozen=True)
class Answered:
    """The case of one card; `again`: the person had it already."""

    case: str
    again: bool


@dataclass
class _Round:
    """One request at work: the cards and locks it may be about, and what its earlier cards have taken."""

    session: Session
    vault: Vault
    request: LockRequest
    by: By
    cards: Sequence[Card]
    own: Sequence[Lock]
    states: dict[str, str]
    tries: Sequence[InVain]
    taken: set[str] = field(default_factory=set)
    in_vain: list[str | None] = field(default_factory=list)  # serials that were compared and matched nothing


def request_locks(
    session: Session, vault: Vault, request: LockRequest, *, now: datetime, trace: str | None = None
) -> list[Answered]:
    """The case of each card, in their order; repeated requests get the same case. Raises UnknownIssuer."""
    directory = Directory.of(session)
    sought = [seek(vault, card, directory.find(card.issuer)) for card in request.cards]
    invoices = invoice_indexes(vault, request.invoice)
    take_turns(session, [*invoices, *(one.index for one in sought if one.index is not None)])
    cards = find_cards(session, sought, invoices, to_change=True)
    own = find_own_locks(session, request.person, sought, cards, now)
    cases = by_ids(session, [lock.case for lock in own]) if own else {}
    states_now = {case.id: case.state for case in cases.values()}
    tries = find_tries(session, request.person, [index for one in sought for index in one.indexes], now)
    by = By.person(request.person, now, trace)
    work = _Round(session, vault, request, by, cards, own, states_now, tries)
    answered = [_request_one(work, one) for one in sought]
    if work.in_vain:
        note_try(session, request.person, work.in_vain, now)
    return answered


def _request_one(work: _Round, sought: Sought) -> Answered:
    told = work.request.told(work.vault, serial=bool(sought.indexes))
    counted = tried(work.tries, work.request.person, sought.indexes, work.by.now)
    compared = sought.issuer.way != MANUAL and rules.may_compare(counted, told)
    matching = _matching(work, sought, told)
    card = matching if compared else None
    earlier = _earlier(work, sought, card)
    if earlier is not None:
        work.taken |= {earlier.case, *((card.id,) if card else ())}
        if work.states[earlier.case] in STILL_TOLD:
            return Answered(earlier.case, again=True)
    if card is not None:
        work.taken.add(card.id)
    opened = earlier is None
    if earlier is None:
        lock = open_request(work.session, work.vault, work.request, sought, card, work.by)
        work.taken.add(lock.case)
    else:
        lock = repeat_request(work.session, work.vault, work.request, earlier, card, work.by)
    if card is None and _is_try(sought, lock, told):
        lock.held_back = not compared
        if compared:
            work.in_vain.append(sought.index)
        if compared and sought.issuer.way == API and (opened or lock.answer is not None):
            serial, invoice = sought.card.serial, work.request.invoice
            telling.request_of_issuer(work.session, work.vault, lock, serial, invoice, work.by.now)
    return Answered(lock.case, again=not opened)


def _is_try(sought: Sought, lock: Lock, told: rules.Told) -> bool:
    """Whether this can be compared, now or with a later sale: what is told bit by bit counts when it is enough.

    An issuer that keeps its cards itself compares on its own, whatever was told.
    """
    enough = told.tells_purchase and told_until_now(lock).is_comparable
    return sought.issuer.way == API or (sought.issuer.way != MANUAL and enough)


def _matching(work: _Round, sought: Sought, told: rules.Told) -> Card | None:
    """The card these details open; without a serial the one whose last four digits were told comes first."""
    found = [
        card
        for card in work.cards
        if card.issuer == sought.issuer.id
        and card.id not in work.taken
        and (not sought.indexes or card.serial_index in sought.indexes)
        and rules.matches(sale_of(card), told)
    ]
    found.sort(key=lambda card: card.last4 != sought.last4)
    return found[0] if found else None


def _earlier(work: _Round, sought: Sought, card: Card | None) -> Lock | None:
    """The person's own lock or open request for this card, if it is not over."""
    open_states = STILL_TOLD | {states.REQUESTED}
    for lock in work.own:
        if lock.case in work.taken or work.states.get(lock.case) not in open_states:
            continue
        same_card = card is not None and lock.card == card.id
        same_serial = lock.serial_index is not None and lock.serial_index in sought.indexes
        if same_card or same_serial or _same_without_serial(lock, sought, card):
            return lock
    return None


def _same_without_serial(lock: Lock, sought: Sought, card: Card | None) -> bool:
    """Said again by somebody who had no serial to tell: the issuer and the digits, if any, are all there is."""
    return (
        card is None
        and sought.index is None
        and (lock.serial_index, lock.card) == (None, None)
        and (lock.issuer, lock.last4) == (sought.issuer.id, sought.last4)
    )
