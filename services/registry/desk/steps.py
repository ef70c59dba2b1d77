"""The steps a proposal takes, as a table, and what every step does: hold the record, change the state, write it down."""

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.events import Actor, record
from lianfang.text.normalise import cap
from lianfang.text.redact import redact
from services.registry.desk.models import DeskProposal
from services.registry.desk.officers import Act, NotAllowed, NotFound

STATES = {
    ("proposed", "approve"): "approved",
    ("proposed", "reject"): "rejected",
    ("proposed", "withdraw"): "withdrawn",
    ("approved", "undo"): "undone",
}
ENTITY = "desk_proposal"
LONGEST_NOTE = 500


async def hold(session: AsyncSession, act: Act, proposal: str, event: str) -> tuple[DeskProposal, str]:
    """The proposal and the state the event leads to; decisions about one record wait for each other."""
    known = await session.get(DeskProposal, proposal)
    if known is None or not act.may_see(known):
        raise NotFound
    same = select(DeskProposal).where(DeskProposal.kind == known.kind, DeskProposal.key == known.key)
    held = same.order_by(DeskProposal.id).with_for_update().execution_options(populate_existing=True)
    one = {row.id: row for row in await session.scalars(held)}[proposal]
    to_state = STATES.get((one.state, event))
    if to_state is None:
        raise NotAllowed(f"already_{one.state}" if one.state != "proposed" else "not_decided")
    return one, to_state


async def is_newest(session: AsyncSession, one: DeskProposal) -> bool:
    """Whether no later change of the same record stands."""
    later = or_(
        DeskProposal.decided_at > one.decided_at,
        and_(DeskProposal.decided_at == one.decided_at, DeskProposal.id > one.id),
    )
    standing = select(DeskProposal.id).where(
        DeskProposal.kind == one.kind, DeskProposal.key == one.key, DeskProposal.state == "approved", later
    )
    return await session.scalar(standing.limit(1)) is None


async def decide(
    session: AsyncSession, act: Act, one: DeskProposal, to_state: str, reason: str, for_whom: str
) -> DeskProposal:
    """Set who decided what and why, with its event."""
    from_state, one.state = one.state, to_state
    one.decided_by, one.decided_for, one.decided_at, one.decision = act.person, for_whom, act.at, kept(reason)
    await session.flush()
    await write_down(session, act, one, from_state, for_whom)
    return one


async def write_down(
    session: AsyncSession, act: Act, one: DeskProposal, from_state: str | None, for_whom: str
) -> None:
    """What an officer did; reasons in words stay with the proposal."""
    await record(
        session,
        at=act.at,
        actor=Actor("officer", act.person),
        entity=ENTITY,
        entity_id=one.id,
        from_state=from_state,
        to_state=one.state,
        params={"kind": one.kind, "key": one.key, "operation": one.operation, "organisation": for_whom},
        trace=act.trace,
    )


def kept(words: str) -> str:
    """What an officer wrote, without secrets of class A."""
    return redact(cap(words.strip(), LONGEST_NOTE))
