"""What agencies and banks say they send: what is announced now, and a new announcement with its sample judged."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.clock import TAIPEI
from services.console.asked import Asked
from services.console.drawing import draw
from services.console.reason_words import sample_in_words
from services.console.refused import Refused
from services.console.registry.acting import act_of, changed, looked
from services.console.routing import Pages, see_other
from services.registry.desk.asking import Asked as AskedOfDesk
from services.registry.desk.asking import announcement
from services.registry.desk.dry_run import Preview, preview
from services.registry.desk.officers import Act, NotAllowed, NotFound
from services.registry.desk.proposals import propose
from services.registry.desk.showing import Page, page_of_proposals

pages = Pages()
LONGEST_TEXT, LONGEST_LINE = 1000, 253
KIND = "announcement"


@pages.get("/announcements", "announcement.see")
async def announcements(asked: Asked) -> web.StreamResponse:
    cursor = asked.query("after") or None

    async def view(session: AsyncSession, act: Act) -> Page:
        return await page_of_proposals(session, act, kind=KIND, cursor=cursor)

    return draw(asked, "registry/announcements.html", page=await looked(asked, view))


@pages.get("/announcements/new", "announcement.see")
async def announcement_form(asked: Asked) -> web.StreamResponse:
    return await _form(asked, {})


@pages.post("/announcements/new", "announcement.see")
async def look_or_propose(asked: Asked) -> web.StreamResponse:
    form = asked.form
    asking = _asking(form, asked.now)
    if asking is None:
        return await _form(asked, form, faults=[("times_do_not_fit", ())])
    try:
        if form.get("do") != "take":
            return await _form(asked, form, shown=await preview(asked.database, await act_of(asked), asking))

        async def change(session: AsyncSession, act: Act) -> str:
            return (await propose(session, act, asking, form.get("note", ""))).id

        return see_other(f"/registry/proposals/{await changed(asked, change)}?done=propose")
    except NotAllowed as refused:
        return await _form(asked, form, faults=[(refused.code, refused.more)])
    except NotFound:
        raise Refused("not_permitted") from None


def _asking(form: Mapping[str, str], now: datetime) -> AskedOfDesk | None:
    starts, ends = _day(form.get("starts_on", "")), _day(form.get("ends_on", ""))
    if starts is None or ends is None:
        return None
    return announcement(
        form.get("organisation", "").strip()[:LONGEST_LINE],
        sender=form.get("sender", "").strip(),
        text=form.get("text", "")[:LONGEST_TEXT],
        domains=form.get("domains", "").lower().split(),
        starts_at=starts,
        ends_at=ends + timedelta(days=1),
        now=now,
    )


def _day(text: str) -> datetime | None:
    """Its beginning in Taipei."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), TAIPEI)
    except ValueError:
        return None


async def _form(
    asked: Asked,
    form: Mapping[str, str],
    *,
    shown: Preview | None = None,
    faults: list[tuple[str, tuple[str, ...]]] | None = None,
) -> web.Response:
    act = await act_of(asked)
    values: dict[str, Any] = {"form": form, "shown": shown, "faults": faults or []}
    return draw(
        asked,
        "registry/announcement.html",
        status=422 if faults else 200,
        own=sorted(act.staff),
        is_desk=bool(act.desk),
        reasons=await sample_in_words(shown, asked.language),
        today=asked.now.astimezone(TAIPEI).date().isoformat(),
        **values,
    )
