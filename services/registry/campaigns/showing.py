"""Campaigns as officers see them: counts, verdicts and cases, never a text."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.clock import rfc3339
from services.registry.campaigns.models import Campaign, CampaignVerdict
from services.registry.campaigns.officers import NotFound
from services.registry.models import Check

AT_ONCE = 50
MOST_CASES = 50


async def page_of_campaigns(
    session: AsyncSession, *, since: datetime | None, cursor: str | None
) -> dict[str, Any]:
    """Newest first; `next` is the cursor of the page behind, None at the end."""
    wanted = select(Campaign).order_by(Campaign.id.desc()).limit(AT_ONCE + 1)
    if since is not None:
        seen = select(Check.campaign).where(Check.checked_at >= since, Check.campaign.is_not(None))
        wanted = wanted.where((Campaign.last_seen >= since) | Campaign.id.in_(seen))
    if cursor is not None:
        wanted = wanted.where(Campaign.id < cursor)
    campaigns = (await session.scalars(wanted)).all()
    shown = campaigns[:AT_ONCE]
    return {
        "campaigns": await _described(session, shown),
        "next": shown[-1].id if len(campaigns) > AT_ONCE else None,
    }


async def campaign_in_full(session: AsyncSession, campaign: str) -> dict[str, Any]:
    """With its cases, each by the newest check of it, which a verdict can be proposed on. Raises NotFound."""
    one = await session.get(Campaign, campaign)
    if one is None:
        raise NotFound
    [described] = await _described(session, [one])
    return {**described, "cases": await _cases(session, campaign)}


def described_verdict(verdict: CampaignVerdict) -> dict[str, Any]:
    """Which organisation's officer did what, and when; no person."""
    return {
        "id": verdict.id,
        "campaign": verdict.campaign,
        "check": verdict.check_id,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "state": verdict.state,
        "passes_on": verdict.case_key is not None,
        "proposed_for": verdict.proposed_for,
        "proposed_at": rfc3339(verdict.proposed_at),
        "confirmed_for": verdict.confirmed_for,
        "confirmed_at": _written(verdict.confirmed_at),
        "expires_at": _written(verdict.expires_at),
        "undone_for": verdict.undone_for,
        "undone_at": _written(verdict.undone_at),
    }


async def _described(session: AsyncSession, campaigns: Collection[Campaign]) -> list[dict[str, Any]]:
    ids = [one.id for one in campaigns]
    askers = await session.execute(
        select(Check.campaign, func.count(Check.person.distinct()), func.max(Check.checked_at))
        .where(Check.campaign.in_(ids))
        .group_by(Check.campaign)
    )
    asked = {campaign: (count, last) for campaign, count, last in askers}
    verdicts: dict[str | None, dict[str, int]] = defaultdict(dict)
    counted = select(Check.campaign, Check.verdict, func.count()).where(Check.campaign.in_(ids))
    for campaign, verdict, count in await session.execute(counted.group_by(Check.campaign, Check.verdict)):
        verdicts[campaign][verdict] = count
    decisions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    decided = select(CampaignVerdict).where(CampaignVerdict.campaign.in_(ids)).order_by(CampaignVerdict.id)
    for decision in await session.scalars(decided):
        decisions[decision.campaign].append(described_verdict(decision))
    return [
        {
            "id": one.id,
            "askers": asked.get(one.id, (0, None))[0],
            "first_seen": rfc3339(one.first_seen),
            "last_seen": rfc3339(asked.get(one.id, (0, one.last_seen))[1]),
            "verdicts": verdicts[one.id],
            "decisions": decisions[one.id],
        }
        for one in campaigns
    ]


async def _cases(session: AsyncSession, campaign: str) -> list[dict[str, Any]]:
    groups = await session.execute(
        select(func.max(Check.id), func.count(), func.count(Check.person.distinct()))
        .where(Check.campaign == campaign)
        .group_by(Check.case_key)
        .order_by(func.count().desc(), func.max(Check.id))
        .limit(MOST_CASES)
    )
    counts = {newest: (checks, askers) for newest, checks, askers in groups}
    newest = await session.scalars(select(Check).where(Check.id.in_(counts)))
    by_id = {check.id: check for check in newest}
    return [
        {
            "check": check,
            "checks": checks,
            "askers": askers,
            "verdict": by_id[check].verdict,
            "judged_by": by_id[check].judged_by,
            "sender": by_id[check].sender_kind,
            "organisation": by_id[check].organisation,
            "reasons": by_id[check].reasons,
            "indicators": by_id[check].indicators,
        }
        for check, (checks, askers) in counts.items()
    ]


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else rfc3339(moment)
