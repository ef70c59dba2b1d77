"""Which campaign a message belongs to: looked up before it is judged, found or made when its check is stored."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from lianfang.database import Database
from lianfang.ids import new_id
from services.registry.campaigns.findings import Finding
from services.registry.campaigns.likeness import LIKE, alike
from services.registry.campaigns.models import Campaign, CampaignBand, CampaignVerdict
from services.registry.campaigns.passing import finding_for
from services.registry.campaigns.traits import Traits
from services.registry.models import Check

MOST_CANDIDATES = 20
NOTE_SEEN_EVERY = timedelta(hours=1)  # retention counts in days: no write for each check
MAKING = "campaigns"

# Built once: building a statement costs more than running it.
_CAMPAIGN, _BAND = Campaign.__table__.c, CampaignBand.__table__.c
_CHECK = Check.__table__.c
_CANDIDATES: Any = (
    select(_CAMPAIGN.id, _CAMPAIGN.signature, _CAMPAIGN.first_seen, _CAMPAIGN.last_seen)
    .join(CampaignBand.__table__, _BAND.campaign == _CAMPAIGN.id)
    .where(_BAND.band.in_(bindparam("bands", expanding=True)))
    .group_by(_CAMPAIGN.id, _CAMPAIGN.signature, _CAMPAIGN.first_seen, _CAMPAIGN.last_seen)
    .order_by(func.count().desc(), _CAMPAIGN.id)
    .limit(MOST_CANDIDATES)
)
_MINE = Check.__table__.alias("mine").c
_ASKERS: Any = select(
    func.count(_CHECK.person.distinct()),
    exists().where(_MINE.campaign == bindparam("campaign"), _MINE.person == bindparam("person")),
).where(_CHECK.campaign == bindparam("campaign"))
_MAKE, _MAKE_BANDS = insert(Campaign), insert(CampaignBand)


@dataclass(frozen=True)
class Known:
    """What is known of a message's campaign before it is judged; `campaign` None when it would be a new one."""

    campaign: str | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    askers: int = 0  # distinct persons, whoever asks now among them
    finding: Finding | None = None


async def look(
    database: Database, traits: Traits, person: str | None, now: datetime, *, supersedes: str | None
) -> Known:
    """Who asked before and what officers said of the very same case: up to three indexed queries."""
    alone = Known(askers=0 if person is None else 1)
    if not traits.likenesses:
        return alone
    found = _nearest(await database.look_up(_CANDIDATES, _wanted(traits)), traits)
    if found is None:
        return alone
    counted: Any = (await database.look_up(_ASKERS, {"campaign": found.id, "person": person}))[0]
    finding = await finding_for(database, found.id, traits, now, supersedes)
    new = person is not None and not counted[1]
    return Known(found.id, found.first_seen, found.last_seen, counted[0] + new, finding)


def join(session: Session, traits: Traits, known: Known, now: datetime) -> Known:
    """The campaign to count this check in, found or made; the same again when a turn is repeated."""
    if not traits.likenesses:
        return known
    if known.campaign is not None and known.last_seen is not None:
        if now - known.last_seen > NOTE_SEEN_EVERY:
            session.execute(
                update(Campaign)
                .where(Campaign.id == known.campaign)
                .values(last_seen=now)
                .execution_options(synchronize_session=False)
            )
        return known
    if session.get_bind().dialect.name != "sqlite":  # there, every write is alone already
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(MAKING))))
    found = _nearest(session.connection().execute(_CANDIDATES, _wanted(traits)).all(), traits)
    if found is not None:  # another process made it a moment ago
        return Known(found.id, found.first_seen, now, known.askers)
    newest = traits.likenesses[0]
    made = new_id("cp")
    connection = session.connection()
    connection.execute(
        _MAKE, {"id": made, "signature": newest.signature, "first_seen": now, "last_seen": now}
    )
    connection.execute(_MAKE_BANDS, [{"band": band, "campaign": made} for band in newest.bands])
    return Known(made, now, now, known.askers)


async def forget_empty(session: AsyncSession, campaigns: Collection[str]) -> None:
    """After checks were deleted: of campaigns with no other check and no verdict nothing stays."""
    await session.execute(
        delete(Campaign).where(
            Campaign.id.in_(campaigns),
            ~exists().where(Check.campaign == Campaign.id),
            ~exists().where(CampaignVerdict.campaign == Campaign.id),
        )
    )


def _wanted(traits: Traits) -> dict[str, list[str]]:
    return {"bands": [band for likeness in traits.likenesses for band in likeness.bands]}


def _nearest(candidates: Iterable[Any], traits: Traits) -> Any | None:
    """The campaign most like it, of equal ones the first; None when none is near enough."""

    def likeness(candidate: Any) -> float:
        return max(alike(candidate.signature, one.signature) for one in traits.likenesses)

    near = [(-likeness(one), one.id, one) for one in candidates]
    best = min(near, default=None, key=lambda entry: entry[:2])
    return None if best is None or -best[0] < LIKE else best[2]
