"""Binds a person to an organisation and a role, and unbinds: each a change of state with its event."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from lianfang.events import Actor, append
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

    def change(sync: Session) -> str:
        person = make_person(sync, now)
        bind(sync, person, role, organisation, actor=OPERATOR, now=now)
        return person

    return await session.run_sync(change)


async def unbind(session: AsyncSession, person: str, now: datetime) -> int:
    """End all bindings of a person; returns how many there were."""
    return await session.run_sync(end_bindings, person, actor=OPERATOR, now=now)


def make_person(session: Session, now: datetime) -> str:
    """Somebody known by no channel address yet; returns the person's id."""
    person = new_id("p")
    session.add(Person(id=person, created_at=now, last_seen=now))
    session.flush()
    return person


def bind(session: Session, person: str, role: str, organisation: str, *, actor: Actor, now: datetime) -> bool:
    """Give the person a role for an organisation; False when it is theirs already."""
    same = (Binding.person == person, Binding.role == role, Binding.organisation == organisation)
    if session.scalar(select(Binding.id).where(*same)) is not None:
        return False
    binding = Binding(id=new_id("bd"), person=person, organisation=organisation, role=role, bound_at=now)
    session.add(binding)
    append(
        session,
        at=now,
        actor=actor,
        entity="binding",
        entity_id=binding.id,
        to_state="bound",
        params={"person": person, "organisation": organisation, "role": role},
    )
    return True


def end_bindings(
    session: Session, person: str, *, actor: Actor, now: datetime, only: str | None = None
) -> int:
    """End the person's bindings, or `only` the one of that id; returns how many there were."""
    wanted = select(Binding).where(Binding.person == person)
    if only is not None:
        wanted = wanted.where(Binding.id == only)
    bound = session.scalars(wanted).all()
    for binding in bound:
        append(
            session,
            at=now,
            actor=actor,
            entity="binding",
            entity_id=binding.id,
            from_state="bound",
            to_state="unbound",
            params={"person": person, "organisation": binding.organisation, "role": binding.role},
        )
        session.delete(binding)
    return len(bound)


async def all_bound(session: AsyncSession, roles: frozenset[str]) -> list[Bound]:
    """Every binding to one of `roles`, oldest first."""
    rows = await session.scalars(select(Binding).where(Binding.role.in_(roles)).order_by(Binding.bound_at))
    return [Bound(row.person, row.organisation, row.role, row.bound_at) for row in rows]
