"""The registry as the rules need it: organisations kept in memory, listed indicators by one query a check."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select

from lianfang.database import Database
from lianfang.privacy import Vault
from services.registry.desk.announcements import Announcements, announcements_of
from services.registry.desk.overlay import overlay
from services.registry.desk.standing import revision, standing_changes
from services.registry.directory import Directory, ListState
from services.registry.facts import Hit
from services.registry.models import Current, Generation, Indicator
from services.registry.own_list import KEYED, OWN, asked_keys
from services.registry.popular import KIND as POPULAR
from services.registry.records import directory_of, shipped_records
from services.registry.seed import KIND

if TYPE_CHECKING:
    from collections.abc import MutableMapping

# Current too, but no list that a message not found on it could be told of.
_NO_LISTS = frozenset({KIND, OWN, POPULAR})
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
    """The current registry of one database; looks every 15 s whether a generation or the desk changed it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._directory: Directory | None = None
        self._announcements = Announcements()
        self._state: tuple[int | None, tuple[int, int]] | None = None
        self._lists: tuple[ListState, ...] = ()
        self._read_at: datetime | None = None
        self._reading = asyncio.Lock()

    async def current(self, now: datetime) -> tuple[Directory, tuple[ListState, ...]]:
        """The organisations and the lists that are read now."""
        async with self._reading:
            if self._directory is None or self._read_at is None or now - self._read_at > MAX_AGE:
                await self._read(now)
                self._read_at = now
            if self._directory is None:
                raise RuntimeError("no directory was read")
            return self._directory, self._lists

    def announcements(self, now: datetime) -> Announcements:
        """Those of the registry that `current` read last, for a check at `now`."""
        return replace(self._announcements, at=now)

    async def _read(self, now: datetime) -> None:
        async with self._database.read() as session:
            generations = (
                await session.scalars(
                    select(Generation).join(Current, Current.generation_id == Generation.id)
                )
            ).all()
            self._lists = tuple(
                ListState(generation.kind, generation.as_of)
                for generation in generations
                if generation.kind not in _NO_LISTS
            )
            shipped = next((generation for generation in generations if generation.kind == KIND), None)
            number = None if shipped is None else shipped.id
            state = (number, await revision(session))
            if state != self._state:
                records = overlay(
                    await shipped_records(session, number), await standing_changes(session, now)
                )
                version = "none" if shipped is None else shipped.sha256[:8]
                self._directory = directory_of(records, _version(version, *state[1]))
                self._announcements = announcements_of(records)
                self._state = state

    async def hits(
        self, keys: Sequence[tuple[str, str]], vault: Vault | None = None
    ) -> dict[tuple[str, str], Hit]:
        """Which of the keys a current list names: one query; numbers and accounts of our own list with `vault` only."""
        if not keys:
            return {}
        wanted = set(
            sorted(keys, key=lambda key: key[0] == "page")[:MOST_KEYS]
        )  # of too many, pages go first
        meant = {key: key for key in wanted}
        if vault is not None:
            meant |= {kept: key for key in wanted if key[0] in KEYED for kept in asked_keys(vault, *key)}
        asked = {
            "kinds": sorted({kind for kind, _ in meant}),
            "values": sorted({value for _, value in meant}),
        }
        rows = await self._database.look_up(_LISTED, asked)
        found: dict[tuple[str, str], Hit] = {}
        for kind, value, source, list_day, imported_at in rows:
            key = meant.get((kind, value))
            if key is not None:
                found[key] = Hit(*key, source, list_day or imported_at.date())
        return found


_SNAPSHOTS: "MutableMapping[Database, Snapshots]" = WeakKeyDictionary()


def snapshots_of(database: Database) -> Snapshots:
    """The one holder for this database in this process."""
    return _SNAPSHOTS.setdefault(database, Snapshots(database))


def _version(shipped: str, decisions: int, undone: int) -> str:
    """The shipped registry's, with how often the desk changed it."""
    return f"{shipped}+{decisions + undone}" if decisions else shipped
