"""What issuers are told of locks and cards: ids, references and codes; only a request to lock carries a serial."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.privacy import Vault
from services.locks.models import Card, Lock
from services.partners.deliveries import deliver

LOCK_REQUESTED, LOCK_PLACED, LOCK_RELEASED = "lock.requested", "lock.placed", "lock.released"
LOCK_CONFIRMED, CARD_ASK, REFUND_DONE = "lock.confirmed", "card.ask", "refund.done"


def tell_of_lock(
    session: Session,
    vault: Vault,
    kind: str,
    lock: Lock,
    card: Card | None,
    now: datetime,
    **more: Any,
) -> None:
    """Tell the issuer, if it had joined when the lock was asked for."""
    if lock.status == "none":
        return
    body = {"lock": lock.case, "last4": lock.last4, "at": rfc3339(now), **more}
    if card is not None:
        body["card_ref"] = card.card_ref
    _deliver(session, vault, lock.issuer, kind, "case", lock.case, body, now)


def request_of_issuer(
    session: Session, vault: Vault, lock: Lock, serial: str | None, invoice: str | None, now: datetime
) -> None:
    """Ask an issuer that keeps its cards itself to lock one; serial and invoice live in this delivery only."""
    body = {
        "lock": lock.case,
        "serial": serial,
        "last4": lock.last4,
        "chain": lock.chain,
        "store": lock.store,
        "bought_at": rfc3339(lock.bought_at) if lock.bought_at else None,
        "invoice_number": invoice,
        "amount": lock.amount,
        "at": rfc3339(now),
    }
    _deliver(session, vault, lock.issuer, LOCK_REQUESTED, "case", lock.case, body, now)


def ask_about(session: Session, vault: Vault, card: Card, now: datetime) -> None:
    """Ask what became of a permission that was not reported on."""
    body = {"card_ref": card.card_ref, "permission": card.permission, "at": rfc3339(now)}
    _deliver(session, vault, card.issuer, CARD_ASK, "card", card.id, body, now)


def _deliver(
    session: Session,
    vault: Vault,
    issuer: str,
    kind: str,
    entity: str,
    entity_id: str,
    body: Mapping[str, Any],
    now: datetime,
) -> None:
    deliver(
        session,
        vault,
        partner=issuer,
        kind=kind,
        entity=entity,
        entity_id=entity_id,
        body=body,
        now=now,
    )
