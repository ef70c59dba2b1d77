"""What the registry knows of an address, a number or an id: the lists that name it and what a check would say now."""

from typing import Any

from aiohttp import web

from services.console.asked import Asked
from services.console.drawing import draw
from services.console.reason_words import reasons_in_words
from services.console.routing import Pages
from services.registry.checking import judge_request
from services.registry.desk.indicators import READERS, Search, search_indicators
from services.registry.requests import CheckRequest
from services.registry.snapshots import snapshots_of
from services.reports.for_console import decisions_on

pages = Pages()
LONGEST = 2000


@pages.get("/indicators", "indicator.search")
async def ask(asked: Asked) -> web.StreamResponse:
    return await _drawn(asked)


@pages.post("/indicators", "indicator.search")
async def search(asked: Asked) -> web.StreamResponse:
    """By a form and not by the address: numbers and accounts stay out of histories and logs."""
    text, kind = asked.form.get("text", "").strip()[:LONGEST], asked.form.get("kind", "")
    if not text:
        return await _drawn(asked)
    found = await judge_request(asked.database, CheckRequest(text=text), asked.now, asked.vault)
    listings = await _listings(asked, kind, text) if kind in READERS else None
    return await _drawn(asked, found, listings)


async def _listings(asked: Asked, kind: str, text: str) -> Search:
    """What each list says of one address, id, number or account, and which case our own entry rests on."""
    directory, _ = await snapshots_of(asked.database).current(asked.now)
    async with asked.database.read() as session:
        return await search_indicators(
            session,
            asked.vault,
            asked.officer.person,
            kind,
            text,
            directory=directory,
            decisions=decisions_on,
        )


async def _drawn(
    asked: Asked, found: dict[str, Any] | None = None, listings: Search | None = None
) -> web.Response:
    return draw(
        asked,
        "indicators.html",
        form=asked.form,
        kinds=tuple(READERS),
        found=found,
        reasons=await reasons_in_words(found["reasons"], asked.language) if found else [],
        listings=listings,
    )
