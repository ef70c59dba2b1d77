"""The locks' internal routes: ask for locks, confirm, release, object, own locks, issuers, figures."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from lianfang.clock import UTC
from lianfang.idempotency import KeyReused, once_together
from lianfang.web import CLOCK, DATABASE, VAULT, Problem, person_of, read_json, trace_of
from services.locks import acts
from services.locks.asking import WantedCard
from services.locks.bodies import NothingBody, ObjectionBody, ReceiptBody, RequestBody
from services.locks.confirming import confirm as confirm_lock
from services.locks.directory import UnknownIssuer
from services.locks.figures import figures
from services.locks.own_locks import NoSuchLock, own_locks
from services.locks.requests import request_locks
from services.locks.showing import Json, shown_issuers, shown_locks

routes = web.RouteTableDef()
PUBLIC_URL: web.AppKey[str] = web.AppKey("public_url")


@routes.post("/v1/locks/requests")
async def request(request: web.Request) -> web.Response:
    asked = await read_json(request, RequestBody)
    person, now = _require_person(request), request.app[CLOCK]()
    cards = [WantedCard(card.issuer, card.serial, card.last4) for card in asked.cards]
    wanted = asked.request(
        person, cards, asked.first_message_at, asked.channel, given_to_scammer=asked.given_to_scammer
    )

    def change(session: Session) -> Json:
        made = request_locks(session, request.app[VAULT], wanted, now=now, trace=trace_of(request))
        again = {one.case for one in made if one.again}
        return {"cases": _shown(request, session, [one.case for one in made], again)}

    return await _once(request, person, "lock", change)


@routes.post("/v1/locks/objections")
async def object_to_card(request: web.Request) -> web.Response:
    asked = await read_json(request, ObjectionBody)
    person, now = _require_person(request), request.app[CLOCK]()
    holder = asked.request(person, [WantedCard(asked.issuer, asked.serial, asked.last4)], now)

    def change(session: Session) -> Json:
        case = acts.object_to_card(session, request.app[VAULT], holder, now=now, trace=trace_of(request))
        return {"case": _one(request, session, case, "objected", owner=False) if case else None}

    return await _once(request, person, "object", change)


@routes.post("/v1/locks/{number}/confirm")
async def confirm(request: web.Request) -> web.Response:
    receipt = (await read_json(request, ReceiptBody)).receipt()
    person, number, now = _require_person(request), request.match_info["number"], request.app[CLOCK]()

    def change(session: Session) -> Json:
        case, outcome = confirm_lock(
            session, request.app[VAULT], person, number, receipt, now=now, trace=trace_of(request)
        )
        return _one(request, session, case, outcome)

    return await _once(request, person, f"confirm:{number}", change)


@routes.post("/v1/locks/{number}/release")
async def release(request: web.Request) -> web.Response:
    return await _act(request, "release", acts.release)


@routes.post("/v1/locks/{number}/object")
async def object_before_own(request: web.Request) -> web.Response:
    return await _act(request, "object", acts.object_before_own)


@routes.get("/v1/locks/mine")
async def mine(request: web.Request) -> web.Response:
    person = _require_person(request)

    def view(session: Session) -> list[Json]:
        return _shown(request, session, own_locks(session, person))

    return web.json_response({"cases": await request.app[DATABASE].look(view)})


@routes.get("/v1/issuers")
async def issuers(request: web.Request) -> web.Response:
    return web.json_response({"issuers": await request.app[DATABASE].look(shown_issuers)})


@routes.get("/v1/stats/locks")
async def stats(request: web.Request) -> web.Response:
    since, until = _moment(request, "from"), _moment(request, "to")
    return web.json_response(await request.app[DATABASE].look(lambda session: figures(session, since, until)))


async def _act(request: web.Request, name: str, act: Callable[..., tuple[str, str]]) -> web.Response:
    await read_json(request, NothingBody)
    person, number, now = _require_person(request), request.match_info["number"], request.app[CLOCK]()

    def change(session: Session) -> Json:
        case, outcome = act(session, request.app[VAULT], person, number, now=now, trace=trace_of(request))
        return _one(request, session, case, outcome, owner=outcome != "objected")

    return await _once(request, person, f"{name}:{number}", change)


async def _once(
    request: web.Request, person: str, operation: str, change: Callable[[Session], Json]
) -> web.Response:
    app, key = request.app, request.headers.get("Idempotency-Key")
    try:
        if key is None:
            answer = await app[DATABASE].together(change)
        else:
            answer = await once_together(
                app[DATABASE], app[VAULT], app[CLOCK],
                key=key, operation=operation[:64], person=person, change=change,
            )  # fmt: skip
    except KeyReused as error:
        raise Problem(409, "idempotency_key_reused", "This key belongs to another request") from error
    except NoSuchLock:
        raise Problem(404, "case_not_found", "No such lock of this person") from None
    except UnknownIssuer:
        raise Problem(422, "unknown_issuer", "No issuer has this id or name") from None
    return web.json_response(answer)


def _shown(
    request: web.Request, session: Session, cases: list[str], again: frozenset[str] | set[str] = frozenset()
) -> list[Json]:
    session.flush()
    return shown_locks(session, request.app[VAULT], request.app[PUBLIC_URL], cases, again)


def _one(request: web.Request, session: Session, case: str, outcome: str, *, owner: bool = True) -> Json:
    """One case with what became of the act; whoever objects sees no proof of somebody else's lock, nor its times."""
    shown = _shown(request, session, [case])[0]
    hidden = () if owner else ("proof", "proof_url", "proof_image", "locked_at", "expires_at", "confirmed_by")
    return {**shown, **dict.fromkeys(hidden), "outcome": outcome}


def _require_person(request: web.Request) -> str:
    person = person_of(request)
    if person is None:
        raise Problem(400, "person_required", "X-Person is missing")
    return person


def _moment(request: web.Request, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(request.query.get(name, ""))
    except ValueError:
        raise Problem(422, "invalid_request", f"`{name}` is no time", faults=[{"field": name}]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
