"""What a rule may say: one sign with its weight, the words' parameters, where the knowledge is from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum


class Severity(IntEnum):
    """How much one sign weighs; `decide.py` says what they add up to."""

    MATCHES = 0  # the official format, nothing bad in itself
    NOTE = 1  # worth saying, changes nothing
    WEAK = 2  # alone it means little
    STRONG = 3  # alone it makes a message suspicious
    PROOF = 4  # alone it proves fraud


@dataclass(frozen=True)
class Evidence:
    """One sign. `code` has words under `reason.<code>`; `params` may be shown (defanged, masked)."""

    code: str
    severity: Severity
    params: Mapping[str, str] = field(default_factory=dict)
    source: str = "rules"
    as_of: date | None = None
