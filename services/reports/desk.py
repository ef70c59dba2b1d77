"""What officers' functions need beside a session: the vault, what is protected, the present moment, the request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from services.registry.directory import Directory
from services.registry.hosts import read_address
from services.registry.popular import popular_among
from services.registry.snapshots import snapshots_of
from services.reports.protected import Protected, protect, read_popular


@dataclass(frozen=True)
class Desk:
    """One request's worth of knowledge; make it with `desk_of`."""

    vault: Vault
    protected: Protected
    now: datetime
    trace: str | None = None

    @property
    def directory(self) -> Directory:
        return self.protected.directory

    def protecting(self, session: Session, values: Iterable[str]) -> Protected:
        """What is protected, knowing which of these addresses an import calls popular."""
        addresses = [address for address in map(read_address, values) if address is not None]
        names = {name for address in addresses for name in address.parents()}
        return self.protected.with_popular(popular_among(session, names))


async def desk_of(database: Database, vault: Vault, clock: Clock, trace: str | None = None) -> Desk:
    """With the registry as it is now."""
    now = clock()
    directory, _ = await snapshots_of(database).current(now)
    return Desk(vault, protected_by(directory), now, trace)


class _Latest:
    """What the newest snapshot protects, worked out once for each."""

    def __init__(self) -> None:
        self._known: Protected | None = None

    def __call__(self, directory: Directory) -> Protected:
        known = self._known
        if known is None or known.directory is not directory:
            self._known = known = protect(directory, read_popular())
        return known


protected_by = _Latest()


def take_turn(session: Session, purpose: str) -> None:
    """Until this transaction ends nobody else does what `purpose` names; on SQLite every write is alone already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(purpose))))
