"""One's own account: roles, sessions elsewhere, a new password."""

from aiohttp import web

from services.console.asked import Asked
from services.console.drawing import draw
from services.console.refused import Refused
from services.console.routing import Pages, see_other
from services.console.showing import local_time
from services.people.accounts.caring import NotChanged, change_password
from services.people.accounts.sessions import end_sessions, open_sessions
from services.people.accounts.tries import Limit, count_try

pages = Pages()
MOST_PASSWORDS = 5


@pages.get("/me", "me")
async def me(asked: Asked) -> web.StreamResponse:
    return await _shown(asked)


@pages.post("/me/password", "me")
async def new_password(asked: Asked) -> web.StreamResponse:
    form, officer, now = asked.form, asked.officer, asked.now
    new = form.get("new", "")
    limit = Limit(f"password {officer.person}", MOST_PASSWORDS)
    over = await asked.change(lambda session: count_try(session, [limit], now))
    if over is not None:
        raise Refused("too_many", until=local_time(over.until))
    if new != form.get("again"):
        return await _shown(asked, fault="password_differs")
    try:
        await change_password(asked.database, asked.clock, officer.who, form.get("old", ""), new)
    except NotChanged as refused:
        return await _shown(asked, fault=refused.code)
    return see_other("/me?done=password")


@pages.post("/me/sessions/end", "me")
async def end_session(asked: Asked) -> web.StreamResponse:
    officer, now, only = asked.officer, asked.now, asked.form.get("session") or None
    await asked.change(
        lambda session: end_sessions(
            session,
            officer.person,
            actor=officer.actor,
            now=now,
            reason="ended_by_owner",
            only=only,
            but=(officer.who.session,),
        )
    )
    return see_other("/me?done=sessions")


async def _shown(asked: Asked, fault: str | None = None) -> web.Response:
    person, now = asked.officer.person, asked.now
    open_ones = await asked.look(lambda session: open_sessions(session, person, now))
    return draw(
        asked,
        "me.html",
        status=422 if fault else 200,
        sessions=open_ones,
        fault=fault,
        done=asked.query("done"),
    )
