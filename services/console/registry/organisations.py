"""What the registry knows: organisations with their domains and codes, public numbers, issuers."""

from aiohttp import web

from services.console.asked import Asked
from services.console.drawing import draw
from services.console.refused import Refused
from services.console.routing import Pages
from services.locks.issuer_records import issuer_ids, read_issuer
from services.registry.desk.officers import NotFound
from services.registry.desk.showing import PAGE, find_organisations, numbers, one_organisation
from services.registry.snapshots import snapshots_of

pages = Pages()


@pages.get("/registry", "registry.see")
async def organisations(asked: Asked) -> web.StreamResponse:
    directory, lists = await snapshots_of(asked.database).current(asked.now)
    query, after = asked.query("q"), asked.query("after")
    found = find_organisations(directory, query, after=after, limit=PAGE + 1)
    return draw(
        asked,
        "registry/organisations.html",
        found=found[:PAGE],
        further=found[PAGE - 1].id if len(found) > PAGE else None,
        query=query,
        lists=lists,
    )


@pages.get("/registry/organisations/{id}", "registry.see")
async def organisation(asked: Asked) -> web.StreamResponse:
    try:
        async with asked.database.read() as session:
            one = await one_organisation(session, asked.part("id"), asked.now)
    except NotFound:
        raise Refused("not_found") from None
    return draw(asked, "registry/organisation.html", one=one)


@pages.get("/registry/numbers", "registry.see")
async def public_numbers(asked: Asked) -> web.StreamResponse:
    async with asked.database.read() as session:
        rows = await numbers(session, asked.now)
    query = asked.query("q")
    wanted = [row for row in rows if row[0].startswith(query)]
    return draw(asked, "registry/numbers.html", rows=wanted, query=query)


@pages.get("/registry/issuers", "registry.see")
async def issuers(asked: Asked) -> web.StreamResponse:
    rows = await asked.look(
        lambda session: [(one, read_issuer(session, one) or {}) for one in issuer_ids(session)]
    )
    return draw(asked, "registry/issuers.html", rows=rows)
