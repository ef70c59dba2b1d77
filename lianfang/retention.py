"""Walks the retention declared beside every table: what is over is deleted or wiped, and a person's rows on request."""

from typing import Any, cast

from sqlalchemy import CursorResult, Table, and_, delete, or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from lianfang.clock import Clock
from lianfang.database import Base, Database, Retention


def declared(table: Table) -> Retention:
    """The table's declaration. Raises KeyError for a table that makes none."""
    retention: Retention = table.info["retention"]
    return retention


def tables() -> list[Table]:
    """Every table, children before the parents they refer to."""
    return list(reversed(Base.metadata.sorted_tables))


async def enforce(database: Database, clock: Clock) -> dict[str, int]:
    """Delete or wipe what is over, one short transaction a table; returns rows touched by table."""
    touched = {}
    for table in tables():
        retention = declared(table)
        if retention.keep is None or retention.after is None:
            continue
        age = table.c[retention.after]
        async with database.write() as session:
            rows = await _end(
                session, table, retention, age < clock() - retention.keep, wipe=bool(retention.wipe)
            )
            if retention.drop is not None:
                rows += await _end(session, table, retention, age < clock() - retention.drop, wipe=False)
        if rows:
            touched[table.name] = rows
    return touched


async def erase(session: AsyncSession, person: str, *, except_rows: dict[str, str]) -> dict[str, int]:
    """End every row about `person` as its table declares; `except_rows` names rows (table -> id) that must still answer."""
    touched = {}
    for table in tables():
        retention = declared(table)
        if retention.subject is None or retention.on_delete == "keep":
            continue
        mine = table.c[retention.subject] == person
        if table.name in except_rows:
            mine = and_(mine, table.c.id != except_rows[table.name])
        rows = await _end(session, table, retention, mine, wipe=retention.on_delete == "wipe")
        if rows:
            touched[table.name] = rows
    return touched


async def _end(
    session: AsyncSession, table: Table, retention: Retention, which: ColumnElement[bool], *, wipe: bool
) -> int:
    if not wipe:
        return cast("CursorResult[Any]", await session.execute(delete(table).where(which))).rowcount
    still_there = or_(*(table.c[column].is_not(None) for column in retention.wipe))
    change = update(table).where(which, still_there).values(dict.fromkeys(retention.wipe))
    return cast("CursorResult[Any]", await session.execute(change)).rowcount
