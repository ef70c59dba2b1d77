"""Those who asked about a case before officers judged it are told, and told again when the verdict is undone."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.clock import TAIPEI
from lianfang.notices import notify_all, take_back
from lianfang.privacy import Vault
from lianfang.verdicts import date_words
from services.registry.campaigns.findings import OFFICIAL
from services.registry.campaigns.models import CampaignVerdict
from services.registry.models import Check

KEYS = {
    "fraud": "notice.verdict_by_officer_fraud",
    "suspicious": "notice.verdict_by_officer_suspicious",
    "official": "notice.verdict_by_officer_official",
}
WITHDRAWN = "notice.verdict_by_officer_withdrawn"
# To whom it is news, by what they got. Where rules saw bad signs, these stand: "official" would not be true there.
TOLD_AFTER = {
    "fraud": frozenset({"unknown", "suspicious", "official"}),
    "suspicious": frozenset({"unknown", "suspicious", "official"}),
    "official": frozenset({"unknown"}),
}


async def tell(session: AsyncSession, vault: Vault, verdict: CampaignVerdict, now: datetime) -> int:
    """A notice to each person whose last answer about this case should have been another; returns how many."""
    asked = {
        person: {"asked_on": _day(check.checked_at, now)}
        for person, check in (await _last_checks(session, verdict)).items()
        if check.verdict in TOLD_AFTER[verdict.verdict]
    }
    return await notify_all(
        session, vault, key=KEYS[verdict.verdict], params=asked, dedupe=_dedupe(verdict), now=now
    )


async def withdraw(session: AsyncSession, vault: Vault, verdict: CampaignVerdict, now: datetime) -> int:
    """A notice to each person who may have read the verdict, in a notice or in an answer; returns how many."""
    readers = await take_back(session, _dedupe(verdict))
    checks = await _last_checks(session, verdict)
    readers |= {person for person, check in checks.items() if check.judged_by == "officer"}
    told_on = {"told_on": _day(verdict.confirmed_at or now, now)}
    return await notify_all(
        session,
        vault,
        key=WITHDRAWN,
        params=dict.fromkeys(sorted(readers), told_on),
        dedupe=f"{_dedupe(verdict)}:withdrawn",
        now=now,
    )


async def _last_checks(session: AsyncSession, verdict: CampaignVerdict) -> dict[str, Check]:
    """Each person's last check of this case that no later one of the same message replaced."""
    replaced = select(Check.supersedes).where(
        Check.campaign == verdict.campaign, Check.supersedes.is_not(None)
    )
    wanted = select(Check).where(
        Check.campaign == verdict.campaign, Check.person.is_not(None), Check.id.not_in(replaced)
    )
    if verdict.case_key is None:
        wanted = wanted.where(Check.id == verdict.check_id)
    else:
        wanted = wanted.where(Check.case_key == verdict.case_key)
        if verdict.verdict == OFFICIAL:
            wanted = wanted.where(Check.wording_key == verdict.wording_key)
    checks = await session.scalars(wanted.order_by(Check.checked_at, Check.id))
    return {check.person: check for check in checks if check.person is not None}


def _dedupe(verdict: CampaignVerdict) -> str:
    return f"officer:{verdict.id}"


def _day(moment: datetime, now: datetime) -> str:
    return date_words(moment.astimezone(TAIPEI), now.astimezone(TAIPEI))
