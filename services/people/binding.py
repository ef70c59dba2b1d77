"""Binds a person to an organisation and a role, and unbinds: each a change of state with its event."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.events import Actor, record
from lianfang.ids import new_id
from services.people.models import Binding, Person

OPERATOR = Actor("system", "command_line")


@dataclass(frozen=True)
class Bound:
    """One binding as it is shown."""

    person: str
    organisation: str
    role: str
    bound_at: datetime


async def bind_new_person(session: AsyncSession, *, organisation: str, role: str, now: datetime) -> str:
    """Make a person who exists only to act for `organisation`; returns the person's id."""
    person = new_id("p")
    session.add(Person(id=person, created_at=now, last_seen=now))
    await session.flush()
    binding = Binding(id=new_id("bd"), person=person, organisation=organisation, role=role, bound_at=now)
    session.add(binding)
    await record(
        session,
        at=now,
        actor=OPERATOR,
        entity="binding",
        entity_id=binding.id,
        to_state="bound",
        params={"person": person, "organisation": organisation, "role": role},
    )
    return person


async def unbind(session: AsyncSession, person: str, now: datetime) -> int:
    """End all bindings of a person; returns how many there were."""
    bound = list(await session.scalars(select(Binding).where(Binding.person == person)))
    for binding in bound:
        await record(
            session,
            at=now,
            actor=OPERATOR,
            entity="binding",
            entity_id=binding.id,
            from_state="bound",
            to_state="unbound",
        )
        await session.delete(binding)
    return len(bound)


async def all_bound(session: AsyncSession, roles: frozenset[str]) -> list[Bound]:
    """Every binding to one of `roles`, oldest first."""
    rows = await session.scalars(select(Binding).where(Binding.role.in_(roles)).order_by(Binding.bound_at))
    return [Bound(row.person, row.organisation, row.role, row.bound_at) for row in rows]
