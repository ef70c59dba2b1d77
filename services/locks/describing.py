"""A lock's parameters for words: names in both languages, last four digits, dates as people write them; no secrets."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI
from lianfang.privacy import Vault
from services.locks.models import Issuer, Lock

DEMO = {"key": "notice.demo"}  # design rule 11: what a sandbox partner did says 「示範」


class LockCase(Protocol):
    """What is read of a case here."""

    @property
    def id(self) -> str: ...

    @property
    def due_at(self) -> datetime | None: ...


def describe(session: Session, _vault: Vault, case: LockCase) -> Mapping[str, Any]:
    """Parameters of the notices, and what the case list shows of a lock."""
    lock = session.get_one(Lock, case.id)
    issuer = session.get_one(Issuer, lock.issuer)
    return {
        "issuer": issuer.name_zh,
        "issuer_en": issuer.name_en,
        "issuer_id": issuer.id,
        "last4": lock.last4 or "?",
        "until": moment(case.due_at) if case.due_at else "",
        "status": lock.status,
        "basis": {"key": f"notice.confirmed_by_{lock.confirmed_by}"} if lock.confirmed_by else "",
        "possible": {"key": f"notice.still_possible_{issuer.refund_rule}"},
        "demo": DEMO if lock.status == "sandbox" else "",
    }


def moment(at: datetime) -> str:
    """`11/25 14:05`, Taipei."""
    return f"{at.astimezone(TAIPEI):%m/%d %H:%M}"
