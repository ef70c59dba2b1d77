"""Cases of a lane made up for the test: walked by its table, with history, deadlines, notices and evidence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang import events, retention
from lianfang.database import Database
from lianfang.events import Actor, Event
from lianfang.notices import Notice
from lianfang.privacy import Vault
from services.cases.deadlines import run_deadlines
from services.cases.evidence import (
    MOST,
    MOST_OF_A_FOLLOWER,
    TooMuchEvidence,
    add_evidence,
    evidence_of,
)
from services.cases.finding import find_own, leader, own_cases
from services.cases.lane import Deadline, Lane, NotAllowed, Passage
from services.cases.models import Case
from services.cases.officers import look_at
from services.cases.queues import Queue, look_over
from services.cases.walking import follow, lock_case, open_case, walk
from tests.conftest import Hands

ANN, BEN, EVE = "p_ann", "p_ben", "p_eve"
LANE = Lane(
    "parcel",
    start="asked",
    table={
        ("asked", "take"): "taken",
        ("asked", "withdraw"): "withdrawn",
        ("asked", "forget"): "forgotten",
        ("taken", "end"): "ended",
    },
    ends=frozenset({"ended", "withdrawn", "forgotten"}),
    deadlines={"asked": Deadline(timedelta(hours=2), "forget")},
    notices={"taken": "notice.verdict_changed", "forgotten": "notice.verdict_changed"},
    owner_events={"withdraw": "withdraw"},
)
OFFICER = Actor("officer", "p_officer")


class Desk:
    """Does one thing at a time on a database."""

    def __init__(self, database: Database, vault: Vault, clock: Hands) -> None:
        self.database, self.vault, self.clock = database, vault, clock

    async def open(self, person: str = ANN, lane: Lane = LANE) -> str:
        def change(session: Session) -> str:
            case = open_case(
                session, self.vault, lane, person=person, channel="line", details={"what": "a box"},
                actor=Actor("person", person), now=self.clock(), trace="in_1",
            )  # fmt: skip
            return case.id

        return await self.database.together(change)

    async def send(self, case: str, event: str, lane: Lane = LANE) -> None:
        def change(session: Session) -> None:
            walk(session, self.vault, lane, lock_case(session, case), event, actor=OFFICER, now=self.clock())

        await self.database.together(change)

    async def case(self, case: str) -> Case:
        return await self.database.look(lambda session: session.get_one(Case, case))

    async def all(self, of: Any) -> list[Any]:
        async with self.database.read() as session:
            return list(await session.scalars(select(of).order_by(of.id)))


@pytest.fixture
def desk(database: Database, vault: Vault, clock: Hands) -> Desk:
    return Desk(database, vault, clock)


async def test_a_step_changes_the_state_and_writes_its_event(desk: Desk) -> None:
    case = await desk.open()
    await desk.send(case, "take")
    assert (await desk.case(case)).state == "taken"
    history = await desk.all(Event)
    assert [(one.from_state, one.to_state, one.params["event"]) for one in history] == [
        (None, "asked", "open"),
        ("asked", "taken", "take"),
    ]
    assert history[1].actor == "p_officer"
    async with desk.database.read() as session:
        assert await events.verify(session) == []


async def test_what_the_table_does_not_name_changes_nothing(desk: Desk) -> None:
    case = await desk.open()
    with pytest.raises(NotAllowed):
        await desk.send(case, "end")
    assert (await desk.case(case)).state == "asked"
    assert len(await desk.all(Event)) == 1


async def test_a_deadline_sends_its_event_once_and_a_step_ends_it(desk: Desk) -> None:
    forgotten, taken = await desk.open(), await desk.open()
    await desk.send(taken, "take")
    lanes = {"parcel": LANE}
    assert await run_deadlines(desk.database, desk.vault, desk.clock, lanes) == 0
    desk.clock.move(hours=2)
    assert await run_deadlines(desk.database, desk.vault, desk.clock, lanes) == 1
    assert await run_deadlines(desk.database, desk.vault, desk.clock, lanes) == 0
    assert (await desk.case(forgotten)).state == "forgotten"
    assert (await desk.case(taken)).state == "taken"


async def test_the_owner_the_followers_and_those_joined_are_told_with_the_number_they_know(
    desk: Desk,
) -> None:
    first, second = await desk.open(ANN), await desk.open(BEN)

    def join(session: Session) -> None:
        session.get_one(Case, second).joined_to = first
        follow(session, session.get_one(Case, first), EVE, desk.clock())
        follow(session, session.get_one(Case, first), EVE, desk.clock())

    await desk.database.together(join)
    await desk.send(first, "take")
    notices = await desk.all(Notice)
    numbers = {one.person: desk.vault.decrypt_json(one.params)["number"] for one in notices}
    cases = {row.person: row.number for row in await desk.all(Case)}
    assert numbers == {ANN: cases[ANN], BEN: cases[BEN], EVE: cases[ANN]}
    joined = await desk.case(second)
    assert await desk.database.look(lambda session: leader(session, joined).state) == "taken"


async def test_the_effects_of_a_lane_are_in_the_same_transaction(desk: Desk) -> None:
    def fails(_session: Session, passage: Passage) -> None:
        if passage.to_state == "taken":
            raise RuntimeError

    case = await desk.open()
    with pytest.raises(RuntimeError):
        await desk.send(case, "take", replace(LANE, entered=fails))
    assert (await desk.case(case)).state == "asked"
    assert len(await desk.all(Event)) == 1


async def test_a_foreign_case_is_not_there(desk: Desk) -> None:
    number = (await desk.case(await desk.open(ANN))).number

    def view(session: Session) -> tuple[bool, bool, bool, int, int]:
        return (
            find_own(session, ANN, number.lower()) is not None,
            find_own(session, EVE, number) is not None,
            find_own(session, ANN, "LF-0000-0000") is not None,
            len(own_cases(session, ANN)),
            len(own_cases(session, EVE)),
        )

    assert await desk.database.look(view) == (True, False, False, 1, 0)


async def test_evidence_is_encrypted_bounded_and_in_the_history(desk: Desk) -> None:
    case = await desk.open()

    def add(session: Session) -> None:
        add_evidence(
            session, desk.vault, lock_case(session, case),
            kind="text", body="他叫王大明", actor=Actor("person", ANN), now=desk.clock(),
        )  # fmt: skip

    for _ in range(MOST):
        await desk.database.together(add)
    with pytest.raises(TooMuchEvidence):
        await desk.database.together(add)
    row = await desk.case(case)
    pieces = await desk.database.look(lambda session: evidence_of(session, desk.vault, row))
    assert {text for _, text in pieces} == {"他叫王大明"}
    assert all("王".encode() not in piece.body for piece, _ in pieces)
    assert "王大明" not in str([one.params for one in await desk.all(Event)])


async def test_nobody_fills_somebody_elses_case(desk: Desk) -> None:
    case_id = await desk.open()

    def add(actor: Actor) -> Callable[[Session], None]:
        def change(session: Session) -> None:
            case = lock_case(session, case_id)
            add_evidence(session, desk.vault, case, kind="text", body="x", actor=actor, now=desk.clock())

        return change

    ann, ben, eve = (Actor("person", person) for person in (ANN, BEN, EVE))
    for _ in range(MOST_OF_A_FOLLOWER):
        await desk.database.together(add(ben))
    with pytest.raises(TooMuchEvidence):
        await desk.database.together(add(ben))
    for actor in (eve, ann, OFFICER):
        await desk.database.together(add(actor))


async def test_officers_see_whose_evidence_it_is(desk: Desk) -> None:
    case_id = await desk.open()

    def add(session: Session) -> None:
        case = lock_case(session, case_id)
        follow(session, case, BEN, desk.clock())
        for actor in (Actor("person", ANN), Actor("person", BEN), OFFICER):
            add_evidence(session, desk.vault, case, kind="text", body="x", actor=actor, now=desk.clock())

    await desk.database.together(add)
    number = (await desk.case(case_id)).number
    seen = await desk.database.look(lambda session: look_at(session, desk.vault, number))
    assert seen is not None
    assert sorted(piece.by for piece in seen.evidence) == ["officer", "other", "owner"]
    assert seen.owner == ANN


async def test_queues_tell_the_longest_wait_and_the_nearest_deadline(desk: Desk) -> None:
    begun, first = desk.clock(), await desk.open()

    def wait_for_ever(session: Session) -> None:
        lock_case(session, first).due_at = None

    await desk.database.together(wait_for_ever)
    desk.clock.move(hours=1)
    await desk.open(BEN)
    found = await desk.database.look(lambda s: look_over(s, [("parcel", "asked"), ("parcel", "taken")]))
    assert found == [
        Queue("parcel", "asked", 2, begun, begun + timedelta(hours=3)),
        Queue("parcel", "taken", 0, None, None),
    ]


async def test_erasing_a_person_leaves_the_course_and_nothing_of_the_person(desk: Desk) -> None:
    case = await desk.open()
    async with desk.database.write() as session:
        await retention.erase(session, ANN, except_rows={})
    left = await desk.case(case)
    assert (left.state, left.person, left.details, left.channel) == ("asked", None, None, None)
