"""How much may still be listed and blocked today, and an admin who gives more room."""

from aiohttp import web
from sqlalchemy.orm import Session

from services.console.asked import Asked
from services.console.drawing import draw
from services.console.routing import Pages, see_other
from services.reports.limits import Room
from services.reports.releasing import MayNotRelease, release, room

pages = Pages()
PURPOSES = ("list", "block")


@pages.get("/limits", "limit.see")
async def limits(asked: Asked) -> web.StreamResponse:
    return await _shown(asked)


@pages.post("/limits", "limit.release")
async def give_room(asked: Asked) -> web.StreamResponse:
    person, now, text = asked.officer.person, asked.now, asked.form.get("more", "")
    more = int(text) if text.isdecimal() and len(text) < 6 else 0
    try:
        await asked.change(lambda session: release(session, person, more, now))
    except MayNotRelease as refused:
        return await _shown(asked, fault=refused.code)
    return see_other("/limits?done=release")


async def _shown(asked: Asked, fault: str | None = None) -> web.Response:
    now = asked.now

    def view(session: Session) -> dict[str, Room]:
        return {"list": room(session, "list", "", now), "block": room(session, "block", "", now)}

    return draw(
        asked,
        "limits.html",
        status=422 if fault else 200,
        rooms=await asked.look(view),
        fault=fault,
        done=asked.query("done"),
    )
