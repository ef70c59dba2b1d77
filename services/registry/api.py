"""The registry's internal routes: check, check again, organisations, forget."""

from collections.abc import Collection

from aiohttp import web

from lianfang.web import CLOCK, DATABASE, VAULT, Problem, person_of, read_json, trace_of
from services.registry.checking import (
    Asker,
    CheckNotFound,
    CheckTextGone,
    check_again,
    forget_event,
    run_check,
)
from services.registry.names import compact
from services.registry.requests import AgainRequest, CheckRequest, ForgetRequest
from services.registry.responses import describe
from services.registry.snapshots import snapshots_of

routes = web.RouteTableDef()
LATE: web.AppKey[Collection[str]] = web.AppKey("late")  # what is looked up after the answer
MOST_ORGANISATIONS = 20


@routes.post("/v1/checks")
async def check(request: web.Request) -> web.Response:
    asked = await read_json(request, CheckRequest)
    app = request.app
    answer = await run_check(app[DATABASE], app[VAULT], app[CLOCK], asked, _asker(request), late=app[LATE])
    return web.json_response(answer)


@routes.post("/v1/checks/forget")
async def forget(request: web.Request) -> web.Response:
    asked = await read_json(request, ForgetRequest)
    return web.json_response({"forgotten": await forget_event(request.app[DATABASE], asked.event)})


@routes.post("/v1/checks/{id}/again")
async def again(request: web.Request) -> web.Response:
    told = await read_json(request, AgainRequest)
    app = request.app
    try:
        answer = await check_again(
            app[DATABASE],
            app[VAULT],
            app[CLOCK],
            request.match_info["id"],
            told=told,
            asker=_asker(request),
            late=app[LATE],
        )
    except CheckNotFound:
        raise Problem(404, "check_not_found", "No such check") from None
    except CheckTextGone:
        raise Problem(410, "check_text_gone", "The text of this check was deleted after a day") from None
    return web.json_response(answer)


@routes.get("/v1/organisations")
async def organisations(request: web.Request) -> web.Response:
    wanted = compact(request.query.get("q", "")[:100]).strip()
    directory, _ = await snapshots_of(request.app[DATABASE]).current(request.app[CLOCK]())
    found = [
        facts
        for facts in directory.organisations.values()
        if wanted and any(wanted in compact(name.text) for name in facts.written)
    ]
    found.sort(key=lambda facts: (compact(facts.name_zh) != wanted, len(facts.name_zh), facts.id))
    return web.json_response({"organisations": [describe(facts) for facts in found[:MOST_ORGANISATIONS]]})


def _asker(request: web.Request) -> Asker:
    return Asker(person_of(request), trace_of(request))
