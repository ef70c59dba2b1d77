"""Who may see and judge campaigns: officers of 165 and of the registry desk, by their bindings alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.people.roles import organisations_of

OFFICER_ROLES = frozenset({"165", "registry_desk"})


class NotFound(Exception):
    """No such campaign or verdict, or nobody who may see it: both look the same."""


@dataclass(frozen=True)
class Act:
    """Which officer does something, for which organisations he may, when, and in which request."""

    person: str
    organisations: frozenset[str]
    at: datetime
    trace: str | None


async def officer(session: AsyncSession, person: str | None, at: datetime, trace: str | None) -> Act:
    """Raises NotFound for whoever is bound to no officer's role."""
    organisations = await organisations_of(session, person, OFFICER_ROLES)
    if person is None or not organisations:
        raise NotFound
    return Act(person, organisations, at, trace)
