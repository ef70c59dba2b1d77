"""The officers' routes: campaigns, and verdicts on their cases. Whoever is no officer finds nothing here."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.clock import UTC
from lianfang.idempotency import KeyReused, once
from lianfang.web import CLOCK, DATABASE, VAULT, Problem, person_of, read_json, trace_of
from services.registry.campaigns import deciding
from services.registry.campaigns.models import CampaignVerdict
from services.registry.campaigns.officers import Act, NotFound, officer
from services.registry.campaigns.showing import campaign_in_full, described_verdict, page_of_campaigns
from services.registry.snapshots import snapshots_of

routes = web.RouteTableDef()
Change = Callable[[AsyncSession, Act], Awaitable[dict[str, Any]]]

REFUSALS = {
    "second_person_required": (403, "Another person of another organisation has to confirm"),
    "verdict_exists": (409, "This case has a verdict already; confirm it, or undo it first"),
    "already_confirmed": (409, "This verdict is confirmed already"),
    "already_undone": (409, "This verdict was undone"),
    "bad_signs_stand": (409, "The rules see bad signs in this message, beside which it cannot be official"),
    "organisations_own": (409, "All that this case leads to belongs to registered organisations"),
}


class ProposeRequest(BaseModel):
    """`check` is the judged one; `reason` is a code, since the history holds no words."""

    check: str = Field(min_length=1, max_length=40)
    verdict: Literal["fraud", "suspicious", "official"]
    reason: str = Field(pattern=r"^[a-z0-9_]{1,64}$")


@routes.get("/v1/campaigns")
async def campaigns(request: web.Request) -> web.Response:
    since = _moment(request.query.get("since"))
    async with _reading(request) as session:
        return web.json_response(
            await page_of_campaigns(session, since=since, cursor=request.query.get("cursor"))
        )


@routes.get("/v1/campaigns/{id}")
async def campaign(request: web.Request) -> web.Response:
    async with _reading(request) as session:
        return web.json_response(await campaign_in_full(session, request.match_info["id"]))


@routes.post("/v1/campaigns/{id}/verdicts")
async def propose(request: web.Request) -> web.Response:
    asked = await read_json(request, ProposeRequest)
    directory, _ = await snapshots_of(request.app[DATABASE]).current(request.app[CLOCK]())
    proposal = deciding.Proposal(asked.check, asked.verdict, asked.reason)

    async def change(session: AsyncSession, act: Act) -> dict[str, Any]:
        made = await deciding.propose(session, act, request.match_info["id"], proposal, directory)
        return described_verdict(made)

    return await _once(request, "propose", change)


@routes.post("/v1/campaigns/{id}/verdicts/{vid}/confirm")
async def confirm(request: web.Request) -> web.Response:
    return await _step(request, "confirm", deciding.confirm)


@routes.post("/v1/campaigns/{id}/verdicts/{vid}/undo")
async def undo(request: web.Request) -> web.Response:
    return await _step(request, "undo", deciding.undo)


async def _step(request: web.Request, name: str, step: Callable[..., Awaitable[int]]) -> web.Response:
    verdict = request.match_info["vid"]

    async def change(session: AsyncSession, act: Act) -> dict[str, Any]:
        told = await step(session, request.app[VAULT], act, request.match_info["id"], verdict)
        one = await session.get_one(CampaignVerdict, verdict)
        return {**described_verdict(one), "told": told}

    return await _once(request, name, change)


async def _once(request: web.Request, operation: str, change: Change) -> web.Response:
    app, person = request.app, person_of(request)

    async def change_as_officer(session: AsyncSession) -> dict[str, Any]:
        return await change(session, await officer(session, person, app[CLOCK](), trace_of(request)))

    try:
        answer = await once(
            app[DATABASE],
            app[VAULT],
            app[CLOCK],
            key=request.headers.get("Idempotency-Key"),
            operation=f"{operation} {request.match_info.get('vid', request.match_info['id'])}"[:64],
            person=person,
            change=change_as_officer,
        )
    except KeyReused as error:
        raise Problem(409, "idempotency_key_reused", "This key belongs to another request") from error
    except NotFound:
        raise _not_found() from None
    except deciding.NotAllowed as refused:
        status, title = REFUSALS[refused.code]
        raise Problem(status, refused.code, title) from None
    return web.json_response(answer)


@asynccontextmanager
async def _reading(request: web.Request) -> AsyncIterator[AsyncSession]:
    try:
        async with request.app[DATABASE].read() as session:
            await officer(session, person_of(request), request.app[CLOCK](), trace_of(request))
            yield session
    except NotFound:
        raise _not_found() from None


def _not_found() -> Problem:
    return Problem(404, "campaign_not_found", "No such campaign")


def _moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise Problem(422, "invalid_request", "`since` is no time", faults=[{"field": "since"}]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
