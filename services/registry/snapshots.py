"""The registry as the rules need it: organisations kept in memory, listed indicators by one query a check."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.database import Database
from services.registry.directory import (
    Contact,
    Directory,
    Domain,
    ListState,
    OrganisationFacts,
    SpecialNumberFacts,
    build_directory,
)
from services.registry.facts import Hit
from services.registry.models import (
    Current,
    Generation,
    Indicator,
    Organisation,
    OrganisationContact,
    OrganisationDomain,
    SpecialNumber,
)
from services.registry.names import Written
from services.registry.seed import KIND, read_shared_hosts, read_well_known

if TYPE_CHECKING:
    from collections.abc import MutableMapping

MAX_AGE = timedelta(seconds=15)
MOST_KEYS = 1200  # more than 5,000 characters hold
# Built once: building it costs more than running it.
_INDICATOR, _GENERATION, _CURRENT = Indicator.__table__.c, Generation.__table__.c, Current.__table__.c
_LISTED = (
    select(
        _INDICATOR.kind,
        _INDICATOR.value,
        _GENERATION.kind.label("source"),
        _GENERATION.as_of,
        _GENERATION.imported_at,
    )
    .join(Generation.__table__, _GENERATION.id == _INDICATOR.generation_id)
    .join(Current.__table__, _CURRENT.generation_id == _GENERATION.id)
    .where(
        _INDICATOR.kind.in_(bindparam("kinds", expanding=True)),
        _INDICATOR.value.in_(bindparam("values", expanding=True)),
    )
)


class Snapshots:
    """The current registry of one database; looks every 15 s whether another generation became current."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._directory: Directory | None = None
        self._generation: int | None = None
        self._lists: tuple[ListState, ...] = ()
        self._read_at: datetime | None = None
        self._reading = asyncio.Lock()

    async def current(self, now: datetime) -> tuple[Directory, tuple[ListState, ...]]:
        """The organisations and the lists that are read now."""
        async with self._reading:
            if self._directory is None or self._read_at is None or now - self._read_at > MAX_AGE:
                await self._read()
                self._read_at = now
            if self._directory is None:
                raise RuntimeError("no directory was read")
            return self._directory, self._lists

    async def _read(self) -> None:
        async with self._database.read() as session:
            generations = (
                await session.scalars(
                    select(Generation).join(Current, Current.generation_id == Generation.id)
                )
            ).all()
            self._lists = tuple(
                ListState(generation.kind, generation.as_of)
                for generation in generations
                if generation.kind != KIND
            )
            shipped = next((generation for generation in generations if generation.kind == KIND), None)
            number = None if shipped is None else shipped.id
            if self._directory is None or number != self._generation:
                version = "none" if shipped is None else shipped.sha256[:8]
                self._directory = await _read_directory(session, number, version)
                self._generation = number

    async def hits(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Hit]:
        """Which of the keys a current list names: one query."""
        if not keys:
            return {}
        wanted = set(
            sorted(keys, key=lambda key: key[0] == "page")[:MOST_KEYS]
        )  # of too many, pages go first
        asked = {
            "kinds": sorted({kind for kind, _ in wanted}),
            "values": sorted({value for _, value in wanted}),
        }
        rows = await self._database.look_up(_LISTED, asked)
        found: dict[tuple[str, str], Hit] = {}
        for kind, value, source, list_day, imported_at in rows:
            if (kind, value) in wanted:
                found[kind, value] = Hit(kind, value, source, list_day or imported_at.date())
        return found


_SNAPSHOTS: "MutableMapping[Database, Snapshots]" = WeakKeyDictionary()


def snapshots_of(database: Database) -> Snapshots:
    """The one holder for this database in this process."""
    return _SNAPSHOTS.setdefault(database, Snapshots(database))


async def _read_directory(session: AsyncSession, generation: int | None, version: str) -> Directory:
    domains: dict[str, list[Domain]] = {}
    for row in await session.scalars(
        select(OrganisationDomain).where(OrganisationDomain.generation_id == generation)
    ):
        domains.setdefault(row.organisation_id, []).append(
            Domain(row.organisation_id, row.domain, row.role, row.confirmed, row.evidence, row.verified_on)
        )
    contacts: dict[str, list[Contact]] = {}
    for contact in await session.scalars(
        select(OrganisationContact).where(OrganisationContact.generation_id == generation)
    ):
        contacts.setdefault(contact.organisation_id, []).append(
            Contact(contact.kind, contact.value, contact.confirmed, contact.evidence, contact.verified_on)
        )
    organisations = [
        OrganisationFacts(
            id=row.id,
            name_zh=row.name_zh,
            name_en=row.name_en,
            category=row.category,
            written=tuple(Written(alias["text"], brackets=alias["brackets"]) for alias in row.aliases),
            domains_complete=row.domains_complete,
            complete_evidence=row.complete_evidence,
            domains=tuple(domains.get(row.id, ())),
            contacts=tuple(contacts.get(row.id, ())),
            source=row.source,
            verified_on=row.verified_on,
        )
        for row in await session.scalars(
            select(Organisation).where(Organisation.generation_id == generation).order_by(Organisation.id)
        )
    ]
    numbers = [
        SpecialNumberFacts(row.number, row.name_zh, row.name_en, row.use)
        for row in await session.scalars(
            select(SpecialNumber).where(SpecialNumber.generation_id == generation)
        )
    ]
    return build_directory(
        organisations,
        shared_hosts=read_shared_hosts(),
        well_known=read_well_known(),
        special_numbers=numbers,
        version=version,
    )
