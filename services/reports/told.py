"""What a person tells with a report, and how it is kept: without secrets of class A, encrypted by its case."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lianfang.clock import rfc3339
from lianfang.text.redact import redact


@dataclass(frozen=True)
class Contact:
    """How the reporter may be reached, each only if given."""

    name: str | None = None
    phone: str | None = None
    mail: str | None = None


@dataclass(frozen=True)
class Told:
    """What a person reports; as `ReportsClient.report` says it."""

    kind: str
    subject: str
    channel: str | None = None
    brand: str | None = None
    found: str | None = None
    money_lost: int | None = None
    check: str | None = None
    contact: Contact | None = None
    text: str | None = None
    sender: str | None = None
    seen_at: datetime | None = None
    from_picture: bool = False
    consent: bool = True


def details_of(told: Told) -> Mapping[str, Any]:
    """The details of a case, as JSON values."""
    details = asdict(told)
    details.pop("channel")
    for words in ("subject", "text"):
        details[words] = redact(details[words]) if details[words] else details[words]
    details["seen_at"] = rfc3339(told.seen_at) if told.seen_at else None
    return details
