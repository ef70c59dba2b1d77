"""One `lianfang up` for each data folder: a lock that is free again only when its last child is gone."""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

from cli.places import Failure

STILL_ENDING_SECONDS = 8.0


def take(data_dir: Path, *, pause: Callable[[float], None] = time.sleep) -> int:
    """The locked file, to be passed on to the children. Raises Failure while another `up` holds it.

    After a kill -9 the children hold the lock for the moment they need to end: that moment is waited for.
    """
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(data_dir / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + STILL_ENDING_SECONDS
    while not _locked(lock):
        holder = os.read(lock, 20).decode() or "0"
        os.lseek(lock, 0, os.SEEK_SET)
        if _alive(int(holder)) or time.monotonic() > deadline:
            os.close(lock)
            raise Failure(
                f"another `lianfang up` (process {holder}) runs with the data folder {data_dir}; "
                "end it first, or set LIANFANG_DATA_DIR to another folder"
            )
        pause(0.1)
    os.truncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    return lock


def is_taken(data_dir: Path) -> bool:
    """Whether an `up` (or what is left of one) runs with this data folder."""
    try:
        lock = os.open(data_dir / "up.lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _locked(lock)
    finally:
        os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(pid: int) -> bool:
    if pid == 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
