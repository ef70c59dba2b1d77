"""Proposals: one officer makes one, another decides; each step, its event and what it changes are one transaction."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.ids import new_id
from services.registry.desk.asking import Asked
from services.registry.desk.looking import see
from services.registry.desk.models import DeskProposal
from services.registry.desk.officers import Act, NotAllowed, all_organisations
from services.registry.desk.outside import NOTHING, Outsides, put
from services.registry.desk.overlay import ANNOUNCEMENT
from services.registry.desk.reach import proves_more
from services.registry.desk.standing import SEPARATOR, as_column, change_of, current_records
from services.registry.desk.steps import decide, hold, is_newest, kept, write_down


async def propose(
    session: AsyncSession, act: Act, asked: Asked, note: str = "", outsides: Outsides = NOTHING
) -> DeskProposal:
    """The first half; `note` is for who decides. Raises NotFound or NotAllowed."""
    organisation = act.for_whom(asked.kind, asked.about[0] if asked.about else "")
    seen = await see(session, asked, outsides, act.at)
    ends_at = seen.change.values["ends_at"] if asked.kind == ANNOUNCEMENT else None
    one = DeskProposal(
        id=new_id("dp"),
        kind=asked.kind,
        key=as_column(asked.about),
        operation=seen.change.operation,
        before=seen.record_before,
        values=dict(seen.change.values),
        note=kept(note),
        state="proposed",
        ends_at=None if ends_at is None else datetime.fromisoformat(ends_at),
        proposed_by=act.person,
        proposed_for=organisation,
        proposed_at=act.at,
    )
    try:
        async with session.begin_nested():
            session.add(one)
    except IntegrityError:
        raise NotAllowed("proposal_exists") from None
    await write_down(session, act, one, None, organisation)
    return one


async def approve(
    session: AsyncSession, act: Act, proposal: str, reason: str = "", outsides: Outsides = NOTHING
) -> DeskProposal:
    """The second half, by another person of the desk; of another organisation where a verdict could become `fraud`."""
    one, to_state = await hold(session, act, proposal, "approve")
    _another_of_the_desk(act, one)
    seen = await see(session, asked_of(one), outsides, act.at)
    if seen.record_before != one.before:
        raise NotAllowed("changed_meanwhile")
    for_whom = min(act.desk)
    if seen.needs_other_organisation:
        others = act.desk - await all_organisations(session, one.proposed_by) - {one.proposed_for}
        if not others:
            raise NotAllowed("other_organisation_required")
        for_whom = min(others)
    await put(session, outsides, one, one.values, act.at)
    return await decide(session, act, one, to_state, reason, for_whom)


async def reject(session: AsyncSession, act: Act, proposal: str, reason: str) -> DeskProposal:
    """By another person of the desk, who says why."""
    one, to_state = await hold(session, act, proposal, "reject")
    _another_of_the_desk(act, one)
    if not reason.strip():
        raise NotAllowed("reason_required")
    return await decide(session, act, one, to_state, reason, min(act.desk))


async def withdraw(session: AsyncSession, act: Act, proposal: str) -> DeskProposal:
    """By who made it."""
    one, to_state = await hold(session, act, proposal, "withdraw")
    if act.person != one.proposed_by:
        raise NotAllowed("not_your_proposal")
    return await decide(session, act, one, to_state, "", one.proposed_for)


async def undo(session: AsyncSession, act: Act, proposal: str, outsides: Outsides = NOTHING) -> DeskProposal:
    """One step back to what was decided before, by any one officer; the newest change of a record only.

    Where that lets a list prove more than now, by somebody of an organisation that had no part in the change: else
    colleagues could take a list out of proof, give its organisation new names, and undo the first.
    """
    one, to_state = await hold(session, act, proposal, "undo")
    if not await is_newest(session, one):
        raise NotAllowed("changed_since")
    present = await current_records(session, act.at)
    past = await current_records(session, act.at, without=one.id)
    if proves_more(present, past, change_of(one)) and not act.desk - {one.proposed_for, one.decided_for}:
        raise NotAllowed("other_organisation_required")
    before = one.before or {}
    await put(session, outsides, one, {name: before.get(name) for name in one.values}, act.at)
    from_state, one.state = one.state, to_state
    one.undone_by, one.undone_at = act.person, act.at
    one.undone_for = min(act.desk) if act.desk else one.key.partition(SEPARATOR)[0]
    await session.flush()
    await write_down(session, act, one, from_state, one.undone_for)
    return one


def asked_of(one: DeskProposal) -> Asked:
    """The proposal as it was asked for."""
    change = change_of(one)
    return Asked(one.kind, change.key[1:], change.operation, change.values)


def _another_of_the_desk(act: Act, one: DeskProposal) -> None:
    """Staff may see what its organisation announces; one person is one, whatever the role."""
    if not act.desk:
        raise NotAllowed("desk_required")
    if act.person == one.proposed_by:
        raise NotAllowed("second_person_required")
