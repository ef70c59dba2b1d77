"""What the registry knows of an address, a number or an id: the lists that name it and what a check would say now."""

from collections.abc import Sequence
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
from services.reports.subjects import indicators_in

pages = Pages()
LONGEST = 2000
MOST = 10
READ_AS = {"host": "address", "page": "address"}


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
    return await _drawn(asked, found, await _searches(asked, kind, text))


async def _searches(asked: Asked, kind: str, text: str) -> list[Search]:
    """What each list says of one address, id, number or account, or of all in a message, and which case ours rests on."""
    directory, _ = await snapshots_of(asked.database).current(asked.now)
    named = [(READ_AS.get(one.kind, one.kind), one.value) for one in indicators_in(text, directory)]
    async with asked.database.read() as session:
        return [
            await search_indicators(
                session,
                asked.vault,
                asked.officer.person,
                *one,
                directory=directory,
                decisions=decisions_on,
            )
            for one in ([(kind, text)] if kind in READERS else named[:MOST])
        ]


async def _drawn(
    asked: Asked, found: dict[str, Any] | None = None, searches: Sequence[Search] = ()
) -> web.Response:
    return draw(
        asked,
        "indicators.html",
        form=asked.form,
        kinds=tuple(READERS),
        found=found,
        reasons=await reasons_in_words(found["reasons"], asked.language) if found else [],
        searched=bool(searches),
        owners=list(dict.fromkeys(owner for one in searches for owner in one.owners)),
        listings=list(dict.fromkeys(listing for one in searches for listing in one.listings)),
    )
