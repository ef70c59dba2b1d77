"""Records that another service keeps (issuers of game points): it gives read and write, the desk its two persons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from services.registry.desk.models import DeskProposal
from services.registry.desk.standing import standing_changes
from services.registry.records import Record


@dataclass(frozen=True)
class Outside:
    """`read`: the record of one id as the desk's kind has it, None for an unknown one; `write` sets all of it.

    Both run in the transaction that decides. Whoever imports such records afterwards lays `decided_values` over them.
    """

    read: Callable[[Session, str], Record | None]
    write: Callable[[Session, str, Record, datetime], None]


Outsides = Mapping[str, Outside]
NOTHING: Outsides = {}


async def decided_values(session: AsyncSession, kind: str, now: datetime) -> dict[str, Record]:
    """What the desk set in the records of a kind, by id: the newest value of each field."""
    values: dict[str, Record] = {}
    for change in await standing_changes(session, now):
        if change.key[0] == kind:
            values[change.key[1]] = {**values.get(change.key[1], {}), **change.values}
    return values


async def put(
    session: AsyncSession, outsides: Outsides, proposal: DeskProposal, values: Record, now: datetime
) -> None:
    """Set fields of an outside record; of the desk's own kinds there is nothing to do."""
    outside = outsides.get(proposal.kind)
    if outside is None:
        return
    present = await session.run_sync(outside.read, proposal.key)
    await session.run_sync(outside.write, proposal.key, {**(present or {}), **values}, now)
