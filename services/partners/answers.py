"""How a partner's answer to a delivery counts, and when to try again: rules without IO."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Literal

LONGEST_WAIT = timedelta(minutes=30)
LONGEST_ASKED_WAIT = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=3)
NOT_NOW = frozenset({408, 425, 429})
KEY_OF_YESTERDAY = 401  # both sides change secrets, never at the same moment: no reason to lose a lock

End = Literal["answered", "refused", "given_up"]
Outcome = Literal["answered", "refused", "again"]


def outcome(status: int | None, answer: dict[str, Any] | None) -> Outcome:
    """What became of one attempt; `status` None: no answer at all, `answer` None: no JSON object."""
    if status is None:
        return "again"
    if 200 <= status < 300:
        return "again" if answer is None else "answered"
    if 400 <= status < 500 and status != KEY_OF_YESTERDAY and status not in NOT_NOW:
        return "refused"
    return "again"


def read_answer(raw: bytes) -> dict[str, Any] | None:
    """The body as a JSON object, None for anything else."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def wait(attempts: int, headers: Mapping[str, str], now: datetime) -> timedelta:
    """Until the next attempt: 2, 4, 8 … seconds up to half an hour, longer when the partner asks for it."""
    growing = min(timedelta(seconds=2 ** min(attempts, 20)), LONGEST_WAIT)
    return max(growing, min(_asked(headers.get("Retry-After", ""), now), LONGEST_ASKED_WAIT))


def _asked(value: str, now: datetime) -> timedelta:
    """`Retry-After` in seconds or as a date; nothing when it is neither."""
    if value.isdecimal() and value.isascii():
        return timedelta(seconds=min(int(value), 10**6))
    try:
        return parsedate_to_datetime(value) - now
    except (ValueError, TypeError, OverflowError):
        return timedelta()
