"""One change of one record: filled in, its effect looked at, proposed."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.clock import TAIPEI
from services.console.asked import Asked
from services.console.drawing import draw
from services.console.refused import Refused
from services.console.registry.acting import OUTSIDES, act_of, changed
from services.console.registry.fields import ABOUT, CONTACT_KINDS, defaults, read, shapes, written
from services.console.routing import Pages, see_other
from services.registry.desk.asking import Asked as AskedOfDesk
from services.registry.desk.dry_run import Preview, preview
from services.registry.desk.kinds import KINDS
from services.registry.desk.officers import Act, NotAllowed, NotFound
from services.registry.desk.proposals import propose
from services.registry.desk.standing import current_records
from services.registry.records import Record

pages = Pages()
LONGEST_ABOUT = 253


@pages.get("/registry/change", "registry.propose")
async def change_form(asked: Asked) -> web.StreamResponse:
    wanted = _wanted(asked.request.query)
    present = await _present(asked, wanted)
    if present is None and wanted.operation != "add":
        raise Refused("not_found")
    today = asked.now.astimezone(TAIPEI).date().isoformat()
    record = present or {**defaults(wanted.kind), "verified_on": today}
    return _form(asked, wanted, record)


@pages.post("/registry/change", "registry.propose")
async def look_or_propose(asked: Asked) -> web.StreamResponse:
    wanted = _wanted(asked.form)
    values = {} if wanted.operation == "retire" else read(wanted.kind, asked.form, asked.several)
    if wanted.operation == "change":
        present = await _present(asked, wanted) or {}
        values = {name: value for name, value in values.items() if value != present.get(name)}
    asking = AskedOfDesk(wanted.kind, wanted.about, wanted.operation, values)
    note = asked.form.get("note", "")
    try:
        if asked.form.get("do") != "take":
            shown = await preview(asked.database, await act_of(asked), asking, OUTSIDES)
            return _form(asked, wanted, _filled(asked, wanted.kind), shown=shown)

        async def change(session: AsyncSession, act: Act) -> str:
            return (await propose(session, act, asking, note, OUTSIDES)).id

        return see_other(f"/registry/proposals/{await changed(asked, change)}?done=propose")
    except NotAllowed as refused:
        return _form(asked, wanted, _filled(asked, wanted.kind), faults=[(refused.code, refused.more)])
    except NotFound:
        raise Refused("not_permitted") from None


def _wanted(told: Mapping[str, str]) -> AskedOfDesk:
    """Kind, operation and what it is about, as an address or a form says them. Raises Refused."""
    kind, operation = told.get("kind", ""), told.get("operation", "")
    if kind not in ABOUT or operation not in KINDS[kind].operations:
        raise Refused("bad_form")
    about = tuple(told.get(f"about_{name}", "").strip()[:LONGEST_ABOUT] for name in ABOUT[kind])
    return AskedOfDesk(kind, about, operation, {})


async def _present(asked: Asked, wanted: AskedOfDesk) -> Record | None:
    if wanted.kind in OUTSIDES:
        outside = OUTSIDES[wanted.kind]
        return await asked.look(lambda session: outside.read(session, wanted.about[0]))
    async with asked.database.read() as session:
        return (await current_records(session, asked.now)).get((wanted.kind, *wanted.about))


def _filled(asked: Asked, kind: str) -> dict[str, Any]:
    return read(kind, asked.form, asked.several)


def _form(
    asked: Asked,
    wanted: AskedOfDesk,
    record: Mapping[str, Any],
    *,
    shown: Preview | None = None,
    faults: list[tuple[str, tuple[str, ...]]] | None = None,
) -> web.Response:
    fields = [] if wanted.operation == "retire" else shapes(wanted.kind)
    return draw(
        asked,
        "registry/change.html",
        status=422 if faults else 200,
        wanted=wanted,
        about=list(zip(ABOUT[wanted.kind], wanted.about, strict=True)),
        contact_kinds=CONTACT_KINDS,
        fields=[(shape, written(shape, record.get(shape.name))) for shape in fields],
        note=asked.form.get("note", ""),
        shown=shown,
        faults=faults or [],
    )
