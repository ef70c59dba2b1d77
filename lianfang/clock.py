"""The present moment as a value: passed in wherever time matters, so that tests own it."""

from collections.abc import Callable
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

UTC = timezone.utc
TAIPEI = ZoneInfo("Asia/Taipei")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The system's time, timezone-aware, UTC."""
    return datetime.now(UTC)


def rfc3339(moment: datetime) -> str:
    """`2026-11-22T06:05:12.345Z`, as the API writes every time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
