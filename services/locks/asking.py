"""What a person asks for, and how each of their cards is sought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lianfang.clock import rfc3339
from lianfang.privacy import Vault
from services.locks.directory import Reached
from services.locks.rules import Told
from services.locks.serials import SHOWN, NoSerial, invoice_indexes, last4, serial_index, serial_indexes


@dataclass(frozen=True)
class WantedCard:
    """One card: `issuer` by id or name."""

    issuer: str
    serial: str | None = None
    last4: str | None = None


@dataclass(frozen=True)
class LockRequest:
    """Cards of one purchase; `chain` is an id that exists, `amount` TWD."""

    person: str
    channel: str | None
    cards: Sequence[WantedCard]
    first_message_at: datetime
    chain: str | None = None
    store: str | None = None
    bought_at: datetime | None = None
    invoice: str | None = None
    amount: int | None = None
    given_to_scammer: bool | None = None

    def told(self, vault: Vault, *, serial: bool) -> Told:
        return Told(
            serial=serial,
            chain=self.chain,
            bought_at=self.bought_at,
            invoice=invoice_indexes(vault, self.invoice),
            amount=self.amount,
            store=self.store,
        )

    def details(self, issuer: str, last4: str | None) -> dict[str, Any]:
        """What its case keeps (encrypted): everything but the serial."""
        return {
            "issuer": issuer,
            "last4": last4,
            "chain": self.chain,
            "store": self.store,
            "bought_at": rfc3339(self.bought_at) if self.bought_at else None,
            "invoice": self.invoice,
            "amount": self.amount,
            "given_to_scammer": self.given_to_scammer,
        }


@dataclass(frozen=True)
class Receipt:
    """What the person adds later; `report_165` is recorded as it was told."""

    invoice: str | None = None
    amount: int | None = None
    store: str | None = None
    report_165: str | None = None


@dataclass(frozen=True)
class Sought:
    """One card with whatever its serial may be stored as; `index` is what we store of it now."""

    card: WantedCard
    issuer: Reached
    indexes: tuple[str, ...]
    index: str | None
    last4: str | None


def seek(vault: Vault, card: WantedCard, issuer: Reached) -> Sought:
    """What is no serial finds nothing, and otherwise is treated like one."""
    told_last4 = card.last4[-SHOWN:] if card.last4 else None
    if card.serial is None:
        return Sought(card, issuer, (), None, told_last4)
    try:
        index = serial_index(vault, issuer.id, card.serial, issuer.serial_rule)
        shown = last4(card.serial, issuer.serial_rule)
    except NoSerial:
        return Sought(card, issuer, (), None, told_last4)
    return Sought(card, issuer, tuple(serial_indexes(vault, issuer.id, card.serial)), index, shown)
