"""Log-in and log-out, the language of the pages, and their style sheet."""

from aiohttp import web

from lianfang.words import LANGUAGES
from services.console import cookies
from services.console.asked import SECURE, Asked
from services.console.drawing import STATIC, draw
from services.console.refused import Refused
from services.console.routing import OPEN, Pages, see_other
from services.console.showing import local_time
from services.people.accounts.logging_in import Attempt, LogInRefused, log_in
from services.people.accounts.sessions import end_sessions
from services.people.accounts.tries import TooManyTries

pages = Pages()


@pages.get("", OPEN)
async def without_slash(_asked: Asked) -> web.StreamResponse:
    return see_other("/")


@pages.get("/log-in", OPEN)
async def log_in_form(asked: Asked) -> web.StreamResponse:
    if asked.visitor is not None:
        return see_other("/")
    return draw(asked, "log_in.html", to=_inside(asked.query("to")), wrong=False, name="")


@pages.post("/log-in", OPEN)
async def enter(asked: Asked) -> web.StreamResponse:
    form, to = asked.form, _inside(asked.form.get("to", ""))
    name = form.get("name", "")[:200]
    attempt = Attempt(name, form.get("password", ""), form.get("code", ""), asked.address)
    try:
        token = await log_in(asked.database, asked.vault, asked.clock, attempt)
    except LogInRefused:
        return draw(asked, "log_in.html", status=401, to=to, wrong=True, name=name)
    except TooManyTries as refused:
        raise Refused("too_many", until=local_time(refused.until)) from None
    return logged_in(asked, token, to)


@pages.post("/log-out", "me")
async def leave(asked: Asked) -> web.StreamResponse:
    officer, now = asked.officer, asked.now
    await asked.change(
        lambda session: end_sessions(
            session, officer.person, actor=officer.actor, now=now, reason="log_out", only=officer.who.session
        )
    )
    response = see_other("/log-in")
    cookies.take(response, cookies.SESSION, secure=asked.request.app[SECURE])
    return response


@pages.post("/language", OPEN)
async def choose_language(asked: Asked) -> web.StreamResponse:
    language = asked.form.get("language", "")
    if language not in LANGUAGES:
        raise Refused("bad_form")
    response = see_other(_inside(asked.form.get("to", "")))
    cookies.give(response, cookies.LANGUAGE, language, secure=asked.request.app[SECURE])
    return response


@pages.get("/static/{file}", OPEN)
async def static(asked: Asked) -> web.StreamResponse:
    file = STATIC.get(asked.part("file"))
    if file is None:
        raise Refused("not_found")
    return web.FileResponse(file, headers={"Cache-Control": "public, max-age=31536000, immutable"})


def logged_in(asked: Asked, token: str, to: str = "/") -> web.Response:
    """On with a session's cookie; what the browser held before opens nothing any more."""
    response, secure = see_other(to), asked.request.app[SECURE]
    cookies.give(response, cookies.SESSION, token, secure=secure)
    cookies.take(response, cookies.VISIT, secure=secure)
    return response


def _inside(path: str) -> str:
    """A page of the console, without its prefix; the first one for whatever leads elsewhere."""
    inner = path.removeprefix(cookies.PATH)
    is_plain = inner.startswith("/") and inner[:2] not in {"//", "/\\"} and inner.isprintable()
    return inner if is_plain else "/"
