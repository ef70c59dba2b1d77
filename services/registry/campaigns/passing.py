"""Which verdict of officers passes to a message: that on its very case, and never by likeness alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from lianfang.database import Database
from services.registry.campaigns.findings import BAD, OFFICIAL, Finding
from services.registry.campaigns.models import CampaignVerdict
from services.registry.campaigns.traits import Traits
from services.registry.models import Check

LONGEST_CHAIN = 4

_VERDICT, _CHECK = CampaignVerdict.__table__.c, Check.__table__.c
_CONFIRMED: Any = select(
    _VERDICT.verdict, _VERDICT.case_key, _VERDICT.wording_key, _VERDICT.confirmed_at
).where(
    _VERDICT.campaign == bindparam("campaign"),
    _VERDICT.state == "confirmed",
    _VERDICT.expires_at > bindparam("now"),
    _VERDICT.case_key.in_(bindparam("cases", expanding=True)),
)
_EARLIER: Any = select(_CHECK.case_key, _CHECK.supersedes).where(_CHECK.id == bindparam("id"))


async def finding_for(
    database: Database, campaign: str, traits: Traits, now: datetime, supersedes: str | None
) -> Finding | None:
    """What officers said of the very same case; `supersedes` is the same message before more was told of it."""
    earlier = [] if not traits.has_indicators else await _cases_before(database, supersedes)
    cases = [*traits.cases, *earlier]
    if not cases:
        return None
    asked = {"campaign": campaign, "now": now, "cases": cases}
    carried: Finding | None = None
    confirmed: Any = await database.look_up(_CONFIRMED, asked)
    for verdict, case_key, wording, confirmed_at in confirmed:
        # "Genuine" passes to the same words only: a link nobody can read may stand among others.
        if case_key in traits.cases and (verdict != OFFICIAL or wording in traits.wordings):
            return Finding(verdict, confirmed_at)
        if case_key in earlier and verdict in BAD:
            carried = Finding(verdict, confirmed_at)
    return carried


async def _cases_before(database: Database, supersedes: str | None) -> Sequence[str]:
    """Of the same message before its person told the sender: telling it takes no bad verdict back."""
    cases: list[str] = []
    wanted = supersedes
    for _ in range(LONGEST_CHAIN):
        rows: Any = [] if wanted is None else await database.look_up(_EARLIER, {"id": wanted})
        if not rows:
            break
        case_key, wanted = rows[0]
        cases += [] if case_key is None else [case_key]
    return cases
