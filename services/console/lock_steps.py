"""What officers of 165 do with the lock of a game card: confirm it by a report, decide about an objection."""

from collections.abc import Mapping

from services.console.desk import StepOffered

_HOTLINE = frozenset({"165"})
REASONS = ("report_165_seen", "receipt_seen", "holder_is_right", "not_enough_evidence")

_CONFIRMING = frozenset({"confirm"})


def _decides(to: str) -> StepOffered:
    """About an objection: whoever confirmed the lock does not, but who decided an earlier objection may."""
    return StepOffered(to, _HOTLINE, "person", ("reason",), earlier=_CONFIRMING, closed="other_person")


LOCK_STEPS: Mapping[tuple[str, str], StepOffered] = {
    ("provisional", "confirm"): StepOffered("confirmed", _HOTLINE, needs=("reason",)),
    ("objected", "keep"): _decides("confirmed"),
    ("objected", "release"): _decides("released"),
}
