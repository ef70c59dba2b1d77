"""Whatever people, issuers, stores and time do to two cards in whatever order: never credited and locked at once."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

import cli.tables as _tables  # noqa: F401 -- fills the metadata
from lianfang.clock import UTC
from lianfang.database import Base
from lianfang.events import Event, hash_of
from lianfang.privacy import Vault
from services.cases.deadlines import BY_DEADLINE
from services.cases.finding import by_ids
from services.cases.walking import lock_case, walk
from services.locks import acts, own_rule, permissions, refunds
from services.locks import lock_states as states
from services.locks.asking import LockRequest, Receipt, WantedCard
from services.locks.confirming import confirm
from services.locks.importing import save_issuers
from services.locks.issuers import shipped_issuers
from services.locks.lane import LOCK
from services.locks.models import Card, Lock
from services.locks.own_locks import NoSuchLock, own_locks
from services.locks.requests import request_locks
from services.locks.sales import SaleRefused, SoldCard, register_sale
from services.partners import joining
from services.partners.keys import Caller

START = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
SERIALS = {"r1": "MCAB1234567890", "r2": "MCAB1234567891"}
INVOICES = {"r1": "AB12345678", "r2": "AB12345679"}
PEOPLE = ("p_1", "p_2")
Step = tuple[Any, ...]  # a method of World, and what it is called with
STORE = Caller("familymart", "store", "live", frozenset())


class World:
    """Two cards of one issuer, two people who both know all about them."""

    def __init__(self) -> None:
        self.vault = Vault([Fernet.generate_key().decode()], ["k1:for tests only"])
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        self.now = START
        self.permissions: dict[str, list[str]] = {card: [] for card in SERIALS}
        Base.metadata.create_all(self.engine)
        with self.session() as session:
            facts = [replace(one, way="hub") if one.id == "mycard" else one for one in shipped_issuers()]
            save_issuers(session, facts, self.now)
            joining.add_partner(
                session, "mycard", kind="issuer", name_zh="x", name_en="x", now=self.now, status="live"
            )
        self.sell("r1")

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def sell(self, card: str) -> None:
        sold = SoldCard(
            card, SERIALS[card], "familymart", START - timedelta(hours=30), invoice=INVOICES[card], total=1000
        )
        with self.session() as session:
            try:
                register_sale(session, self.vault, "mycard", sold, now=self.now)
            except SaleRefused as refused:
                raise AssertionError(refused.code) from refused

    def ask_permission(self, card: str) -> None:
        with self.session() as session:
            answer = permissions.ask_permission(session, "mycard", card, now=self.now)
        if answer.permission:
            self.permissions[card].append(answer.permission)

    def report(self, card: str, told: permissions.Report, which: int) -> None:
        given = self.permissions[card]
        permission = given[-1 - which] if which < len(given) else None
        with self.session() as session:
            permissions.report(session, self.vault, "mycard", card, told, permission, now=self.now)

    def own_rule(self, card: str, rule: Literal["credited", "held"]) -> None:
        with self.session() as session:
            own_rule.reconcile(session, self.vault, "mycard", card, rule, self.now, now=self.now)

    def ask_for_a_lock(self, card: str, person: str, knows: bool, receipt: bool) -> None:
        request = LockRequest(
            person=person,
            channel="line",
            cards=[WantedCard("mycard", SERIALS[card])],
            first_message_at=self.now,
            chain="familymart" if knows else "hilife",
            bought_at=START - timedelta(hours=29),
            invoice=INVOICES[card] if receipt else None,
            amount=1000,
        )
        with self.session() as session:
            request_locks(session, self.vault, request, now=self.now)

    def act(self, person: str, which: int, act: str) -> None:
        with self.session() as session:
            mine = own_locks(session, person)
            if which >= len(mine):
                return
            number = by_ids(session, mine)[mine[which]].number
            try:
                if act == "release":
                    acts.release(session, self.vault, person, number, now=self.now)
                elif act == "object":
                    acts.object_before_own(session, self.vault, person, number, now=self.now)
                else:
                    told = (
                        Receipt(report_165="A1")
                        if act == "report"
                        else Receipt(invoice="AB12345678", amount=1000)
                    )
                    confirm(session, self.vault, person, number, told, now=self.now)
            except NoSuchLock as none:
                raise AssertionError from none

    def refund(self, card: str, receipt: bool) -> None:
        with self.session() as session:
            held = session.scalar(select(Card).where(Card.card_ref == card))
            lock = session.get(Lock, held.lock) if held and held.lock else None
            if lock is not None:
                refunds.refund(
                    session, self.vault, lock, STORE, INVOICES[card] if receipt else None, now=self.now
                )

    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        with self.session() as session:
            for lock in session.scalars(select(Lock)).all():
                case = lock_case(session, lock.case)
                if case.due_at is not None and case.due_at <= self.now and case.due_event is not None:
                    walk(session, self.vault, LOCK, case, case.due_event, actor=BY_DEADLINE, now=self.now)

    def a_card_is_locked_by_exactly_the_lock_that_stands(self) -> None:
        with self.session() as session:
            locks = list(session.scalars(select(Lock)))
            cases = by_ids(session, [lock.case for lock in locks])
            for card in session.scalars(select(Card)):
                standing = [
                    lock.case
                    for lock in locks
                    if lock.card == card.id and cases[lock.case].state in states.STANDING
                ]
                refunded = [
                    lock.case
                    for lock in locks
                    if cases[lock.case].state == "refunded" and lock.card == card.id
                ]
                assert standing == ([card.lock] if card.state == "locked" else [])
                assert refunded == ([card.lock] if card.state == "refunded" else [])
                waiting = [lock for lock in locks if lock.card == card.id and lock.place is not None]
                assert all(cases[lock.case].state == "requested" for lock in waiting)
                assert not (waiting and card.state in {"held", "credited", "spent"}), "forgotten in the queue"

    def the_history_hangs_together(self) -> None:
        with self.session() as session:
            last: dict[tuple[str, str], Event] = {}
            for event in session.scalars(select(Event).order_by(Event.entity, Event.entity_id, Event.number)):
                before = last.get((event.entity, event.entity_id))
                assert event.number == (before.number + 1 if before else 1)
                assert (event.prev_hash, event.hash) == (before.hash if before else "", hash_of(event))
                if before is not None:
                    assert event.from_state == before.to_state
                last[event.entity, event.entity_id] = event


def steps() -> list[Step]:
    """Everything that can happen to either card by either person; what is likely more often."""
    happened: list[Step] = []
    for card in SERIALS:
        happened += [("sell", card)] * 2
        happened += [("ask_permission", card)] * 6
        happened += [
            ("report", card, told, 0)
            for told in ("credited", "credited", "not_credited", "not_credited", "spent")
        ]
        happened += [("report", card, "not_credited", which) for which in (1, 9)]
        happened += [("own_rule", card, told) for told in ("credited", "held")]
        happened += [("refund", card, receipt) for receipt in (True, False)]
        for person in PEOPLE:
            happened += [("ask_for_a_lock", card, person, True, receipt) for receipt in (True, False, False)]
            happened += [("ask_for_a_lock", card, person, False, False)]
    for person, which in itertools.product(PEOPLE, (0, 1)):
        happened += [("act", person, which, act) for act in ("release", "object", "confirm", "report")]
    return [*happened, *(("time_passes", hours) for hours in (1, 20, 80))]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(steps()), min_size=40, max_size=80))
def test_whatever_happens_in_whatever_order(happened: list[Step]) -> None:
    world = World()
    try:
        for name, *details in happened:
            getattr(world, name)(*details)
            world.a_card_is_locked_by_exactly_the_lock_that_stands()
        world.the_history_hangs_together()
    finally:
        world.engine.dispose()
