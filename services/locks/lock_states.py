"""The states of a lock and what moves them, as a table; out of objected, `confirm` and `object` only note."""

from collections.abc import Mapping
from datetime import timedelta

REQUESTED, PROVISIONAL, CONFIRMED, OBJECTED = "requested", "provisional", "confirmed", "objected"
REFUNDED, RELEASED, EXPIRED, TOO_LATE, CLOSED = "refunded", "released", "expired", "too_late", "closed"
STANDING = frozenset({PROVISIONAL, CONFIRMED, OBJECTED})  # the card is locked by it
ENDS = frozenset({REFUNDED, RELEASED, EXPIRED, TOO_LATE, CLOSED})

UNCONFIRMED_FOR = timedelta(hours=72)
REQUEST_KEPT = timedelta(days=60)

TABLE: Mapping[tuple[str, str], str] = {
    (REQUESTED, "match"): PROVISIONAL,
    (REQUESTED, "too_late"): TOO_LATE,
    (REQUESTED, "withdraw"): CLOSED,
    (REQUESTED, "lapse"): CLOSED,
    (PROVISIONAL, "confirm"): CONFIRMED,
    (PROVISIONAL, "expire"): EXPIRED,
    (PROVISIONAL, "release"): RELEASED,
    (PROVISIONAL, "object"): OBJECTED,
    (PROVISIONAL, "too_late"): TOO_LATE,
    (CONFIRMED, "refund"): REFUNDED,
    (CONFIRMED, "release"): RELEASED,
    (CONFIRMED, "object"): OBJECTED,
    (CONFIRMED, "too_late"): TOO_LATE,
    (OBJECTED, "confirm"): OBJECTED,
    (OBJECTED, "object"): OBJECTED,
    (OBJECTED, "keep"): CONFIRMED,
    (OBJECTED, "expire"): EXPIRED,
    (OBJECTED, "release"): RELEASED,
    (OBJECTED, "too_late"): TOO_LATE,
}
