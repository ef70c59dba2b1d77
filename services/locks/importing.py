"""Puts a list of issuers in force, each change with its event; what a list does not name, or officers decided, stays."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import Actor, append
from services.locks.issuer_records import RECORD
from services.locks.issuers import IssuerFacts, shipped_issuers
from services.locks.models import Issuer
from services.registry.desk.outside import decided_values

BY_IMPORT = Actor("system", "import_issuers")


async def load_shipped_issuers(database: Database, clock: Clock) -> bool:
    """Those of the seed that are not there yet; what an operator imported stays. False when nothing was new."""
    shipped = shipped_issuers()

    def look(session: Session) -> set[str]:
        return set(session.scalars(select(Issuer.id)))

    known = await database.look(look)
    missing = [facts for facts in shipped if facts.id not in known]
    if not missing:
        return False
    async with database.write() as session:
        await database.alone(session, "issuers")
        return await session.run_sync(save_issuers, missing, clock(), only_new=True) > 0


async def import_issuers(database: Database, issuers: Sequence[IssuerFacts], now: datetime) -> int:
    """Add and change rows; a field that the registry desk decided stands until it is changed or undone there.

    Returns how many there were to add or change.
    """
    async with database.write() as session:
        await database.alone(session, "issuers")
        await session.execute(
            select(Issuer.id).order_by(Issuer.id).with_for_update()
        )  # a decision waits, or we do
        decided = await decided_values(session, RECORD, now)
        laid = [_laid_over(one, decided.get(one.id, {})) for one in issuers]
        return await session.run_sync(save_issuers, laid, now)


def save_issuers(
    session: Session, issuers: Sequence[IssuerFacts], now: datetime, *, only_new: bool = False
) -> int:
    """Add and change rows; returns how many there were to add or change."""
    known = {row.id: row for row in session.scalars(select(Issuer))}
    touched = 0
    for facts in issuers:
        row, values = known.get(facts.id), _values(facts)
        if row is not None and (only_new or all(getattr(row, name) == values[name] for name in values)):
            continue
        touched += 1
        if row is None:
            session.add(Issuer(**values))
            session.flush()
        else:
            for name, value in values.items():
                setattr(row, name, value)
        append(
            session,
            at=now,
            actor=BY_IMPORT,
            entity="issuer",
            entity_id=facts.id,
            from_state="known" if row is not None else None,
            to_state="known",
            reason="imported",
            params={"way": facts.way, "delay_hours": facts.delay_hours},
        )
    return touched


def _laid_over(facts: IssuerFacts, decided: Mapping[str, Any]) -> IssuerFacts:
    """`decided`: fields as JSON has them."""
    read = dict(decided)
    if "needs" in read:
        read["needs"] = tuple(read["needs"])
    if "verified_on" in read:
        read["verified_on"] = date.fromisoformat(read["verified_on"])
    return replace(facts, **read)


def _values(facts: IssuerFacts) -> dict[str, Any]:
    return {**asdict(facts), "needs": list(facts.needs)}
