"""What happens beside a conversation in the running chain: invitations are issued, 165 joins, officers list."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lianfang.clock import utc_now
from lianfang.database import Database
from lianfang.events import Actor, Event
from lianfang.privacy import Vault
from services.cases.models import Case
from services.partners.joining import NotAllowed, Status, add_partner, set_status
from services.people.accounts.invitations import issue
from services.people.models import Binding
from tests.processes.chain import Chain

HOTLINE = "165"
BY_TEST = Actor("system", "test")
T = TypeVar("T")


@dataclass(frozen=True)
class Behind:
    """The chain's own database, as the console would change it."""

    chain: Chain

    async def does(self, change: Callable[[Session], T]) -> T:
        database = Database(f"sqlite+aiosqlite:///{self.chain.home / 'lianfang.db'}")
        try:
            return await database.together(change)
        finally:
            await database.close()

    @property
    def vault(self) -> Vault:
        keys = self.chain.keys
        return Vault(keys["secret_keys"], keys["index_keys"])

    async def invites(self, role: str, organisation: str, *, days_ago: int = 0) -> str:
        """The code of a new invitation."""
        issued_at = utc_now() - timedelta(days=days_ago)
        issued = await self.does(
            lambda session: issue(session, self.vault, role, organisation, actor=BY_TEST, now=issued_at)
        )
        return issued.code

    async def bound(self, organisation: str) -> list[tuple[str, int]]:
        """Each role somebody is bound to for this organisation, with how many events tell of it."""

        def look(session: Session) -> list[tuple[str, int]]:
            rows = session.scalars(select(Binding).where(Binding.organisation == organisation)).all()
            return [(row.role, _events_of(session, row.id)) for row in rows]

        return await self.does(look)

    async def told(self, number: str) -> dict[str, Any]:
        """What a case keeps, decrypted."""

        def look(session: Session) -> dict[str, Any]:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            details: dict[str, Any] = self.vault.decrypt_json(case.details or b"")
            return {**details, "state": case.state, "lane": case.lane}

        return await self.does(look)

    @asynccontextmanager
    async def hotline_is(self, status: Status) -> AsyncIterator[None]:
        """For as long as it lasts 165 counts as this."""
        await self.does(lambda session: _set_hotline(session, status))
        try:
            yield
        finally:
            await self.does(lambda session: _set_hotline(session, "none"))


def _events_of(session: Session, entity_id: str) -> int:
    return session.scalar(select(func.count()).where(Event.entity_id == entity_id)) or 0


def _set_hotline(session: Session, status: Status) -> None:
    try:
        set_status(session, HOTLINE, status, utc_now())
    except NotAllowed:
        add_partner(
            session, HOTLINE, kind="hotline", name_zh="165", name_en="165", status=status, now=utc_now()
        )
