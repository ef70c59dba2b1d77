"""Pictures of a case: officers who work on it add some as evidence, and whoever sees the case sees them."""

from aiohttp import web
from sqlalchemy.orm import Session

from services.console.asked import ATTACHMENTS, Asked
from services.console.case import show_case
from services.console.refused import Refused
from services.console.routing import Pages, need, see_other
from services.console.sight import sight_of
from services.reports.attachments import NotTaken
from services.reports.for_console import is_picture_of, takes_pictures
from services.reports.pictures import MOST_BYTES

pages = Pages()
FORM_BYTES = 64 * 1024  # of the form around the picture
# Only drawn: should a browser ever take it for a page, that page may do nothing.
HEADERS = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'; sandbox"}


@pages.post("/cases/{number}/pictures", "home", most_bytes=MOST_BYTES + FORM_BYTES)
async def add_picture(asked: Asked) -> web.StreamResponse:
    sight = await sight_of(asked, asked.part("number"))
    need(asked, f"{sight.desk.lane}.picture")
    raw = asked.files.get("picture")
    if not raw:
        return show_case(asked, sight, faults=["picture_needed"])

    def case_of(session: Session) -> str:
        if not takes_pictures(session, sight.case.id):
            raise Refused("not_now")
        return sight.case.id

    try:
        await asked.request.app[ATTACHMENTS].keep(raw, actor=asked.officer.actor, case_of=case_of)
    except NotTaken as refused:
        if refused.code == "attachment_too_large":
            raise Refused("too_large") from None
        return show_case(asked, sight, faults=[refused.code])
    return see_other(f"/cases/{sight.case.number}?done=add_picture")


@pages.get("/cases/{number}/pictures/{id}", "home")
async def picture(asked: Asked) -> web.StreamResponse:
    sight, one = await sight_of(asked, asked.part("number")), asked.part("id")
    if not await asked.look(lambda session: is_picture_of(session, sight.case.id, one)):
        raise Refused("not_found")
    kept = await asked.request.app[ATTACHMENTS].read(one)
    if kept is None:
        raise Refused("not_found")
    media_type, content = kept
    return web.Response(body=content, content_type=media_type, headers=HEADERS)
