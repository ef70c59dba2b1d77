"""A database with people who report and officers of several organisations, for the tests of reports."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.database import Database
from lianfang.events import Actor, Event
from lianfang.notices import Notice
from lianfang.privacy import Vault
from services.cases.deadlines import run_deadlines
from services.cases.models import Case
from services.people.binding import bind, make_person
from services.registry.checking import judge_request
from services.registry.requests import CheckRequest
from services.reports.appeals import Filed, Objected, file_appeal
from services.reports.deciding import decide, dry_run, undo
from services.reports.desk import Desk, desk_of
from services.reports.filing import Filing, file_report
from services.reports.given import Given
from services.reports.lanes import LANES
from services.reports.models import Report, Target
from services.reports.planning import Plan
from services.reports.told import Told
from tests.conftest import Hands

T = TypeVar("T")
SYSTEM = Actor("system", "test")
EVIL = "https://m.evil-shop.top/pay?x=1"


@dataclass
class Bureau:
    """Officers are made by role and organisation, once each."""

    database: Database
    vault: Vault
    clock: Hands
    _officers: dict[tuple[str, str, str], str] = field(default_factory=dict)

    async def desk(self) -> Desk:
        return await desk_of(self.database, self.vault, self.clock)

    async def person(self) -> str:
        return await self.do(lambda session: make_person(session, self.clock()))

    async def officer(self, role: str, organisation: str, name: str = "") -> str:
        key = (role, organisation, name)
        if key not in self._officers:
            person = await self.person()
            await self.bind(person, role, organisation)
            self._officers[key] = person
        return self._officers[key]

    async def bind(self, person: str, role: str, organisation: str) -> None:
        await self.do(
            lambda session: bind(session, person, role, organisation, actor=SYSTEM, now=self.clock())
        )

    async def file(self, person: str | None = None, subject: str = EVIL, **told: Any) -> Filing:
        desk, who = await self.desk(), person or await self.person()
        wanted = Told(**{"kind": "site", "channel": "line", **told, "subject": subject})
        return await self.do(lambda session: file_report(session, desk, who, wanted))

    async def appeal(self, person: str, subject: str, about: str = "listing") -> Filed:
        desk = await self.desk()
        objected = Objected(about, subject, "這是我的網站")
        return await self.do(lambda session: file_appeal(session, desk, person, objected))

    async def step(self, officer: str, number: str, event: str, **given: Any) -> Plan:
        desk = await self.desk()
        return await self.do(lambda session: decide(session, desk, officer, number, event, Given(**given)))

    async def try_step(self, officer: str, number: str, event: str, **given: Any) -> Plan:
        desk = await self.desk()
        return await self.database.look(
            lambda session: dry_run(session, desk, officer, number, event, Given(**given))
        )

    async def back(self, officer: str, number: str) -> Plan:
        desk = await self.desk()
        return await self.do(lambda session: undo(session, desk, officer, number))

    async def approve_all_the_way(self, number: str, *steps: str, scope: str = "host") -> None:
        """A site's usual course, each step by another organisation's officer, up to the last of `steps`."""
        course = {
            "accept": (await self.officer("165", "npa"), {}),
            "verify": (await self.officer("association", "tiea"), {"scope": scope}),
            "approve": (
                await self.officer("authority", "moda"),
                {"legal_basis": "fraud_act_42", "unit": "moda-adi", "until": self.later(days=300)},
            ),
            "hand_over": (await self.officer("authority", "moda"), {}),
        }
        for event in steps or tuple(course):
            officer, given = course[event]
            await self.step(officer, number, event, **given)  # type: ignore[arg-type]

    async def verdict(self, text: str) -> str:
        return str((await self.checked(text))["verdict"])

    async def checked(self, text: str) -> dict[str, Any]:
        return await judge_request(self.database, CheckRequest(text=text), self.clock(), self.vault)

    async def deadlines(self) -> int:
        return await run_deadlines(self.database, self.vault, self.clock, LANES)

    def later(self, **by: float) -> datetime:
        return self.clock() + timedelta(**by)

    async def state(self, number: str) -> str:
        return (await self.row(number)).state

    async def row(self, number: str) -> Report:
        return (await self.all(Report, Report.number == number))[0]

    async def case(self, number: str) -> Case:
        return (await self.all(Case, Case.number == number))[0]

    async def targets(self, number: str) -> list[Target]:
        return await self.all(Target, Target.case == (await self.row(number)).case)

    async def told(self, person: str) -> list[str]:
        return [one.key for one in await self.all(Notice, Notice.person == person)]

    async def history(self, number: str) -> list[Event]:
        case = (await self.row(number)).case
        return await self.all(Event, Event.entity_id == case)

    async def all(self, of: type[T], *where: Any) -> list[T]:
        async with self.database.read() as session:
            return list(await session.scalars(select(of).where(*where)))

    async def do(self, change: Callable[[Session], T]) -> T:
        return await self.database.together(change)
