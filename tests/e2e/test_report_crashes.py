"""kill -9 of the services at each hop of a report: none is lost, none counts twice, all end like one undisturbed.

Five sites and five LINE IDs go side by side. At every hop the process dies when one of them is answered, one at work
and one sent but not read, and then again while one is anywhere. Whoever got no answer asks again, as it asked before.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lianfang import events
from lianfang.clock import moved_by
from lianfang.database import Database
from lianfang.events import Event
from lianfang.notices import Notice
from lianfang.privacy import Vault
from services.cases.models import Case
from services.partners.due import LEASE
from services.partners.joining import add_partner, set_webhook
from services.partners.models import DeliveryRow
from services.people.binding import make_person
from services.registry.seeding import load_seed
from services.reports.models import Target
from tests.fakes.hotline import FakeHotline
from tests.processes.callers import Asking, Callers, Matter, Office, insist
from tests.processes.chain import until
from tests.processes.services import Services

pytestmark = pytest.mark.skipif(
    not Path("/proc/locks").exists(), reason="looks at what the process waits for"
)

UNDISTURBED, ANSWERED, AT_WORK, UNREAD, ANYWHERE = range(5)
MOMENTS = (UNDISTURBED, ANSWERED, AT_WORK, UNREAD, ANYWHERE)
TIEA, MODA, DESK = ("association", "tiea"), ("authority", "moda"), ("registry_desk", "desk")
Kind = Literal["site", "line_id"]
# Who takes which step; None: the person over the internal API. Between the first and the second, 165 accepts.
HOPS: tuple[dict[Kind, tuple[str, Office | None]], ...] = (
    {"site": ("report", None), "line_id": ("report", None)},
    {"site": ("verify", TIEA), "line_id": ("confirm", TIEA)},
    {"site": ("back_to_accepted", TIEA), "line_id": ("list", DESK)},
    {"site": ("verify", TIEA), "line_id": ("appeal", None)},
    {"site": ("approve", MODA), "line_id": ("uphold", MODA)},
    {"site": ("hand_over", MODA)},
)
ENDS = {"site": ["handed_over"], "line_id": ["upheld", "upheld"]}
NOTICES = {
    "site": ["site_accepted", "site_verified", "site_verified", "site_approved", "site_handed_over"],
    "line_id": ["message_accepted", "message_listed", "report_lifted", "appeal_upheld"],
}


@dataclass
class Hotline(FakeHotline):
    """165, which keeps each answer back until the gate of its moment is open; `told`: (delivery, case number)."""

    moments: dict[str, int] = field(default_factory=dict)  # case number -> moment
    gates: list[asyncio.Event] = field(default_factory=lambda: [asyncio.Event() for _ in MOMENTS])
    told: set[tuple[str, str]] = field(default_factory=set)

    async def _take(self, request: Any) -> Any:
        answer, posted = await super()._take(request), await request.json()
        number = posted["data"]["case_number"]
        self.told.add((posted["id"], number))
        await self.gates[self.moments[number]].wait()
        return answer

    def open(self, *moments: int) -> None:
        for moment in moments:
            self.gates[moment].set()

    async def is_called(self, times: int) -> bool:
        return self.calls >= times


class Course:
    """The process, 165, and all that goes its way."""

    def __init__(self, database: Database, folder: Path) -> None:
        secret, index = Fernet.generate_key().decode(), "k1:for tests only"
        self.database, self.vault = database, Vault([secret], [index])
        self._clock_file, self._ahead = folder / "clock.json", timedelta()
        self.clock = moved_by(self._clock_file)
        self.services = Services(database, DATA_DIR=str(folder), SECRET_KEYS=secret, INDEX_KEYS=index)
        self.callers = Callers(self.services, database, self.vault, self.clock)
        self.hotline = Hotline(self.clock, state="accepted")
        self.matters: list[Matter] = []
        self._random = random.Random(165)  # noqa: S311 -- when to die is no secret

    async def open(self) -> None:
        await load_seed(self.database, self.clock)
        await self.database.together(self._come)
        for office in (TIEA, MODA, DESK):
            await self.callers.join(*office)
        await self.services.start()

    def _come(self, session: Session) -> None:
        now = self.clock()
        add_partner(session, "165", kind="hotline", name_zh="165", name_en="165", status="live", now=now)
        for moment in MOMENTS:
            subjects: dict[Kind, str] = {"site": f"https://evil-{moment}.top/", "line_id": f"@evil{moment}88"}
            for kind, subject in subjects.items():
                owner, objector = make_person(session, now), make_person(session, now)
                self.matters.append(Matter(kind, subject, owner, objector, moment))

    async def close(self) -> None:
        await self.services.kill()
        await self.callers.close()
        await self.hotline.stop()

    async def hop(self, steps: dict[Kind, tuple[str, Office | None]]) -> None:
        """Everybody takes the step of their kind; the process is killed twice meanwhile."""
        at: list[list[Asking]] = [[] for _ in MOMENTS]
        for one in self.matters:
            if one.kind in steps:
                at[one.moment].append(await self.callers.request(one, *steps[one.kind]))
        began = asyncio.get_running_loop().time()
        for ask in (*at[UNDISTURBED], *at[ANSWERED]):
            await ask()
        took = asyncio.get_running_loop().time() - began
        async with self.services.no_commits():
            asked = insist(at[AT_WORK])
            await self.services.until_at_work(len(asked))
            self.services.freeze()
            asked += insist(at[UNREAD])
            await self.services.until_unread(len(at[UNREAD]))
            await self.services.kill()
        await self.services.start()
        await asyncio.gather(*asked, *insist(at[ANSWERED]))
        asked, moment = insist(at[ANYWHERE]), self._random.uniform(0, took)
        await asyncio.wait(asked, timeout=moment, return_when=asyncio.FIRST_COMPLETED)
        await self.services.kill()
        await self.services.start()
        await asyncio.gather(*asked)

    async def deliver(self) -> None:
        """165 opens. First death: answers are noted, come but are not noted, are awaited. Second: anywhere."""
        hotline, everybody = self.hotline, len(self.matters)
        hotline.moments = {one.numbers[0]: one.moment for one in self.matters}
        url = await hotline.start()
        hotline.secret = await self.database.together(
            lambda session: set_webhook(session, self.vault, "165", url, self.clock(), loopback=True)
        )
        hotline.open(UNDISTURBED, ANSWERED)
        await until(lambda: hotline.is_called(everybody))
        await until(lambda: self._are_accepted(4))
        async with self.services.no_commits():
            hotline.open(AT_WORK)
            await self.services.until_at_work(2)
            await self.services.kill()
        calls = hotline.calls
        hotline.open(UNREAD, ANYWHERE)
        await self._start_later()
        await until(lambda: hotline.is_called(calls + 1), every=0.001)
        await asyncio.sleep(self._random.uniform(0, 0.05))
        await self.services.kill()
        await self._start_later()
        await until(lambda: self._are_accepted(everybody))

    async def _start_later(self) -> None:
        """The dead process had leased what it sent; by now another one may send it."""
        self._ahead += LEASE
        self._clock_file.write_text(json.dumps({"ahead_seconds": self._ahead.total_seconds()}))
        await self.services.start()

    async def _are_accepted(self, count: int) -> bool:
        accepted = select(func.count()).where(Case.state == "accepted")
        return await self.database.look(lambda session: session.scalar(accepted)) == count


@pytest.fixture
async def course(database: Database, tmp_path: Path) -> AsyncIterator[Course]:
    one = Course(database, tmp_path)
    await one.open()
    yield one
    await one.close()


def came_of(session: Session, matter: Matter) -> dict[str, Any]:
    """All that came of a matter, without its own ids and numbers."""
    people = {matter.owner: "owner", matter.objector: "objector"}
    cases = session.scalars(select(Case).where(Case.person.in_(people)).order_by(Case.id)).all()
    ids = [case.id for case in cases]
    steps = select(Event).where(Event.entity_id.in_(ids)).order_by(Event.entity_id, Event.number)
    notices = select(Notice.key).where(Notice.person.in_(people)).order_by(Notice.created_at, Notice.id)
    targets = session.scalars(select(Target).where(Target.case.in_(ids)))
    return {
        "numbered": [case.number for case in cases] == matter.numbers,
        "ends": [case.state for case in cases],
        "steps": [
            (one.from_state, one.to_state, one.reason, one.actor_kind, people.get(one.actor or "", one.actor))
            for one in session.scalars(steps)
        ],
        "notices": [key.removeprefix("notice.") for key in session.scalars(notices)],
        "listed": [(one.kind, one.scope, one.listed, one.replaced) for one in targets],
        "sent": list(session.scalars(select(DeliveryRow.state).where(DeliveryRow.entity_id.in_(ids)))),
    }


async def test_killed_at_every_hop_each_report_counts_once(course: Course) -> None:
    await course.hop(HOPS[0])
    await course.deliver()
    for steps in HOPS[1:]:
        await course.hop(steps)

    came = await course.database.look(
        lambda session: [(one, came_of(session, one)) for one in course.matters]
    )
    undisturbed = {one.kind: found for one, found in came if one.moment == UNDISTURBED}
    for one, found in came:
        assert found == undisturbed[one.kind], f"moment {one.moment}"
        assert (found["numbered"], found["ends"], found["sent"]) == (True, ENDS[one.kind], ["answered"])
        assert found["notices"] == NOTICES[one.kind]
    # 165 heard some again, each under one id.
    hotline = course.hotline
    assert Counter(number for _, number in hotline.told) == Counter(one.numbers[0] for one in course.matters)
    assert hotline.calls > len(hotline.told)
    assert hotline.violations == []
    assert course.services.kills == 2 * (len(HOPS) + 1)
    async with course.database.write() as session:
        await events.seal(session, course.clock())
        assert await events.verify(session) == []
