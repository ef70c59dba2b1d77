"""Logs of ids and codes: one JSON line on stderr per event, and only fields that cannot carry what people said."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# What may appear in a log line; anything else is dropped and named, so that a slip shows without leaking.
FIELDS = frozenset(
    {
        "event", "level", "timestamp", "process", "trace", "channel", "kind", "status", "code", "error", "where", "path",
        "count", "attempts", "ms", "port", "generation", "rows", "rejected", "source", "job", "verdict", "reason", "key",
        "table", "case", "state", "unknown", "notice", "session", "logger", "repeated",
    }
)  # fmt: skip


def configure_logs(process: str) -> None:
    """Set up structlog and the standard library's logging for this process."""
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        keep_known_fields,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=logging.WARNING, handlers=[_Foreign()], force=True)


def keep_known_fields(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list or not a short scalar."""
    kept = {
        name: value
        for name, value in line.items()
        if name in FIELDS
        and (value is None or isinstance(value, int | float | bool) or len(str(value)) <= 120)
    }
    dropped = sorted(set(line) - set(kept))
    if dropped:
        kept["unknown"] = ",".join(dropped)[:120]
    return kept


class _Foreign(logging.Handler):
    """Lines of other libraries: where and what kind, never their text, which may quote a message."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().info(
            "library",
            logger=record.name,
            where=f"{record.module}:{record.lineno}",
            code=record.levelname,
            error=type(error).__name__ if error else None,
        )
