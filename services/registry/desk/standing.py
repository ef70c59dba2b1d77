"""What the desk's decisions make of the registry now, and a revision that tells every process when to look again."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.desk.models import DeskProposal
from services.registry.desk.overlay import Change, overlay
from services.registry.generations import current_of
from services.registry.records import Records, shipped_records
from services.registry.seed import KIND

SEPARATOR = "/"
_TOOK_EFFECT = ("approved", "undone")


async def revision(session: AsyncSession) -> tuple[int, int]:
    """How many decisions took effect and how many were undone: another pair whenever something changed."""
    counted = select(DeskProposal.state, func.count()).where(DeskProposal.state.in_(_TOOK_EFFECT))
    rows = (await session.execute(counted.group_by(DeskProposal.state))).all()
    found: dict[str, int] = dict(rows)
    return sum(found.values()), found.get("undone", 0)


async def standing_changes(session: AsyncSession, now: datetime, without: str = "") -> list[Change]:
    """Every change that stands, but for the proposal `without`, in the order they were decided."""
    approved = select(DeskProposal).where(
        DeskProposal.state == "approved",
        DeskProposal.id != without,
        or_(DeskProposal.ends_at.is_(None), DeskProposal.ends_at > now),
    )
    rows = await session.scalars(approved.order_by(DeskProposal.decided_at, DeskProposal.id))
    return [change_of(row) for row in rows]


async def current_records(session: AsyncSession, now: datetime, without: str = "") -> Records:
    """The registry as it stands in this transaction: the generation that is read, and the desk's changes over it."""
    present = await current_of(session, KIND)
    shipped = await shipped_records(session, None if present is None else present.id)
    return overlay(shipped, await standing_changes(session, now, without))


def change_of(proposal: DeskProposal) -> Change:
    return Change((proposal.kind, *proposal.key.split(SEPARATOR)), proposal.operation, proposal.values)


def as_column(about: tuple[str, ...]) -> str:
    """The parts of a key behind its kind, as the column holds them."""
    return SEPARATOR.join(about)
