"""Game cards as stories: sold, paid into a scam, locked in time or too late, refunded, fought over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cli.demo.days import Story
from cli.demo.town import Town
from services.cases.finding import by_ids
from services.cases.officers import OfficersStep, look_at, take_step
from services.locks.acts import object_to_card, release
from services.locks.answers import Answer, answer_lock
from services.locks.asking import LockRequest, Receipt, WantedCard
from services.locks.confirming import confirm
from services.locks.lane import LOCK
from services.locks.own_locks import own_lock
from services.locks.permissions import Report, ask_permission, report
from services.locks.refunds import refund
from services.locks.requests import request_locks
from services.locks.sales import SoldCard, register_sale
from services.partners.keys import Caller

CHAINS = ("seven_eleven", "familymart", "hilife", "okmart")
VALUES = (300, 500, 1000, 1000, 3000, 5000)


@dataclass
class Deal:
    """One sold card and whoever bought it; `case` once a lock was asked for."""

    town: Town
    issuer: str
    number: int
    sold_at: datetime
    chain: str
    value: int
    buyer: str
    case: str = ""
    code: str = ""  # the case's number

    @property
    def serial(self) -> str:
        return f"{self.issuer[:2].upper()}{self.number:010d}"

    @property
    def invoice(self) -> str:
        return f"DM{self.number:08d}"

    @property
    def card_ref(self) -> str:
        return f"demo-{self.number}"

    async def sell(self) -> None:
        sold = SoldCard(
            self.card_ref, self.serial, self.chain, self.sold_at,
            store=f"示範{self.number % 40 + 1}店", face_value=self.value, invoice=self.invoice, total=self.value,
        )  # fmt: skip
        town = self.town
        await town.do(lambda s: register_sale(s, town.vault, self.issuer, sold, now=town.clock()))

    def asked(self, person: str, *, wrong: bool = False, receipt: bool = False) -> LockRequest:
        town, now = self.town, self.town.clock()
        return LockRequest(
            person,
            "line",
            [WantedCard(self.issuer, self.serial)],
            first_message_at=now - timedelta(seconds=town.rng.randint(20, 240)),
            chain=self.chain,
            bought_at=self.sold_at - timedelta(days=3) if wrong else self.sold_at + timedelta(minutes=12),
            invoice=self.invoice if receipt else None,
            amount=self.value,
            given_to_scammer=True,
        )

    async def ask(self, person: str | None = None, *, wrong: bool = False, receipt: bool = False) -> None:
        """Ask to lock it; the case is kept."""
        town, asked = self.town, self.asked(person or self.buyer, wrong=wrong, receipt=receipt)

        def change(session: Session) -> tuple[str, str]:
            [answered] = request_locks(session, town.vault, asked, now=town.clock())
            return answered.case, by_ids(session, [answered.case])[answered.case].number

        self.case, self.code = await town.do(change)

    async def confirm(self, report_165: str | None = None) -> None:
        town, given = self.town, Receipt(self.invoice, self.value)
        if report_165 is not None:
            given = Receipt(report_165=report_165)
        await town.do(lambda s: confirm(s, town.vault, self.buyer, self.code, given, now=town.clock()))

    async def credit(self, *reports: Report) -> None:
        """The issuer asks, may, and says what came of it."""
        town = self.town

        def change(session: Session) -> None:
            may = ask_permission(session, self.issuer, self.card_ref, now=town.clock())
            for told in reports:
                report(
                    session, town.vault, self.issuer, self.card_ref, told, may.permission, now=town.clock()
                )

        await town.do(change)

    async def refund(self) -> None:
        town, store = self.town, Caller(self.chain, "store", "sandbox", frozenset({"refunds:write"}))

        def change(session: Session) -> None:
            lock = own_lock(session, self.buyer, self.code)
            refund(session, town.vault, lock, store, self.invoice, now=town.clock())

        await town.do(change)

    async def decide(self, event: str, reason: str) -> None:
        """By 165."""
        town, officer = self.town, self.town.officer("165")

        def change(session: Session) -> None:
            seen = look_at(session, town.vault, self.code)
            if seen is not None:
                step = OfficersStep(officer.person, officer.organisation, town.clock(), seen.seen, reason)
                take_step(session, town.vault, LOCK, self.case, event, step)

        await town.do(change)

    async def answer(self, answer: Answer) -> None:
        town = self.town
        await town.do(lambda s: answer_lock(s, town.vault, self.issuer, self.case, answer, now=town.clock()))

    async def release(self) -> None:
        town = self.town
        await town.do(lambda s: release(s, town.vault, self.buyer, self.code, now=town.clock()))

    async def object(self) -> None:
        """Somebody else holds the receipt."""
        town = self.town
        holder = self.asked(town.somebody(self.buyer), receipt=True)
        await town.do(lambda s: object_to_card(s, town.vault, holder, now=town.clock()))


Way = Callable[[Deal], Story]
