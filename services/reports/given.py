"""What an officer gives with a step, and what of it is missing or cannot be. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.reports.guard import Objection, Scope
from services.reports.steps import LEGAL_BASES, REASONS, Step

HOLDS = timedelta(days=180)  # a listing, unless its decision says until when
LONGEST = timedelta(days=365)
LONGEST_UNIT = 64
_OF_ADDRESSES = frozenset({"domain", "host", "page"})
_ADDRESSES = frozenset({"host", "page"})


@dataclass(frozen=True)
class Given:
    """`reason`, `legal_basis`: codes of steps.py; `unit`: the organisation that requests the block.

    `targets`: what to list, as it stands in the case (default: what was reported); `scope` of addresses: domain, host
    or page; `typed`: the address typed once more; `organisation`: for which the officer acts, where there are several.
    `note`: kept as evidence; `seen`: number of the last event of the case the officer saw, so that nobody decides blindly.
    """

    reason: str | None = None
    targets: tuple[str, ...] = ()
    scope: Scope | None = None
    until: datetime | None = None
    legal_basis: str | None = None
    unit: str | None = None
    typed: str | None = None
    organisation: str | None = None
    note: str = ""
    seen: int | None = None


def missing(step: Step, given: Given, kinds: Collection[str], now: datetime) -> list[Objection]:
    """`<need>_needed` for each need that is not met; `kinds` of what would be listed."""
    met = {
        "reason": given.reason in REASONS,
        "legal_basis": given.legal_basis in LEGAL_BASES,
        "unit": given.unit is not None and 0 < len(given.unit.strip()) <= LONGEST_UNIT,
        "until": given.until is not None and now < given.until <= now + LONGEST,
        "scope": given.scope in _OF_ADDRESSES or _ADDRESSES.isdisjoint(kinds),
    }
    return [Objection(f"{need}_needed", never=False) for need in step.needs if not met[need]]
