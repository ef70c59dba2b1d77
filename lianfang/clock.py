"""The present moment as a value: passed in wherever time matters, so that tests own it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

UTC = timezone.utc
TAIPEI = ZoneInfo("Asia/Taipei")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The system's time, timezone-aware, UTC."""
    return datetime.now(UTC)


def moved_by(file: Path) -> Clock:
    """The system's time, moved by the `ahead_seconds` that `file` holds at that moment: the sandbox's clock."""
    return lambda: utc_now() + ahead(file)


def ahead(file: Path) -> timedelta:
    """How far a clock file moves the time; not at all when there is none."""
    try:
        return timedelta(seconds=json.loads(file.read_text())["ahead_seconds"])
    except FileNotFoundError:
        return timedelta()


def rfc3339(moment: datetime) -> str:
    """`2026-11-22T06:05:12.345Z`, as the API writes every time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
