"""What officers found about a case, as evidence beside that of the rules."""

from dataclasses import dataclass
from datetime import datetime

from lianfang.clock import TAIPEI
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts

OFFICIAL = "official"
BAD = frozenset({"fraud", "suspicious"})
SOURCE = "officer"


@dataclass(frozen=True)
class Finding:
    """A verdict two officers agreed on, and when the second one did."""

    verdict: str
    at: datetime


def evidence_of(finding: Finding | None, facts: Facts) -> tuple[Evidence, ...]:
    """One sign, or none where officers said nothing."""
    if finding is None:
        return ()
    day = finding.at.astimezone(TAIPEI).date()
    params = {"on": facts.shown_day(day)}
    if finding.verdict == "fraud":
        return (Evidence("officer_fraud", Severity.PROOF, params, SOURCE, day),)
    if finding.verdict == "suspicious":
        return (Evidence("officer_suspicious", Severity.STRONG, params, SOURCE, day),)
    return (Evidence("officer_official", Severity.MATCHES, params, SOURCE, day),)
