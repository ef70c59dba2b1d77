"""What the internal API and the partner API are sent, read strictly."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.locks.answers import Answer
from services.locks.asking import LockRequest, Receipt, WantedCard
from services.locks.chains import find_chain
from services.locks.issuing import REFERENCE
from services.locks.own_rule import Rule
from services.locks.permissions import Report
from services.locks.sales import SoldCard

_PRINTED = r"^[^\x00-\x1f\x7f]{1,64}$"  # no database text holds a NUL, and nobody means the other signs
Serial = Annotated[str, Field(pattern=_PRINTED)]
Short = Annotated[str, Field(pattern=_PRINTED)]
Reference = Annotated[str, Field(pattern=rf"^{REFERENCE}$")]
Amount = Annotated[int, Field(ge=1, le=10_000_000)]
MOST_CARDS = 10


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CardBody(_Body):
    issuer: Short
    serial: Serial | None = None
    last4: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{4}$")] | None = None


class PurchaseBody(_Body):
    chain: Short | None = None
    store: Short | None = None
    bought_at: AwareDatetime | None = None
    invoice: Short | None = None
    amount: Amount | None = None

    def request(
        self,
        person: str,
        cards: list[WantedCard],
        first_message_at: datetime,
        channel: str | None = None,
        *,
        given_to_scammer: bool | None = None,
    ) -> LockRequest:
        """A shop that is none of the chains is kept as what it was called."""
        chain = find_chain(self.chain) if self.chain else None
        return LockRequest(
            person=person,
            channel=channel,
            cards=cards,
            first_message_at=first_message_at,
            chain=chain,
            store=self.store or (self.chain if chain is None else None),
            bought_at=self.bought_at,
            invoice=self.invoice,
            amount=self.amount,
            given_to_scammer=given_to_scammer,
        )


class RequestBody(PurchaseBody):
    cards: Annotated[list[CardBody], Field(min_length=1, max_length=MOST_CARDS)]
    first_message_at: AwareDatetime
    channel: Annotated[str, Field(pattern=r"^[a-z]{1,16}$")]
    given_to_scammer: bool | None = None


class ObjectionBody(PurchaseBody, CardBody):
    pass


class ReceiptBody(_Body):
    invoice: Short | None = None
    amount: Amount | None = None
    store: Short | None = None
    report_165: Short | None = None

    def receipt(self) -> Receipt:
        return Receipt(**self.model_dump())


class SaleBody(_Body):
    card_ref: Reference
    serial: Serial
    chain: Short
    sold_at: AwareDatetime
    store: Short | None = None
    face_value: Amount | None = None
    invoice_number: Short | None = None
    total: Amount | None = None

    def sale(self, chain: str) -> SoldCard:
        return SoldCard(
            card_ref=self.card_ref,
            serial=self.serial,
            chain=chain,
            sold_at=self.sold_at,
            store=self.store,
            face_value=self.face_value,
            invoice=self.invoice_number,
            total=self.total,
        )


class NothingBody(_Body):
    pass


class ReportBody(_Body):
    report: Report
    permission: Short | None = None


class OwnRuleBody(_Body):
    rule: Rule
    at: AwareDatetime


class AnswerBody(_Body):
    answer: Answer


class RefundBody(_Body):
    receipt: Short | None = None
