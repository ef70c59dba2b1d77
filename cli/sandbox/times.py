"""How durations and moments are written on the command line."""

import re
from datetime import datetime, timedelta

_PART = re.compile(r"(\d+)([dhms])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def read_duration(text: str) -> timedelta:
    """`48h`, `10m`, `1d12h`. Raises ValueError."""
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise ValueError(f"{text!r} is no duration (48h, 10m, 1d12h)")
    return timedelta(**{_UNITS[unit]: int(number) for number, unit in reversed(parts)})


def read_moment(text: str) -> datetime:
    """RFC 3339, with its offset. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no moment as in 2026-11-22T14:05:00+08:00") from None
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset (Z or +08:00)")
    return moment
