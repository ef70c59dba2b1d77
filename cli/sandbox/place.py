"""The sandbox's own data folder: its settings, its clock that can be moved, and who may use it alone."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cli.places import Failure, read_settings
from lianfang.clock import Clock, ahead, moved_by
from lianfang.settings import Settings, environment

FOLDER = "sandbox"
# What would lead out of the folder: another database, services elsewhere.
LEADING_OUT = ("LIANFANG_DATABASE_URL", "LIANFANG_SERVICES_URL", "LIANFANG_RASA_URL")


def sandbox_settings() -> Settings:
    """The settings of this run, moved into the sandbox. Raises Failure."""
    return read_settings({**environment(), **_moved()})


def enter() -> Settings:
    """The same, for the processes that this one starts as well. Raises Failure."""
    os.environ.update(_moved())
    return read_settings()


def _moved() -> Mapping[str, str]:
    outside = read_settings()
    if outside.is_production:
        raise Failure("the sandbox is not for production (LIANFANG_MODE)")
    return {"LIANFANG_DATA_DIR": str(outside.data_dir / FOLDER), **dict.fromkeys(LEADING_OUT, "")}


def clock_file(settings: Settings) -> Path:
    return settings.data_dir / "clock.json"


def memory_file(settings: Settings) -> Path:
    return settings.data_dir / "partners.db"


def clock_of(settings: Settings) -> Clock:
    return moved_by(clock_file(settings))


def advance(settings: Settings, by: timedelta) -> datetime:
    """Move the clock of everything that runs in the sandbox; the new time."""
    file = clock_file(settings)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(settings):
        own = file.with_suffix(f".{os.getpid()}")
        own.write_text(json.dumps({"ahead_seconds": (ahead(file) + by).total_seconds()}))
        own.replace(file)
    return clock_of(settings)()


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """One command at a time: another one waits until this one is through."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(settings.data_dir / "sandbox.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
