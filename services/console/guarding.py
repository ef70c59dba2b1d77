"""What stands around every page: who is there, whether a form is ours, errors as pages, headers, refusals on record."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import structlog
from aiohttp import web
from sqlalchemy.orm import Session

from lianfang.events import SYSTEM
from lianfang.web import MAX_BODY_BYTES, where
from services.console import cookies
from services.console.asked import ASKED, SECURE, Asked
from services.console.drawing import draw
from services.console.refused import BY_STATUS, Refused
from services.console.routing import MOST_BYTES, see_other
from services.console.visitor import Visitor
from services.console.words import language_for
from services.people.accounts.logging_in import MOST_FROM_ADDRESS
from services.people.accounts.refusals import refuse
from services.people.accounts.sessions import NOTED_EVERY, find_session, note_seen
from services.people.accounts.tries import Limit, count_try

log = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every answer of the console passes here, its errors too."""
    asked = request[ASKED] = await _asked(request)
    try:
        if request.method == "POST":
            await _read_form(asked)
        response = await handler(request)
    except Refused as refused:
        response = await _refusal(asked, refused)
    except web.HTTPException as error:
        response = await _refusal(asked, Refused(BY_STATUS.get(error.status, "bad_form")))
    except Exception as error:  # noqa: BLE001 -- the last line: the officer gets an honest page
        resource = request.match_info.route.resource
        path = resource.canonical if resource else None
        log.error("page failed", path=path, error=type(error).__name__, where=where(error))
        response = draw(asked, "refused.html", status=500, refused=Refused("broken"))
    return _finished(asked, response)


async def _asked(request: web.Request) -> Asked:
    token, visit = cookies.token_in(request, cookies.SESSION), cookies.token_in(request, cookies.VISIT)
    language = language_for(request.cookies.get(cookies.LANGUAGE), request.headers.get("Accept-Language", ""))
    asked = Asked(request, None, language, seed=visit or cookies.new_visit())
    if token:
        now = asked.now
        who = await asked.look(lambda session: find_session(session, token, now))
        if who is not None:
            asked.visitor, asked.seed = Visitor(who), token
            if now - who.last_seen >= NOTED_EVERY:
                await asked.change(lambda session: note_seen(session, who.session, now))
    return asked


async def _read_form(asked: Asked) -> None:
    """Raises Refused for a form that was not drawn for this browser, before anything looks at it."""
    given = await asked.request.clone(client_max_size=_most_bytes(asked)).post()
    for name, value in given.items():
        if isinstance(value, str):
            asked.form.setdefault(name, value)
            asked.several.setdefault(name, []).append(value)
        elif isinstance(value, web.FileField):
            with value.file as file:
                asked.files.setdefault(name, await asyncio.to_thread(file.read))
    is_ours = cookies.is_csrf(asked.seed, asked.form.get("csrf", ""))
    if not is_ours and asked.visitor is None and cookies.token_in(asked.request, cookies.SESSION):
        raise Refused("not_logged_in")  # the session ended while the page was open
    if not is_ours:
        raise Refused("forged")


def _most_bytes(asked: Asked) -> int:
    """What is large is taken only from those who are logged in."""
    handler = asked.request.match_info.handler
    return getattr(handler, MOST_BYTES, MAX_BODY_BYTES) if asked.visitor else MAX_BODY_BYTES


async def _refusal(asked: Asked, refused: Refused) -> web.StreamResponse:
    if refused.code == "not_logged_in" and asked.request.method == "GET":
        return see_other(f"/log-in?to={quote(asked.request.rel_url.raw_path_qs, safe='')}")
    await asked.change(lambda session: _write_down(session, asked, refused))
    return draw(asked, "refused.html", status=refused.status, refused=refused)


def _write_down(session: Session, asked: Asked, refused: Refused) -> None:
    resource = asked.request.match_info.route.resource
    params = {"status": refused.status, "path": resource.canonical if resource else None}
    if "operation" in refused.params:
        params["operation"] = refused.params["operation"]
    if asked.visitor is None:  # strangers cannot fill the history
        key = asked.vault.index("refused address", asked.address)
        if count_try(session, [Limit(key, MOST_FROM_ADDRESS)], asked.now) is not None:
            return
    actor = asked.visitor.actor if asked.visitor else SYSTEM
    refuse(session, refused.code, asked.now, actor=actor, params=params)


def _finished(asked: Asked, response: web.StreamResponse) -> web.StreamResponse:
    secure = asked.request.app[SECURE]
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if secure:
        response.headers["Strict-Transport-Security"] = HSTS
    if asked.visitor is None and not cookies.token_in(asked.request, cookies.VISIT):
        cookies.give(response, cookies.VISIT, asked.seed, secure=secure)
    return response
