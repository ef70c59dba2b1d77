"""The one database: SQLite by default, PostgreSQL by URL, with retention declared beside every table.

Reads and writes are separate sessions: on SQLite a write begins with `BEGIN IMMEDIATE`, so that two writers
queue at the start instead of failing at the end, and all our processes' writers take turns (writers_turn.py).
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar, cast

from sqlalchemy import DateTime, Dialect, Executable, MetaData, Select, TypeDecorator, event, func, select
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, CursorResult, Engine, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Session, make_transient_to_detached

from lianfang.clock import UTC
from lianfang.group_commit import Change, GroupCommit
from lianfang.thread_commit import ORDINARY, URGENT, ThreadCommit
from lianfang.writers_turn import WritersTurn

T = TypeVar("T")
Row = TypeVar("Row", bound="Base")

READERS = 2  # threads: more would only wait for Python's lock
READERS_OF_A_SERVER = 6  # these wait for PostgreSQL

BUSY_TIMEOUT_MS = 10_000


@dataclass(frozen=True)
class Retention:
    """What a table promises about personal data; put under `info={"retention": Retention(...)}`.

    `subject`: the column that holds the person's id, None when no row is about a person.
    `keep`: how long after the time in column `after` a row stays; None means until its reason ends (say so in `why`).
    `wipe`: columns set to NULL when `keep` is over, instead of deleting the row; `drop` then deletes it later.
    `on_delete`: what `delete_my_data` does with the person's rows.
    """

    why: str
    subject: str | None = None
    keep: timedelta | None = None
    after: str | None = None
    wipe: tuple[str, ...] = ()
    drop: timedelta | None = None
    on_delete: Literal["delete", "wipe", "keep"] = "keep"


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in and out, on SQLite too; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of every service; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[type, type]] = {datetime: UtcDateTime}


def insert_if_new(session: Session, row: type["Base"], values: Mapping[str, Any]) -> bool:
    """Insert the row in one statement; False when another one has a value of it that must be unique.

    Nothing is flushed before it.
    """
    statement = _insertion(row, session.get_bind().dialect.name)
    with session.no_autoflush:
        return cast("CursorResult[Any]", session.execute(statement, values)).rowcount == 1


def insert_new(session: Session, row: type[Row], values: Mapping[str, Any]) -> Row | None:
    """`insert_if_new`, and the row as an object of the session."""
    if not insert_if_new(session, row, values):
        return None
    inserted = row(**values)
    make_transient_to_detached(inserted)  # and so, once added, one that was read: nothing is read back
    session.add(inserted)
    return inserted


@cache
def _insertion(row: type[Row], dialect: str) -> Executable:
    table = Base.metadata.tables[row.__tablename__]
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return insert.on_conflict_do_nothing().inline().execution_options(preserve_rowcount=True)


class Database:
    """Sessions on one engine: `read()` sees a snapshot, `write()` commits on leaving or rolls back."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = create_engine(url, pool_size=pool_size)
        self._reading = self.engine.execution_options(lianfang_read=True)
        self._writer = WritersTurn(Path(f"{self.url.database}.writer")) if self.is_sqlite else None
        plain = _plain_engine(self.url)
        self._commits = GroupCommit(plain, self._writer) if self._writer else ThreadCommit(plain)
        self._plain_reading = plain.execution_options(lianfang_read=True)
        self._single_reads = plain.execution_options(lianfang_single=True)
        self._kept: Connection | None = None
        readers = READERS if self.is_sqlite else READERS_OF_A_SERVER
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="reader")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self._reading, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with (
            self._writer or nullcontext(),
            AsyncSession(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    async def look(self, view: Change[T]) -> T:
        """What a short read-only function of a session sees, in one step of a thread; for hot paths."""

        def look_in_thread() -> T:
            with Session(self._plain_reading, expire_on_commit=False) as session:
                return view(session)

        return await asyncio.get_running_loop().run_in_executor(self._readers, look_in_thread)

    async def look_up(self, statement: Select[Any], parameters: dict[str, Any]) -> list[Any]:
        """The rows of one indexed query, for the hottest path.

        On SQLite it runs at once on a kept connection, outside any transaction: a thread and a session would
        cost ten times what the query costs, and readers never wait for writers.
        """
        if not self.is_sqlite:
            async with self._reading.connect() as connection:
                return list(await connection.execute(statement, parameters))
        if self._kept is None:
            self._kept = self._single_reads.connect()
        try:
            return list(self._kept.execute(statement, parameters))
        finally:
            self._kept.rollback()

    async def together(self, change: Change[T], *, urgent: bool = False) -> T:
        """Run a short change and commit it, on SQLite in one transaction with others that wait; for hot paths.

        `urgent` changes go first: on SQLite they wait for one other transaction of this process at most.
        """
        return await self._commits.run(change, urgent=urgent)

    async def alone(self, session: AsyncSession, purpose: str) -> None:
        """Until this write ends nobody else writes for `purpose`; on SQLite every write is alone already."""
        if not self.is_sqlite:
            await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(purpose))))

    async def close(self) -> None:
        await self.engine.dispose()
        if self._kept is not None:
            self._kept.close()
        self._readers.shutdown()
        await asyncio.to_thread(self._commits.close)
        if self._writer is not None:
            self._writer.close()


def create_engine(url: str, *, pool_size: int = 10) -> AsyncEngine:
    """An async engine; on SQLite with WAL, a busy timeout and `BEGIN IMMEDIATE` for writers."""
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0, pool_timeout=30)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _plain_engine(url: URL) -> Engine:
    """The same database by the plain driver, for threads that do a whole transaction in one step."""
    if url.get_backend_name() != "sqlite":
        return create_sync_engine(url, pool_size=URGENT + ORDINARY + READERS_OF_A_SERVER, max_overflow=0)
    engine = create_sync_engine(url.set(drivername="sqlite"))
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is deferred, which deadlocks two writers: ours is sent by _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("lianfang_single", False):
        return  # a single statement sees one state of the database by itself
    reading = options.get("lianfang_read", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
