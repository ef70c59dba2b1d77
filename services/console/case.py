"""The page of one case: what was told, the evidence, the history, and the steps that are open to this officer."""

import hashlib
import json
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from lianfang.events import append
from services.cases.evidence import TooMuchEvidence
from services.cases.lane import NotAllowed
from services.cases.officers import Moved
from services.console.asked import Asked
from services.console.desk import Effect, Given, StepOffered, StepRefused
from services.console.drawing import draw
from services.console.refused import Refused
from services.console.routing import Pages, need, see_other
from services.console.sight import Sight, sight_of

pages = Pages()
LONGEST = 2000


@pages.get("/cases/{number}", "home")
async def case_page(asked: Asked) -> web.StreamResponse:
    return show_case(asked, await sight_of(asked, asked.part("number")))


@pages.post("/cases/{number}/contact", "home")
async def show_contact(asked: Asked) -> web.StreamResponse:
    """How the owner is reached is shown on asking, and that it was shown is written down."""
    sight = await sight_of(asked, asked.part("number"))
    need(asked, f"{sight.desk.lane}.contact")
    case, actor, now = sight.case, asked.officer.actor, asked.now

    def write_down(session: Session) -> None:
        append(
            session,
            at=now,
            actor=actor,
            entity="case_contact",
            entity_id=case.id,
            to_state="shown",
            params={"number": case.number},
        )

    await asked.change(write_down)
    return show_case(asked, sight, contact=True)


@pages.post("/cases/{number}/steps/{event}", "home")
async def take_step(asked: Asked) -> web.StreamResponse:
    """What weighs is shown first, with its effect; the second time it is done."""
    sight, event = await sight_of(asked, asked.part("number")), asked.part("event")
    step = _open_step(asked, sight, event)
    given = _given(asked, sight, event, step)
    faults = _missing(sight, step, given)
    if faults:
        return show_case(asked, sight, event=event, faults=faults)
    if step.weighs and (asked.form.get("do"), asked.form.get("seen_with")) != ("take", _digest(given)):
        effect = await asked.look(lambda session: sight.seat.effect(session, sight.case, event, given))
        return show_case(asked, sight, event=event, effect=effect, seen_with=_digest(given))
    return await _take(asked, sight, event, step, given)


def _open_step(asked: Asked, sight: Sight, event: str) -> StepOffered:
    """The step, when it is open to this visitor, who saw the case as it is. Raises Refused."""
    step = sight.step(event)
    if step is None:
        raise Refused("not_now")
    need(asked, sight.operation(event))
    if asked.form.get("seen") != str(sight.case.seen):
        raise Refused("changed_meanwhile")
    offered = {one.event: one for one in sight.steps}
    if event not in offered:
        raise Refused("not_now")
    if offered[event].closed:
        raise Refused(step.closed, operation=sight.operation(event))
    return step


def _given(asked: Asked, sight: Sight, event: str, step: StepOffered) -> Given:
    values = {
        name: text
        for name in (*step.needs, *step.may)
        if (text := asked.form.get(name, "").strip()[:LONGEST])
    }
    officer = asked.officer
    return Given(
        person=officer.person,
        organisations=officer.organisations(sight.operation(event)),
        values=values,
        note=asked.form.get("note", "").strip()[:LONGEST],
        now=asked.now,
    )


def _digest(given: Given) -> str:
    """Of what was filled in: the effect that was shown is the effect of exactly this."""
    return hashlib.sha256(json.dumps(sorted(given.values.items())).encode()).hexdigest()[:16]


def _missing(sight: Sight, step: StepOffered, given: Given) -> list[str]:
    def is_met(name: str) -> bool:
        value = given.values.get(name)
        return bool(value) and (name not in sight.desk.choices or value in sight.desk.choices[name])

    return [f"{name}_needed" for name in step.needs if not is_met(name)]


async def _take(
    asked: Asked, sight: Sight, event: str, step: StepOffered, given: Given
) -> web.StreamResponse:
    case, seat = sight.case, sight.seat

    def change(session: Session) -> None:
        free = seat.free_for(session, case, event, given.person, given.organisations)
        if not free:
            raise Refused(step.closed, operation=sight.operation(event))
        in_office = Given(given.person, free, given.values, given.note, given.now)
        seat.take(session, case, event, in_office)

    try:
        await asked.change(change)
    except Moved:
        raise Refused("changed_meanwhile") from None
    except NotAllowed:
        raise Refused("not_now") from None
    except TooMuchEvidence:
        return show_case(asked, sight, event=event, faults=["too_much_evidence"])
    except StepRefused as refused:
        return show_case(asked, sight, event=event, faults=list(refused.codes))
    return see_other(f"/cases/{case.number}?done={event}")


def show_case(
    asked: Asked,
    sight: Sight,
    *,
    contact: bool = False,
    event: str | None = None,
    faults: list[str] | None = None,
    effect: Effect | None = None,
    seen_with: str = "",
) -> web.Response:
    """The page of the case; `faults` are codes of what is missing in the form that was sent."""
    values: dict[str, Any] = {
        "contact": contact,
        "chosen": event,
        "faults": faults or [],
        "effect": effect,
        "seen_with": seen_with,
        "form": asked.form,
        "done": asked.query("done"),
    }
    return draw(asked, "case.html", status=422 if faults else 200, **vars(sight), **values)
