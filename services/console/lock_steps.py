"""What officers of 165 do with the lock of a game card: confirm it by a report, decide about an objection."""

from collections.abc import Mapping

from services.console.desk import StepOffered

_HOTLINE = frozenset({"165"})
REASONS = ("report_165_seen", "receipt_seen", "holder_is_right", "not_enough_evidence")

LOCK_STEPS: Mapping[tuple[str, str], StepOffered] = {
    ("provisional", "confirm"): StepOffered("confirmed", _HOTLINE, needs=("reason",)),
    ("objected", "keep"): StepOffered("confirmed", _HOTLINE, "person", ("reason",)),
    ("objected", "release"): StepOffered("released", _HOTLINE, "person", ("reason",)),
}
