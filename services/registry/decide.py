"""From evidence to a verdict: one pure function, monotone in bad evidence.

* one PROOF makes `fraud`;
* one STRONG, or two different WEAK, make `suspicious`;
* MATCHES makes `official`, but only with nothing WEAK or worse beside it;
* everything else is `unknown`, which never means that nothing is wrong.

More bad evidence never lowers the verdict or the score: verdicts are bands of the score (official 0-9,
unknown 10-39, suspicious 40-84, fraud 85-100), and within a band it rises with every further sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from services.registry.evidence import Evidence, Severity

Verdict = Literal["fraud", "suspicious", "unknown", "official"]

VERDICT_ORDER: tuple[Verdict, ...] = ("official", "unknown", "suspicious", "fraud")
MOST_REASONS = 6
_BANDS: dict[Verdict, tuple[int, int]] = {
    "official": (0, 9),
    "unknown": (10, 39),
    "suspicious": (40, 84),
    "fraud": (85, 100),
}
_WEIGHTS = {Severity.WEAK: 0.2, Severity.STRONG: 0.5, Severity.PROOF: 0.9}


@dataclass(frozen=True)
class Decision:
    """A verdict, its place within the order of checks, and the reasons in the order they are told."""

    verdict: Verdict
    score: int
    reasons: tuple[Evidence, ...]


def decide(evidence: Sequence[Evidence]) -> Decision:
    """Judge the evidence as the module says."""
    verdict = _verdict(evidence)
    return Decision(verdict, _score(verdict, evidence), _reasons(evidence, verdict))


def _verdict(evidence: Sequence[Evidence]) -> Verdict:
    severities = {sign.severity for sign in evidence}
    weak = {sign.code for sign in evidence if sign.severity is Severity.WEAK}
    if Severity.PROOF in severities:
        return "fraud"
    if Severity.STRONG in severities or len(weak) > 1:
        return "suspicious"
    if Severity.MATCHES in severities and not weak:
        return "official"
    return "unknown"


def _score(verdict: Verdict, evidence: Sequence[Evidence]) -> int:
    doubt = 1.0
    for severity in sorted({(sign.code, sign.severity) for sign in evidence}):
        doubt *= 1 - _WEIGHTS.get(severity[1], 0.0)
    low, high = _BANDS[verdict]
    return low + int((1 - doubt) * (high - low))


def _reasons(evidence: Sequence[Evidence], verdict: Verdict) -> tuple[Evidence, ...]:
    unique: dict[tuple[str, str], Evidence] = {}
    for sign in evidence:
        unique.setdefault((sign.code, sign.params.get("address", "") + sign.params.get("what", "")), sign)
    worst = max((sign.severity for sign in unique.values()), default=Severity.NOTE)
    told = [sign for sign in unique.values() if worst < Severity.STRONG or sign.severity >= Severity.WEAK]
    if verdict in ("fraud", "suspicious"):
        # "All marks hold" beside "this is suspicious" would only confuse.
        told = [sign for sign in told if sign.severity is not Severity.MATCHES]
    if verdict == "official":
        return tuple(sorted(told, key=lambda sign: sign.severity)[:MOST_REASONS])
    return tuple(sorted(told, key=lambda sign: -sign.severity)[:MOST_REASONS])
