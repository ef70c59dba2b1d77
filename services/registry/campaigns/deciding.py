"""Officers' verdicts on a case of a campaign: one proposes, somebody of another organisation confirms, anyone undoes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.events import Actor, record
from lianfang.ids import new_id
from lianfang.privacy import Vault
from services.people.roles import organisations_of
from services.registry.campaigns.findings import BAD, OFFICIAL
from services.registry.campaigns.guards import is_organisations_own
from services.registry.campaigns.models import VERDICT_HOLDS, Campaign, CampaignVerdict
from services.registry.campaigns.officers import OFFICER_ROLES, Act, NotFound
from services.registry.campaigns.telling import tell, withdraw
from services.registry.directory import Directory
from services.registry.models import Check

STATES = {
    ("proposed", "confirm"): "confirmed",
    ("proposed", "undo"): "undone",
    ("confirmed", "undo"): "undone",
}


class NotAllowed(Exception):
    """An officer asked for what cannot be; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Proposal:
    """What an officer says of one check; `reason` is a code."""

    check: str
    verdict: str
    reason: str


async def propose(
    session: AsyncSession, act: Act, campaign: str, proposal: Proposal, directory: Directory
) -> CampaignVerdict:
    """The first half. Raises NotFound or NotAllowed."""
    await _hold(session, campaign)
    check = await session.get(Check, proposal.check)
    if check is None or check.campaign != campaign:
        raise NotFound
    if proposal.verdict == OFFICIAL and check.verdict in BAD:
        raise NotAllowed("bad_signs_stand")  # it would stay what the rules found
    if proposal.verdict in BAD and is_organisations_own(check, directory):
        raise NotAllowed("organisations_own")
    if await _standing(session, check, act.at):
        raise NotAllowed("verdict_exists")
    one = CampaignVerdict(
        id=new_id("cv"),
        campaign=campaign,
        check_id=check.id,
        case_key=check.case_key,
        wording_key=check.wording_key,
        verdict=proposal.verdict,
        reason=proposal.reason,
        state="proposed",
        proposed_by=act.person,
        proposed_for=min(act.organisations),
        proposed_at=act.at,
    )
    session.add(one)
    await session.flush()
    await _write_down(session, act, one, None, proposal.reason, one.proposed_for)
    return one


async def confirm(session: AsyncSession, vault: Vault, act: Act, campaign: str, verdict: str) -> int:
    """The second half, by another person of another organisation; returns how many askers are told."""
    await _hold(session, campaign)
    one = await _verdict(session, campaign, verdict)
    to_state = _next(one, "confirm")
    first = await organisations_of(session, one.proposed_by, OFFICER_ROLES)
    others = act.organisations - first - {one.proposed_for}
    if act.person == one.proposed_by or not others:
        raise NotAllowed("second_person_required")
    one.confirmed_by, one.confirmed_for, one.confirmed_at = act.person, min(others), act.at
    one.expires_at = act.at + VERDICT_HOLDS
    await _change(session, act, one, to_state, one.confirmed_for)
    return await tell(session, vault, one, act.at)


async def undo(session: AsyncSession, vault: Vault, act: Act, campaign: str, verdict: str) -> int:
    """One step back by any officer; returns how many are told that the verdict no longer holds."""
    await _hold(session, campaign)
    one = await _verdict(session, campaign, verdict)
    was_confirmed, to_state = one.state == "confirmed", _next(one, "undo")
    one.undone_by, one.undone_for, one.undone_at = act.person, min(act.organisations), act.at
    await _change(session, act, one, to_state, one.undone_for)
    return await withdraw(session, vault, one, act.at) if was_confirmed else 0


async def _hold(session: AsyncSession, campaign: str) -> None:
    """Decisions about one campaign wait for each other."""
    held = await session.scalar(select(Campaign.id).where(Campaign.id == campaign).with_for_update())
    if held is None:
        raise NotFound


async def _verdict(session: AsyncSession, campaign: str, verdict: str) -> CampaignVerdict:
    one = await session.get(CampaignVerdict, verdict)
    if one is None or one.campaign != campaign:
        raise NotFound
    return one


async def _standing(session: AsyncSession, check: Check, now: datetime) -> bool:
    same = (
        CampaignVerdict.check_id == check.id
        if check.case_key is None
        else CampaignVerdict.case_key == check.case_key
    )
    holds = or_(CampaignVerdict.expires_at.is_(None), CampaignVerdict.expires_at > now)
    query = select(CampaignVerdict.id).where(
        CampaignVerdict.campaign == check.campaign,
        CampaignVerdict.state.in_(("proposed", "confirmed")),
        same,
        holds,
    )
    return await session.scalar(query.limit(1)) is not None


def _next(one: CampaignVerdict, event: str) -> str:
    to_state = STATES.get((one.state, event))
    if to_state is None:
        raise NotAllowed(f"already_{one.state}")
    return to_state


async def _change(
    session: AsyncSession, act: Act, one: CampaignVerdict, to_state: str, organisation: str
) -> None:
    from_state, one.state = one.state, to_state
    await session.flush()
    await _write_down(session, act, one, from_state, None, organisation)


async def _write_down(
    session: AsyncSession,
    act: Act,
    one: CampaignVerdict,
    from_state: str | None,
    reason: str | None,
    organisation: str,
) -> None:
    await record(
        session,
        at=act.at,
        actor=Actor("officer", act.person),
        entity="campaign_verdict",
        entity_id=one.id,
        from_state=from_state,
        to_state=one.state,
        reason=reason,
        params={
            "campaign": one.campaign,
            "check": one.check_id,
            "verdict": one.verdict,
            "organisation": organisation,
        },
        trace=act.trace,
    )
