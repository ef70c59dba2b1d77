"""What leaves the console as a file: the evidence of a report, and approved sites in the layouts of the official lists."""

import json

from aiohttp import web
from sqlalchemy.orm import Session

from lianfang.events import append
from lianfang.ids import new_id
from services.console.asked import Asked
from services.console.refused import Refused
from services.console.routing import Pages, need
from services.console.sight import sight_of
from services.reports.desk import desk_of
from services.reports.for_console import LAYOUTS, blocked_sites, evidence_of_report

pages = Pages()
FORMS = {"json": "application/json", "txt": "text/plain"}


@pages.get("/cases/{number}/evidence.{form}", "home")
async def evidence(asked: Asked) -> web.StreamResponse:
    """With the reporter's contact, so it is for those who may see that; and it goes on record."""
    sight, form = await sight_of(asked, asked.part("number")), asked.part("form")
    need(asked, f"{sight.desk.lane}.contact")
    if form not in FORMS:
        raise Refused("not_found")
    ground = await desk_of(asked.database, asked.vault, asked.clock)
    found = await asked.look(lambda session: evidence_of_report(session, ground, sight.case.id))
    if found is None:
        raise Refused("not_found")
    await _write_down(asked, sight.desk.lane, f"evidence_{form}", number=sight.case.number)
    text = json.dumps(found[0], ensure_ascii=False, indent=2) if form == "json" else found[1]
    return _file(text, f"{sight.case.number}.{form}", FORMS[form])


@pages.get("/exports/{layout}.csv", "site.layouts")
async def sites(asked: Asked) -> web.StreamResponse:
    layout = asked.part("layout")
    if layout not in LAYOUTS:
        raise Refused("not_found")
    ground = await desk_of(asked.database, asked.vault, asked.clock)
    text = await asked.look(lambda session: blocked_sites(session, ground, layout))
    await _write_down(asked, "site", f"layout_{layout}")
    return _file("\ufeff" + text, f"{layout}-{asked.now:%Y%m%d}.csv", "text/csv")


async def _write_down(asked: Asked, lane: str, what: str, **more: str) -> None:
    actor, now = asked.officer.actor, asked.now

    def change(session: Session) -> None:
        append(
            session,
            at=now,
            actor=actor,
            entity="export",
            entity_id=new_id("ex"),
            to_state="done",
            params={"lane": lane, "what": what, **more},
        )

    await asked.change(change)


def _file(text: str, name: str, content_type: str) -> web.Response:
    return web.Response(
        text=text,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
