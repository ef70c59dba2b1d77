"""When details match a sale, what a receipt proves, and when comparing stops: rules without IO."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Literal

from services.locks.card_states import CREDITED, HELD, LOCKED, PERMITTED, REFUNDED, SPENT

AROUND_THE_SALE = timedelta(hours=24)
CLOCKS_DIFFER = timedelta(minutes=10)
ASKED_AFTER = timedelta(seconds=60)  # a permission was given and nothing reported on it
ASKED_AGAIN_AFTER = timedelta(minutes=10)
WARNED_BEFORE = timedelta(hours=12)  # an unconfirmed lock ends

# What is compared with sales, and did not match: enough for a slip of the finger, too few for guessing.
TRIES_OF_A_PERSON, PERSONS_WINDOW = 10, timedelta(hours=1)
SERIALS_OF_A_PERSON = 30  # in the same hour
TRIES_FOR_A_SERIAL, SERIALS_WINDOW = 5, timedelta(hours=24)
TRIES_BESIDE_OTHERS = 3  # for a serial that others have tried `TRIES_FOR_A_SERIAL` times
TRIES_OF_A_LOCK = 5

Course = Literal["lock", "wait", "queue", "too_late"]
Compared = Literal["none", "unregistered", "same", "another"]
COURSES: dict[str, Course] = {
    HELD: "lock",
    PERMITTED: "wait",
    LOCKED: "queue",
    REFUNDED: "queue",
    CREDITED: "too_late",
    SPENT: "too_late",
}


@dataclass(frozen=True)
class Sale:
    """What the issuer registered; amounts in TWD, the invoice as its index."""

    chain: str
    sold_at: datetime
    store: str | None = None
    invoice: str | None = None
    total: int | None = None
    face_value: int | None = None


@dataclass(frozen=True)
class Told:
    """What a person told of the purchase; `invoice` under every key, `serial`: whether it is what found the sale."""

    serial: bool
    chain: str | None = None
    bought_at: datetime | None = None
    invoice: frozenset[str] = frozenset()
    amount: int | None = None
    store: str | None = None

    @property
    def names(self) -> list[str]:
        """What of it was told."""
        return [one.name for one in fields(self) if getattr(self, one.name)]

    @property
    def tells_purchase(self) -> bool:
        """Whether anything of it is compared with sales."""
        return bool(self.chain or self.bought_at or self.invoice)

    @property
    def is_comparable(self) -> bool:
        """Whether it is enough to match a sale."""
        purchase = self.chain is not None and self.bought_at is not None
        invoice = bool(self.invoice)
        return (invoice or purchase) if self.serial else (invoice and purchase)


def matches(sale: Sale, told: Told) -> bool:
    """Whether who tells this has surely held the card or its receipt.

    With the serial: its invoice number, or chain and time. The invoice number alone runs on from customer to
    customer, so without a serial chain and time are wanted as well.
    """
    same_invoice = sale.invoice in told.invoice
    same_purchase = told.chain == sale.chain and _near(sale.sold_at, told.bought_at)
    return (same_invoice or same_purchase) if told.serial else (same_invoice and same_purchase)


def proves(sale: Sale, told: Told) -> bool:
    """Whether a receipt is that of the sale: its number, and its total (or the card's value) or its store."""
    same_amount = told.amount is not None and told.amount in {sale.total, sale.face_value}
    same_store = told.store is not None and told.store == sale.store
    return sale.invoice in told.invoice and (same_amount or same_store)


def compare_receipt(sale: Sale, told: Told) -> Compared:
    """How the invoice number that was told, if any, compares with that of the sale, if its issuer named one."""
    if not told.invoice:
        return "none"
    if sale.invoice is None:
        return "unregistered"
    return "same" if sale.invoice in told.invoice else "another"


def may_object(receipt: Compared, *, again: bool, decided: bool) -> bool:
    """Whether a person may object to a lock: once, and after officers have kept it only with a receipt.

    Otherwise whoever wants the refund to fail need only object for as long as it takes.
    """
    return not again and (not decided or receipt in {"same", "unregistered"})


def _near(sold_at: datetime, bought_at: datetime | None) -> bool:
    return bought_at is not None and abs(bought_at - sold_at) <= AROUND_THE_SALE


@dataclass(frozen=True)
class Tried:
    """What did not match: the person's requests, other serials in them, tries for this serial, own and by others."""

    requests: int
    other_serials: int
    own_for_serial: int
    others_for_serial: int


def may_compare(tried: Tried, told: Told) -> bool:
    """Whether a request is still compared with sales.

    Who knows a serial (the one who stole it) must not be able to use up its tries before the victim comes: others
    lower a person's own tries a little, and not at all where an invoice number is told, which nobody guesses.
    """
    is_crowded = tried.others_for_serial >= TRIES_FOR_A_SERIAL and not told.invoice
    own = TRIES_BESIDE_OTHERS if is_crowded else TRIES_FOR_A_SERIAL
    return (
        tried.requests < TRIES_OF_A_PERSON
        and tried.other_serials < SERIALS_OF_A_PERSON
        and tried.own_for_serial < own
    )


def is_future(sold_at: datetime, now: datetime) -> bool:
    """Whether a sale is later than any honest clock could say."""
    return sold_at > now + CLOCKS_DIFFER
