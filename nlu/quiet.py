"""Logs that hold ids and codes and never what people wrote, also when a component or an action crashes.

Rasa formats texts, slots and entities into its messages and exceptions, so a foreign record is reduced to
where it was written and which exception types it carries. Records of our own loggers keep their message.
"""

import logging
import os
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog

OWN_LOGGER = "lianfang.nlu"


def where(error: BaseException) -> str:
    """Exception types of the whole chain with the innermost place of each, without any message."""
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(parts) < 8:
        frames = traceback.extract_tb(current.__traceback__)
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        parts.append(f"{type(current).__name__}{place}")
        current = current.__cause__ or current.__context__
    return " < ".join(parts)


class ContentFreeFormatter(logging.Formatter):
    """One line for each record; a foreign message is replaced by its place in the code."""

    def format(self, record: logging.LogRecord) -> str:
        """Never call getMessage() of a foreign record: its arguments may be a citizen's words."""
        own = record.name == OWN_LOGGER or record.name.startswith(OWN_LOGGER + ".")
        message = record.getMessage() if own else f"line {record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        suffix = f" ({where(error)})" if error else ""
        return f"{self.formatTime(record)} {record.levelname} {record.name}: {message}{suffix}"


def _drop(_logger: Any, _method: str, _event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    raise structlog.DropEvent


def _say_only_where(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger(OWN_LOGGER).critical("stopped: %s", where(error))


def silence_structured_logs() -> None:
    """Rasa's structured records hold texts and slots, and unconfigured they print down to debug."""
    structlog.configure(processors=[_drop], cache_logger_on_first_use=False)


def keep_texts_out_of_logs(level: int = logging.WARNING) -> None:
    """Configure logging, structlog and the last resort of the interpreter; call before Rasa loads a model."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(ContentFreeFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger(OWN_LOGGER).setLevel(min(level, logging.INFO))
    silence_structured_logs()
    sys.excepthook = _say_only_where


def send_prints_to_stderr() -> TextIO:
    """Rasa prints to stdout; ours carries results only. Returns the real stdout for those results."""
    sys.stdout.flush()
    results = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return results
