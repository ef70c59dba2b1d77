"""A registry desk on a real database: officers of two organisations, an agency's own staff, and checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lianfang.database import Database
from lianfang.events import SYSTEM
from services.people.binding import bind, make_person
from services.registry.checking import judge_request
from services.registry.desk.asking import Asked, announcement
from services.registry.desk.models import DeskProposal
from services.registry.desk.officers import Act, officer
from services.registry.desk.outside import NOTHING, Outsides
from services.registry.desk.overlay import Operation
from services.registry.desk.proposals import approve, propose, reject, undo, withdraw
from services.registry.requests import CheckRequest
from tests.conftest import Hands

Json = dict[str, Any]
TODAY = "2026-11-22"
WATER = "taiwan-water-corporation"
POWER = "taiwan-power-company"


@dataclass
class Office:
    """Officers are made by name and bound as told."""

    database: Database
    clock: Hands

    async def person(self, *bindings: tuple[str, str]) -> str:
        """Somebody bound as (role, organisation) says."""
        async with self.database.write() as session:

            def make(sync: Any) -> str:
                person = make_person(sync, self.clock())
                for role, organisation in bindings:
                    bind(sync, person, role, organisation, actor=SYSTEM, now=self.clock())
                return person

            return await session.run_sync(make)

    async def officer(self, organisation: str = "lianfang") -> str:
        return await self.person(("registry_desk", organisation))

    async def act(self, person: str | None) -> Act:
        async with self.database.read() as session:
            return await officer(session, person, self.clock())

    async def propose(
        self, person: str, asked: Asked, note: str = "", outsides: Outsides = NOTHING
    ) -> DeskProposal:
        act = await self.act(person)
        async with self.database.write() as session:
            return await propose(session, act, asked, note, outsides)

    async def approve(
        self, person: str, proposal: DeskProposal, reason: str = "", outsides: Outsides = NOTHING
    ) -> DeskProposal:
        act = await self.act(person)
        async with self.database.write() as session:
            return await approve(session, act, proposal.id, reason, outsides)

    async def reject(self, person: str, proposal: DeskProposal, reason: str) -> DeskProposal:
        act = await self.act(person)
        async with self.database.write() as session:
            return await reject(session, act, proposal.id, reason)

    async def withdraw(self, person: str, proposal: DeskProposal) -> DeskProposal:
        act = await self.act(person)
        async with self.database.write() as session:
            return await withdraw(session, act, proposal.id)

    async def undo(self, person: str, proposal: DeskProposal, outsides: Outsides = NOTHING) -> DeskProposal:
        act = await self.act(person)
        async with self.database.write() as session:
            return await undo(session, act, proposal.id, outsides)

    async def made(self, asked: Asked) -> DeskProposal:
        """Proposed and approved by officers of two organisations."""
        proposal = await self.propose(await self.officer("one"), asked)
        return await self.approve(await self.officer("two"), proposal)

    async def check(self, text: str, **told: Any) -> Json:
        """What a running service answers: it has looked again since the last decision."""
        self.clock.move(seconds=16)
        return await judge_request(self.database, CheckRequest(text=text, **told), self.clock())


def codes(answer: Json) -> list[str]:
    return [reason["code"] for reason in answer["reasons"]]


def domain(
    organisation: str, name: str, operation: Operation = "add", values: Mapping[str, Any] | None = None
) -> Asked:
    proven = {"role": "official", "confirmed": True, "evidence": "letter 1142/7", "verified_on": TODAY}
    given = values if values is not None else proven if operation == "add" else {}
    return Asked("domain", (organisation, name), operation, given)


def complete(organisation: str, *, is_complete: bool = True) -> Asked:
    values = {"complete": is_complete, "evidence": "letter 1142/9", "verified_on": TODAY}
    return Asked("domain_list", (organisation,), "change", values)


def announced(
    text: str,
    clock: Hands,
    *,
    organisation: str = POWER,
    sender: str = "111",
    domains: tuple[str, ...] = (),
    days: float = 14,
) -> Asked:
    """From now on, for some days."""
    now = clock()
    return announcement(
        organisation,
        sender=sender,
        text=text,
        domains=domains,
        starts_at=now,
        ends_at=now + timedelta(days=days),
        now=now,
    )
