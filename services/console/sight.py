"""One case as the visitor may see it: its desk, its fields, the steps that are open, the officers' names."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lianfang.events import Event
from services.cases.officers import CaseShown, look_at
from services.console.asked import DESKS, Asked
from services.console.desk import Desk, Field, Part, Seat, StepOffered
from services.console.lines import Line, lines_of
from services.console.refused import Refused
from services.people.accounts.showing import names_of
from services.reports.for_console import pictures_of, takes_pictures


@dataclass(frozen=True)
class OpenStep:
    """A step that the visitor's roles may take; `closed`: somebody else must take it."""

    event: str
    step: StepOffered
    closed: bool


@dataclass(frozen=True)
class Sight:
    """All that the page of a case shows, read in one session."""

    case: CaseShown
    desk: Desk
    seat: Seat
    fields: list[Field]
    parts: list[Part]
    steps: list[OpenStep]
    lines: list[Line]
    pictures: list[str]
    takes_pictures: bool  # of this visitor

    def step(self, event: str) -> StepOffered | None:
        """The step of the case's present state, None when it has no such one."""
        return self.desk.steps.get((self.case.state, event))

    def operation(self, event: str) -> str:
        return f"{self.desk.lane}.{self.case.state}.{event}"


async def sight_of(asked: Asked, number: str) -> Sight:
    """Raises Refused: a case one may not see is not there, exactly like one that never was."""
    desks = asked.request.app[DESKS]
    seats = {
        lane: await desk.seat(asked.database, asked.vault, asked.clock)
        for lane, desk in desks.items()
        if asked.officer.may(f"{lane}.see")
    }

    def view(session: Session) -> Sight | None:
        case = look_at(session, asked.vault, number)
        if case is None or case.lane not in seats:
            return None
        desk, seat = desks[case.lane], seats[case.lane]
        return Sight(
            case,
            desk,
            seat,
            seat.fields(session, case),
            seat.parts(session, case),
            _steps(session, asked, desk, seat, case),
            lines_of(case, names_of(session, _officers(case.history))),
            pictures_of(session, case.id),
            asked.officer.may(f"{case.lane}.picture") and takes_pictures(session, case.id),
        )

    sight = await asked.look(view)
    if sight is None:
        raise Refused("not_found")
    return sight


def _steps(session: Session, asked: Asked, desk: Desk, seat: Seat, case: CaseShown) -> list[OpenStep]:
    officer, steps = asked.officer, []
    for event in seat.open_steps(session, case):
        operation = f"{desk.lane}.{case.state}.{event}"
        if officer.may(operation):
            mine = officer.organisations(operation)
            free = seat.free_for(session, case, event, officer.person, mine)
            steps.append(OpenStep(event, desk.steps[case.state, event], closed=not free))
    return steps


def _officers(history: Collection[Event]) -> set[str]:
    return {event.actor for event in history if event.actor_kind == "officer" and event.actor}
