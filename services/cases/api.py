"""The cases' internal routes: a person's own cases, one by its number, and what the owner may do with it."""

from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.events import Actor
from lianfang.idempotency import KeyReused, once
from lianfang.privacy import Vault
from lianfang.text.redact import redact
from lianfang.web import CLOCK, DATABASE, VAULT, Problem, person_of, read_json, trace_of
from services.cases.acts import take_act
from services.cases.deadlines import Lanes
from services.cases.evidence import Kind, TooMuchEvidence, add_evidence
from services.cases.finding import find_own, leader, own_cases
from services.cases.lane import NotAllowed
from services.cases.models import Case
from services.cases.walking import lock_case

routes = web.RouteTableDef()
LANES: web.AppKey[Lanes] = web.AppKey("lanes")


class ActRequest(BaseModel):
    act: Literal["withdraw", "wrong", "object"]


class EvidenceRequest(BaseModel):
    kind: Kind = "text"
    body: Annotated[str, Field(min_length=1, max_length=2000)]


@routes.get("/v1/cases")
async def mine(request: web.Request) -> web.Response:
    person, vault, lanes = _require_person(request), request.app[VAULT], request.app[LANES]

    def view(session: Session) -> list[dict[str, Any]]:
        return [_shown(session, vault, lanes, case, person) for case in own_cases(session, person)]

    return web.json_response({"cases": await request.app[DATABASE].look(view)})


@routes.get("/v1/cases/{number}")
async def one(request: web.Request) -> web.Response:
    person, vault, lanes = _require_person(request), request.app[VAULT], request.app[LANES]
    number = request.match_info["number"]

    def view(session: Session) -> dict[str, Any]:
        return _shown(session, vault, lanes, _own(session, person, number), person)

    return web.json_response(await request.app[DATABASE].look(view))


@routes.post("/v1/cases/{number}/acts")
async def act(request: web.Request) -> web.Response:
    asked = await read_json(request, ActRequest)
    person, vault, lanes = _require_person(request), request.app[VAULT], request.app[LANES]
    now, trace, number = request.app[CLOCK](), trace_of(request), request.match_info["number"]

    def change(session: Session) -> dict[str, Any]:
        case = _own(session, person, number)
        try:
            take_act(session, vault, lanes[case.lane], case, asked.act, person=person, now=now, trace=trace)
        except NotAllowed as error:
            raise Problem(
                409, "act_not_open", "This case does not allow that now", state=case.state
            ) from error
        return _shown(session, vault, lanes, case, person)

    return await _once(request, f"act:{number}:{asked.act}", person, change)


@routes.post("/v1/cases/{number}/evidence")
async def evidence(request: web.Request) -> web.Response:
    asked = await read_json(request, EvidenceRequest)
    person, vault, lanes = _require_person(request), request.app[VAULT], request.app[LANES]
    now, trace, number = request.app[CLOCK](), trace_of(request), request.match_info["number"]

    def change(session: Session) -> dict[str, Any]:
        case = lock_case(session, _own(session, person, number).id)
        try:
            add_evidence(
                session, vault, case,
                kind=asked.kind, body=redact(asked.body), actor=Actor("person", person), now=now, trace=trace,
            )  # fmt: skip
        except TooMuchEvidence as error:
            raise Problem(
                409, "too_much_evidence", "The case holds as much of this person as it may"
            ) from error
        return _shown(session, vault, lanes, case, person)

    return await _once(request, f"evidence:{number}", person, change)


async def _once(request: web.Request, operation: str, person: str, change: Any) -> web.Response:
    async def run(session: AsyncSession) -> dict[str, Any]:
        answer: dict[str, Any] = await session.run_sync(change)
        return answer

    app = request.app
    try:
        answer = await once(
            app[DATABASE],
            app[VAULT],
            app[CLOCK],
            key=request.headers.get("Idempotency-Key"),
            operation=operation,
            person=person,
            change=run,
        )
    except KeyReused as error:
        raise Problem(409, "idempotency_key_reused", "This key belongs to another request") from error
    return web.json_response(answer)


def _own(session: Session, person: str, number: str) -> Case:
    case = find_own(session, person, number)
    if case is None:
        raise Problem(404, "case_not_found", "No such case of this person")
    return case


def _shown(session: Session, vault: Vault, lanes: Lanes, case: Case, person: str) -> dict[str, Any]:
    """Who only follows may do nothing with the case, and does not learn when it ends."""
    lane, course, is_owner = lanes[case.lane], leader(session, case), case.person == person
    return {
        "number": case.number,
        "lane": case.lane,
        "state": course.state,
        "opened_at": rfc3339(case.opened_at),
        "changed_at": rfc3339(course.changed_at),
        "due_at": rfc3339(course.due_at) if course.due_at and is_owner else None,
        "ended": course.state in lane.ends,
        "joined": case.joined_to is not None,
        "may": lane.open_to_owner(case.state) if is_owner and case.joined_to is None else [],
        "shown": lane.told(session, vault, case, person),
    }


def _require_person(request: web.Request) -> str:
    person = person_of(request)
    if person is None:
        raise Problem(400, "person_required", "X-Person is missing")
    return person
