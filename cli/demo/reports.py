"""Reports as stories: somebody tells, others join, officers of several organisations decide, somebody objects."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cli.demo.courses import (
    KINDS,
    MESSAGES,
    MESSAGES_AGAIN,
    SITES,
    SITES_AGAIN,
    Course,
    Step,
)
from cli.demo.days import Story
from cli.demo.matters import (
    MATTERS,
    NAMES,
    WHY_APPEAL,
    Matter,
    host_of,
    lost,
    message_subject,
    message_target,
)
from cli.demo.town import Town
from lianfang.events import Actor
from services.cases.finding import find_own
from services.cases.walking import lock_case, walk
from services.reports.appeals import Objected, file_appeal
from services.reports.deciding import Refused, decide, undo
from services.reports.filing import file_report
from services.reports.given import Given
from services.reports.lanes import LANES
from services.reports.releasing import release
from services.reports.told import Contact, Told

APPEALED_AFTER, ANSWERED_AFTER = (30, 80), (20, 60)
STILL_OPEN_FOR = (6, 90)
MORE = 100
MESSAGES_FROM = 500  # their numbers begin after those of the sites
FOUND = ("sms", "ad", "search", "chat")
BY_MERCHANT, WITH_CONTACT = 0.3, 0.5


@dataclass
class Tale:
    """One matter that is reported: by whom, when, and how it goes."""

    town: Town
    kind: str
    matter: Matter
    number: int
    begins: datetime
    course: Course
    reporter: str
    known: list[str] = field(default_factory=list)
    case: str = ""

    @property
    def subject(self) -> str:
        if self.kind == "site":
            return f"https://{host_of(self.matter, self.number)}{self.matter.path}"
        return message_subject(self.kind, self.matter, self.number)

    async def tell(self, person: str) -> None:
        town, matter, rng = self.town, self.matter, self.town.rng
        self.known.append(person)
        contact = Contact(rng.choice(NAMES), "0900000000") if rng.random() < WITH_CONTACT else None
        told = Told(
            self.kind,
            self.subject,
            channel="line",
            brand=matter.brand,
            found=rng.choice(FOUND),
            money_lost=lost(matter, rng),
            contact=contact,
            text=matter.told if self.kind != "sms" else None,
            sender=f"0900-000-{self.number % 1000:03d}" if self.kind == "sms" else None,
            seen_at=town.clock() - timedelta(minutes=rng.randint(5, 300)),
        )
        desk = await town.desk()
        filed = await town.do(lambda session: file_report(session, desk, person, told))
        self.case = self.case or filed.case.number

    async def take(self, step: Step, number: str) -> None:
        town = self.town
        officer, desk = town.officer(step.role), await town.desk()
        if step.event == "undo":
            await town.do(lambda session: undo(session, desk, officer.person, number))
            return
        until = town.clock() + timedelta(days=step.days) if step.days else None
        lists = step.event == "list"
        targets = (message_target(self.kind, self.matter, self.number),) if lists else ()
        given = Given(**step.given, targets=targets, until=until, organisation=officer.organisation)

        def change(session: Session) -> None:
            try:
                decide(session, desk, officer.person, number, step.event, given)
            except Refused as refused:
                if refused.codes != ("limit_reached",):
                    raise
                # What an earlier run listed later than this day counts too: an admin gives room.
                release(session, town.officer("admin").person, MORE, town.clock())
                session.flush()
                decide(session, desk, officer.person, number, step.event, given)

        await town.do(change)


async def course_of(tale: Tale) -> Story:
    """From the first report to whatever the course ends with."""
    town, course = tale.town, tale.course
    yield tale.begins
    await tale.tell(tale.reporter)
    for step in course.steps:
        yield town.clock() + town.wait(step.hours)
        await tale.take(step, tale.case)
    if course.owner is not None:
        yield town.clock() + town.wait((0.1, 2))
        await town.do(lambda session: _by_owner(session, tale, course.owner or ""))
    if course.appeal == "open":
        yield max(town.clock(), town.ago(town.rng.uniform(*STILL_OPEN_FOR)))
        await _object(tale)
    elif course.appeal is not None:
        yield town.clock() + town.wait(APPEALED_AFTER)
        number = await _object(tale)
        yield town.clock() + town.wait(ANSWERED_AFTER)
        reason = {"uphold": "owner_repaired_it", "deny": "evidence_stands"}[course.appeal]
        role = "authority" if tale.kind != "site" else "registry_desk"
        await tale.take(Step(role, course.appeal, (0, 0), {"reason": reason}), number)


async def once_more(tale: Tale) -> Story:
    """Somebody else reports the same, soon after the first."""
    town = tale.town
    yield tale.begins + (town.end - tale.begins) * min(1.0, 0.02 + town.rng.random() * 0.3)
    if tale.case:
        await tale.tell(town.somebody(*tale.known))


async def _object(tale: Tale) -> str:
    town, desk = tale.town, await tale.town.desk()
    about = "block" if tale.kind == "site" else "listing"
    # An account by itself is read as a telephone number.
    subject = f"帳號 {tale.subject}" if tale.kind == "account" else tale.subject
    objected = Objected(about, subject, town.rng.choice(WHY_APPEAL), channel="line")
    person = town.somebody(*tale.known)
    filed = await town.do(lambda session: file_appeal(session, desk, person, objected))
    return filed.case.number


def _by_owner(session: Session, tale: Tale, act: str) -> None:
    person, now = tale.known[0], tale.town.clock()
    case = find_own(session, person, tale.case)
    if case is not None:
        lane = LANES[case.lane]
        walk(
            session, tale.town.vault, lane, lock_case(session, case.id), lane.owner_events[act],
            actor=Actor("person", person), now=now,
        )  # fmt: skip


def report_stories(town: Town, merchants: Mapping[str, str]) -> list[Story]:
    """All of them; merchants report some sites that play them themselves."""
    sites = list(_tales(town, SITES, ("site",), merchants, town.first))
    messages = list(_tales(town, MESSAGES, KINDS, {}, town.first + MESSAGES_FROM))
    again = [*_joining(town, sites, SITES_AGAIN), *_joining(town, messages, MESSAGES_AGAIN)]
    return [*(course_of(tale) for tale in (*sites, *messages)), *(once_more(tale) for tale in again)]


def _tales(
    town: Town, courses: Sequence[Course], kinds: Sequence[str], merchants: Mapping[str, str], number: int
) -> Iterator[Tale]:
    for course in courses:
        for _ in range(town.count(course.cases)):
            number += 1
            kind, matter = kinds[number % len(kinds)], MATTERS[number % len(MATTERS)]
            own = merchants.get(matter.brand or "") if town.rng.random() < BY_MERCHANT else None
            reporter = own or town.somebody(*merchants.values())
            yield Tale(town, kind, matter, number, town.some_day(course.days), course, reporter)


def _joining(town: Town, tales: Sequence[Tale], count: int) -> list[Tale]:
    """Those that others report as well, some of them several times."""
    return town.rng.choices([one for one in tales if one.course.stays], k=town.count(count))
