"""What a person may act as: read from bindings and from nothing else (design rule 12)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.people.models import Binding


async def organisations_of(
    session: AsyncSession, person: str | None, roles: Collection[str]
) -> frozenset[str]:
    """The organisations for which this person is bound to one of `roles`; none for nobody."""
    bound = select(Binding.organisation).where(Binding.person == person, Binding.role.in_(roles))
    return frozenset(await session.scalars(bound))
