"""The people service's internal routes: recognise, language, reach, join, erase."""

from datetime import datetime
from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel, Field
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.idempotency import KeyReused, once
from lianfang.web import CLOCK, DATABASE, VAULT, Problem, person_of, read_json, trace_of
from services.people import memory
from services.people.accounts.joining import take_role
from services.people.names import name_of_organisation
from services.people.roles import CHAT_ROLES

routes = web.RouteTableDef()


class RecogniseRequest(BaseModel):
    channel: str = Field(max_length=16)
    address: str = Field(min_length=1, max_length=200)
    event: str = Field(max_length=64)
    language_heard: Literal["zh-TW", "en"] | None = None
    app_language: Literal["zh-TW", "en"] | None = None


class LanguageRequest(BaseModel):
    language: Literal["zh-TW", "en"]


class ReachRequest(BaseModel):
    person: str = Field(max_length=40)
    channel: str | None = Field(default=None, max_length=16)


class JoinRequest(BaseModel):
    code: str = Field(min_length=1, max_length=200)


@routes.post("/v1/people/recognise")
async def recognise(request: web.Request) -> web.Response:
    asked = await read_json(request, RecogniseRequest)
    try:
        known = await _recognise(request, asked)
    except IntegrityError:
        known = await _recognise(request, asked)  # two first messages at once: the other one made the person
    return web.json_response(
        {"person": known.person, "language": known.language, "show_privacy": known.show_privacy}
    )


async def _recognise(request: web.Request, asked: RecogniseRequest) -> memory.Recognised:
    now, vault, contact = request.app[CLOCK](), request.app[VAULT], memory.Contact(**asked.model_dump())
    known = await request.app[DATABASE].look(lambda session: memory.recall(session, vault, contact, now))
    if known is not None:
        return known
    return await request.app[DATABASE].together(
        lambda session: memory.recognise(session, vault, contact, now)
    )


@routes.post("/v1/people/me/language")
async def choose_language(request: web.Request) -> web.Response:
    asked = await read_json(request, LanguageRequest)
    person = _require_person(request)
    async with request.app[DATABASE].write() as session:
        known = await memory.choose_language(
            session, person, asked.language, now=request.app[CLOCK](), trace=trace_of(request)
        )
    if not known:
        raise Problem(404, "person_not_found", "No such person")
    return web.json_response({"language": asked.language})


@routes.post("/v1/people/me/join")
async def join(request: web.Request) -> web.Response:
    asked, person, app = await read_json(request, JoinRequest), _require_person(request), request.app

    def change(session: Session) -> dict[str, Any]:
        taken = take_role(session, app[VAULT], person, asked.code, app[CLOCK](), roles=CHAT_ROLES)
        if isinstance(taken, datetime):
            return {"too_many_until": rfc3339(taken)}
        return {"role": taken[0], "organisation": taken[1]} if taken else {}

    try:
        answer = await once(
            app[DATABASE],
            app[VAULT],
            app[CLOCK],
            key=request.headers.get("Idempotency-Key"),
            operation="join",
            person=person,
            change=lambda session: session.run_sync(change),
        )
    except KeyReused as error:
        raise Problem(409, "idempotency_key_reused", "This key belongs to another request") from error
    if "too_many_until" in answer:
        raise Problem(429, "too_many_tries", "Tried too often", until=answer["too_many_until"])
    if not answer:
        raise Problem(404, "invitation_not_found", "No open invitation of this code")
    name_zh, name_en = await name_of_organisation(app[DATABASE], answer["organisation"], app[CLOCK]())
    return web.json_response({**answer, "name_zh": name_zh, "name_en": name_en})


@routes.post("/v1/people/me/erase")
async def erase(request: web.Request) -> web.Response:
    person = _require_person(request)
    app = request.app
    try:
        answer = await once(
            app[DATABASE],
            app[VAULT],
            app[CLOCK],
            key=request.headers.get("Idempotency-Key"),
            operation="erase",
            person=None,  # the answer must survive the erasure; it holds numbers only
            change=lambda session: _erase(session, person, request),
        )
    except KeyReused as error:
        raise Problem(409, "idempotency_key_reused", "This key belongs to another request") from error
    return web.json_response(answer)


async def _erase(session: AsyncSession, person: str, request: web.Request) -> dict[str, object]:
    touched = await memory.erase(session, person, event=trace_of(request), now=request.app[CLOCK]())
    return {"erased": touched}


@routes.post("/v1/people/reach")
async def reach(request: web.Request) -> web.Response:
    asked = await read_json(request, ReachRequest)
    async with request.app[DATABASE].read() as session:
        found = await memory.reach(session, request.app[VAULT], asked.person, asked.channel)
        language = await memory.language_of(session, asked.person)
    if found is None:
        raise Problem(404, "person_not_found", "No such person")
    return web.json_response({"channel": found[0], "address": found[1], "language": language})


def _require_person(request: web.Request) -> str:
    person = person_of(request)
    if person is None:
        raise Problem(400, "person_required", "X-Person is missing")
    return person
