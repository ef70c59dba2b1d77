"""What a person may act as: read from bindings and from nothing else (design rule 12)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from services.people.models import Binding

# Who logs in to the console, and who joins in the chat instead (or as well).
CONSOLE_ROLES = frozenset(
    {"165", "association", "authority", "registry_desk", "issuer", "store", "admin", "auditor"}
)
CHAT_ROLES = frozenset({"merchant", "bank", "police", "issuer", "store"})


async def organisations_of(
    session: AsyncSession, person: str | None, roles: Collection[str]
) -> frozenset[str]:
    """The organisations for which this person is bound to one of `roles`; none for nobody."""
    bound = select(Binding.organisation).where(Binding.person == person, Binding.role.in_(roles))
    return frozenset(await session.scalars(bound))


def bound_to(session: Session, persons: Collection[str]) -> dict[str, frozenset[tuple[str, str]]]:
    """Person -> every (role, organisation) they are bound to now; those without any are not in it."""
    rows = session.execute(
        select(Binding.person, Binding.role, Binding.organisation).where(Binding.person.in_(persons))
    )
    found: dict[str, set[tuple[str, str]]] = {}
    for person, role, organisation in rows:
        found.setdefault(person, set()).add((role, organisation))
    return {person: frozenset(roles) for person, roles in found.items()}
