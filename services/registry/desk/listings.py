"""What every current list says under some keys: which list, since when, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.models import Current, Generation, Indicator
from services.registry.own_list import KEYED, OWN
from services.registry.rules.lists import shown_key

MOST_FOUND = 200
HIDDEN = "***"  # of a number or account our own list holds no more than a key
Keys = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Decision:
    """Which case listed something on our own list, and when that ends by itself."""

    case: str
    ends_at: datetime | None


@dataclass(frozen=True)
class Listing:
    """One row of one list. `shown`: defanged or masked; `since`: the row's own day, else its list's, else the import's.

    `source`: which list, `file`: as it was imported, so who listed it; `decision`: of our own list, the case and its
    end; what another list names stands until that list drops it.
    """

    kind: str
    value: str
    shown: str
    source: str
    file: str
    since: date
    imported_at: datetime
    reports: int | None
    decision: Decision | None = None


async def listed(session: AsyncSession, keys: Keys) -> list[Listing]:
    """Every row of a current list under one of the keys, newest first."""
    if not keys:
        return []
    query = (
        select(Indicator, Generation)
        .join(Generation, Generation.id == Indicator.generation_id)
        .join(Current, Current.generation_id == Generation.id)
        .where(
            Indicator.kind.in_({kind for kind, _ in keys}), Indicator.value.in_({value for _, value in keys})
        )
        .limit(MOST_FOUND)
    )
    rows = [(one, list_of) for one, list_of in await session.execute(query) if (one.kind, one.value) in keys]
    found = [_listing(one, list_of) for one, list_of in rows]
    return sorted(found, key=lambda listing: listing.since, reverse=True)


def _listing(one: Indicator, list_of: Generation) -> Listing:
    is_keyed = list_of.kind == OWN and one.kind in KEYED
    return Listing(
        kind=one.kind,
        value=one.value,
        shown=HIDDEN if is_keyed else shown_key(one.kind, one.value),
        source=list_of.kind,
        file=list_of.source,
        since=one.as_of or list_of.as_of or list_of.imported_at.date(),
        imported_at=list_of.imported_at,
        reports=one.reports,
    )
