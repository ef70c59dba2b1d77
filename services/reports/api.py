"""The reports' internal routes: file a report or an appeal, keep a picture, the evidence to paste at 165."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.events import Actor
from lianfang.idempotency import KeyReused, once_together
from lianfang.web import CLOCK, DATABASE, VAULT, Problem, person_of, read_json, trace_of
from services.cases.case import Case
from services.cases.finding import find_own, leader
from services.cases.walking import lock_case
from services.partners.joining import status_of
from services.reports.appeals import Objected, file_appeal
from services.reports.attachments import AttachmentStore, NotTaken
from services.reports.desk import Desk, desk_of
from services.reports.effects import HOTLINE
from services.reports.filing import TooManyReports, add_contact, file_report
from services.reports.lanes import APPEAL
from services.reports.models import Report
from services.reports.packages import text_of
from services.reports.pictures import MOST_BYTES
from services.reports.subjects import Unreadable
from services.reports.told import Contact, Told

routes = web.RouteTableDef()
ATTACHMENTS: web.AppKey[AttachmentStore] = web.AppKey("attachments")

WAY = {"phone": "165", "url": "https://165.npa.gov.tw"}
Short = Annotated[str, Field(min_length=1, max_length=200)]


class ContactRequest(BaseModel):
    name: Annotated[str | None, Field(max_length=100)] = None
    phone: Annotated[str | None, Field(max_length=40)] = None
    mail: Annotated[str | None, Field(max_length=200)] = None


class ReportRequest(BaseModel):
    """`POST /v1/reports`; null and absent are the same."""

    lane: Literal["site", "message"]
    kind: Literal["site", "sms", "phone", "line_id", "chat", "ad", "account"]
    subject: Annotated[str, Field(min_length=1, max_length=5000)]
    channel: Annotated[str | None, Field(max_length=16)] = None
    brand: Short | None = None
    found: Annotated[str | None, Field(pattern=r"^[a-z_]{1,16}$")] = None
    money_lost: Annotated[int | None, Field(ge=0, le=10**9)] = None
    check: Annotated[str | None, Field(max_length=40)] = None
    contact: ContactRequest | None = None
    text: Annotated[str | None, Field(max_length=5000)] = None
    sender: Short | None = None
    seen_at: AwareDatetime | None = None
    from_picture: bool = False
    consent: bool = True


class AppealRequest(BaseModel):
    """`POST /v1/appeals`."""

    about: Literal["verdict", "listing", "block"]
    subject: Annotated[str, Field(min_length=1, max_length=2000)]
    kind: Literal["site", "phone", "line_id", "account"] | None = None  # null: as it reads
    why: Annotated[str, Field(min_length=1, max_length=2000)]
    channel: Annotated[str | None, Field(max_length=16)] = None
    check: Annotated[str | None, Field(max_length=40)] = None


@routes.post("/v1/reports")
async def report(request: web.Request) -> web.Response:
    asked = await read_json(request, ReportRequest)
    if (asked.kind == "site") != (asked.lane == "site"):
        raise Problem(422, "invalid_request", "The lane does not take this kind")
    person, desk = _require_person(request), await _desk(request)
    told = Told(
        **{
            **asked.model_dump(exclude={"lane"}),
            "contact": Contact(**asked.contact.model_dump()) if asked.contact else None,
        }
    )

    def change(session: Session) -> dict[str, Any]:
        filed = _filed(lambda: file_report(session, desk, person, told))
        return {
            "number": filed.case.number,
            "lane": filed.case.lane,
            "state": filed.state,
            "others": filed.others,
            "again": filed.again,
            "status": status_of(session, HOTLINE),
            "way": WAY,
            "evidence_text": text_of(session, desk, filed.report),
        }

    return await _once(request, "report", person, change)


@routes.get("/v1/hotline")
async def hotline(request: web.Request) -> web.Response:
    """What 165 is to us, before anybody agrees that it gets a report."""
    status = await request.app[DATABASE].look(lambda session: status_of(session, HOTLINE))
    return web.json_response({"status": status})


@routes.post("/v1/reports/{number}/contact")
async def contact(request: web.Request) -> web.Response:
    asked = await read_json(request, ContactRequest)
    person, desk, number = _require_person(request), await _desk(request), request.match_info["number"]

    def change(session: Session) -> dict[str, Any]:
        case = lock_case(session, _own_report(session, person, number).case)
        if leader(session, case).state in ("withdrawn", "rejected"):
            raise Problem(409, "act_not_open", "This case does not allow that now", state=case.state)
        add_contact(session, desk, case, Contact(**asked.model_dump()), Actor("person", person))
        return {"number": case.number}

    return await _once(request, f"contact:{number}"[:64], person, change)


@routes.get("/v1/reports/{number}/evidence_text")
async def to_paste(request: web.Request) -> web.Response:
    person, desk, number = _require_person(request), await _desk(request), request.match_info["number"]

    def view(session: Session) -> str:
        return text_of(session, desk, _own_report(session, person, number))

    return web.json_response({"evidence_text": await request.app[DATABASE].look(view)})


@routes.post("/v1/appeals")
async def appeal(request: web.Request) -> web.Response:
    asked = await read_json(request, AppealRequest)
    person, desk = _require_person(request), await _desk(request)

    def change(session: Session) -> dict[str, Any]:
        filed = _filed(lambda: file_appeal(session, desk, person, Objected(**asked.model_dump())))
        return {
            "number": filed.case.number,
            "state": filed.case.state,
            "due_at": rfc3339(filed.case.due_at) if filed.case.due_at else None,
            "found": filed.found,
            "way": WAY,
        }

    return await _once(request, "appeal", person, change)


@routes.post("/v1/attachments")
async def attachment(request: web.Request) -> web.Response:
    """The body is the picture; `?case=` a case of this person, without it the picture stands alone."""
    person, number = _require_person(request), request.query.get("case")

    def case_of(session: Session) -> str | None:
        return _own(session, person, number).id if number else None

    try:
        stored = await request.app[ATTACHMENTS].keep(
            await _body(request), actor=Actor("person", person), case_of=case_of, trace=trace_of(request)
        )
    except NotTaken as refused:
        status = {"attachment_too_large": 413, "not_a_picture": 415}.get(refused.code, 409)
        raise Problem(status, refused.code, "This attachment is not taken") from refused
    return web.json_response(asdict(stored), status=201)


async def _body(request: web.Request) -> bytes:
    """Of more than a picture may have, only so much that it is known to be too much."""
    raw = bytearray()
    async for chunk in request.content.iter_chunked(1 << 16):
        raw += chunk
        if len(raw) > MOST_BYTES:
            break
    return bytes(raw)


async def _desk(request: web.Request) -> Desk:
    app = request.app
    return await desk_of(app[DATABASE], app[VAULT], app[CLOCK], trace_of(request))


def _filed(file: Callable[[], Any]) -> Any:
    try:
        return file()
    except Unreadable as error:
        raise Problem(422, "subject_unreadable", "There is nothing of this kind in the subject") from error
    except TooManyReports as error:
        raise Problem(429, "too_many_reports", "This person has filed enough for a day") from error


def _own(session: Session, person: str, number: str) -> Case:
    case = find_own(session, person, number)
    if case is None:
        raise Problem(404, "case_not_found", "No such case of this person")
    return case


def _own_report(session: Session, person: str, number: str) -> Report:
    """Not what the person only follows, nor a case of another lane."""
    row = session.get(Report, _own(session, person, number).id)
    if row is None or row.person != person or row.lane == APPEAL.name:
        raise Problem(404, "case_not_found", "No such case of this person")
    return row


async def _once(
    request: web.Request, operation: str, person: str, change: Callable[[Session], dict[str, Any]]
) -> web.Response:
    app, key = request.app, request.headers.get("Idempotency-Key")
    if key is None:
        return web.json_response(await app[DATABASE].together(change))
    try:
        answer = await once_together(
            app[DATABASE], app[VAULT], app[CLOCK], key=key, operation=operation, person=person, change=change
        )
    except KeyReused as error:
        raise Problem(409, "idempotency_key_reused", "This key belongs to another request") from error
    return web.json_response(answer)


def _require_person(request: web.Request) -> str:
    person = person_of(request)
    if person is None:
        raise Problem(400, "person_required", "X-Person is missing")
    return person
