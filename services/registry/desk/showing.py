"""The desk's pages as data: proposals by page, one organisation with what is proposed for it, numbers, announcements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from services.registry.desk.models import DeskProposal
from services.registry.desk.officers import Act, NotFound
from services.registry.desk.overlay import ANNOUNCEMENT
from services.registry.desk.standing import SEPARATOR, current_records
from services.registry.directory import Directory, OrganisationFacts
from services.registry.names import compact
from services.registry.records import Record, Records

PAGE = 50
_NUMBERS = frozenset({"short_code", "phone"})


@dataclass(frozen=True)
class Page:
    """Newest first; `next`: the cursor of the page behind, None at the end."""

    proposals: Sequence[DeskProposal]
    next: str | None


@dataclass(frozen=True)
class Organisation:
    """Its records as they stand, and every proposal about it that is open or standing, newest first."""

    id: str
    record: Record
    domain_list: Record
    domains: dict[str, Record]
    contacts: dict[tuple[str, str], Record]
    proposals: Sequence[DeskProposal]


async def page_of_proposals(
    session: AsyncSession,
    act: Act,
    *,
    state: str | None = None,
    kind: str | None = None,
    organisation: str | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Page:
    """What this officer may see; for an organisation's own staff its announcements."""
    wanted = select(DeskProposal).order_by(DeskProposal.id.desc()).limit(limit + 1)
    if not act.desk:
        own = (DeskProposal.key.startswith(one + SEPARATOR, autoescape=True) for one in sorted(act.staff))
        wanted = wanted.where(DeskProposal.kind == ANNOUNCEMENT, or_(*own))
    if state is not None:
        wanted = wanted.where(DeskProposal.state == state)
    if kind is not None:
        wanted = wanted.where(DeskProposal.kind == kind)
    if organisation is not None:
        wanted = wanted.where(_about(organisation))
    if cursor is not None:
        wanted = wanted.where(DeskProposal.id < cursor)
    rows = (await session.scalars(wanted)).all()
    return Page(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)


async def one_proposal(session: AsyncSession, act: Act, proposal: str) -> DeskProposal:
    """Raises NotFound for what is not there, or not this officer's to see."""
    one = await session.get(DeskProposal, proposal)
    if one is None or not act.may_see(one):
        raise NotFound
    return one


async def one_organisation(session: AsyncSession, organisation: str, now: datetime) -> Organisation:
    """As it stands in this transaction. Raises NotFound."""
    records = await current_records(session, now)
    if ("organisation", organisation) not in records:
        raise NotFound
    proposals = select(DeskProposal).where(
        _about(organisation), DeskProposal.state.in_(("proposed", "approved"))
    )
    return Organisation(
        id=organisation,
        record=records["organisation", organisation],
        domain_list=records["domain_list", organisation],
        domains={key[2]: one for key, one in _of(records, "domain", organisation)},
        contacts={(key[2], key[3]): one for key, one in _of(records, "contact", organisation)},
        proposals=(await session.scalars(proposals.order_by(DeskProposal.id.desc()))).all(),
    )


def find_organisations(
    directory: Directory, query: str, *, after: str = "", limit: int = PAGE
) -> list[OrganisationFacts]:
    """Those whose id, name or domain contains the query (all for an empty one), by id, behind the id `after`."""
    wanted = compact(query).strip()
    found = (
        one
        for key, one in sorted(directory.organisations.items())
        if key > after and (not wanted or any(wanted in text for text in _texts(one)))
    )
    return [one for one, _ in zip(found, range(limit), strict=False)]


async def numbers(session: AsyncSession, now: datetime) -> list[tuple[str, str, Record]]:
    """(number, who operates it: an organisation's id, or the operator as written, "" unknown, its record), by number."""
    records = await current_records(session, now)
    public = (
        (key[1], str(one.get("operator") or ""), one) for key, one in records.items() if key[0] == "number"
    )
    own = (
        (key[3], key[1], one) for key, one in records.items() if key[0] == "contact" and key[2] in _NUMBERS
    )
    return sorted((*public, *own), key=lambda row: row[:2])


def _about(organisation: str) -> ColumnElement[bool]:
    return or_(
        DeskProposal.key == organisation,
        DeskProposal.key.startswith(organisation + SEPARATOR, autoescape=True),
    )


def _of(records: Records, kind: str, organisation: str) -> list[tuple[tuple[str, ...], Record]]:
    return [(key, one) for key, one in records.items() if key[:2] == (kind, organisation)]


def _texts(one: OrganisationFacts) -> list[str]:
    names = (one.id, one.name_en, *(name.text for name in one.written))
    return [*(compact(name) for name in names), *(domain.domain for domain in one.domains)]
