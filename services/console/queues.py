"""The first page with the queues of one's roles, one queue with its cases, and the way to a case by its number."""

import csv
import io
from collections.abc import Sequence
from functools import partial

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.events import append
from lianfang.ids import new_id
from services.cases.queues import AT_ONCE, COUNTED, Queue
from services.console.asked import DESKS, Asked
from services.console.desk import Desk, Row
from services.console.drawing import draw
from services.console.refused import Refused
from services.console.registry.acting import looked
from services.console.routing import Pages, see_other
from services.console.visitor import Visitor
from services.registry.desk.officers import Act
from services.registry.desk.showing import page_of_proposals

pages = Pages()
MOST_EXPORTED = 10_000


@pages.get("/", "home")
async def home(asked: Asked) -> web.StreamResponse:
    visitor = asked.officer
    boards: list[tuple[Desk, list[Queue]]] = []
    for desk in asked.request.app[DESKS].values():
        states = own_states(desk, visitor)
        if states:
            seat = await desk.seat(asked.database, asked.vault, asked.clock)
            boards.append((desk, await asked.look(partial(seat.queues, states=states))))
    return draw(asked, "home.html", boards=boards, counted=COUNTED, proposals=await _proposals(asked))


@pages.get("/cases", "home")
async def by_number(asked: Asked) -> web.StreamResponse:
    number = asked.query("number").replace(" ", "")
    is_plain = number.isascii() and number.replace("-", "").isalnum()
    return see_other(f"/cases/{number}" if is_plain else "/")


@pages.get("/queues/{lane}/{state}", "{lane}.see")
async def queue(asked: Asked) -> web.StreamResponse:
    desk, state, after = desk_of(asked), asked.part("state"), asked.query("after")
    seat = await desk.seat(asked.database, asked.vault, asked.clock)
    page = await asked.look(lambda session: seat.page(session, state, after, AT_ONCE))
    states = list(dict.fromkeys(one for one, _ in desk.steps))
    return draw(asked, "queue.html", desk=desk, state=state, states=states, page=page, after=after)


@pages.get("/queues/{lane}/{state}/export.csv", "{lane}.export")
async def export(asked: Asked) -> web.StreamResponse:
    desk, state, officer, now = desk_of(asked), asked.part("state"), asked.officer, asked.now
    seat = await desk.seat(asked.database, asked.vault, asked.clock)
    page = await asked.look(lambda session: seat.page(session, state, "", MOST_EXPORTED))
    params = {"lane": desk.lane, "state": state, "rows": len(page.rows)}

    def write_down(session: Session) -> None:
        append(
            session,
            at=now,
            actor=officer.actor,
            entity="export",
            entity_id=new_id("ex"),
            to_state="done",
            params=params,
        )

    await asked.change(write_down)
    name = f"{desk.lane}-{state}-{now:%Y%m%d-%H%M}.csv"
    return web.Response(
        text="\ufeff" + as_csv(page.rows),  # the mark makes spreadsheets read UTF-8
        content_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _proposals(asked: Asked) -> int:
    """How many proposals of the registry wait for somebody of the desk, to one more than a page holds."""
    if not asked.officer.may("proposal.decide"):
        return 0

    async def view(session: AsyncSession, act: Act) -> int:
        page = await page_of_proposals(session, act, state="proposed")
        return len(page.proposals) + (page.next is not None)

    return await looked(asked, view)


def desk_of(asked: Asked) -> Desk:
    """The desk of the lane in the path. Raises Refused for a lane or state that is none."""
    desk = asked.request.app[DESKS].get(asked.part("lane"))
    if desk is None or asked.part("state") not in {state for state, _ in desk.steps}:
        raise Refused("not_found")
    return desk


def own_states(desk: Desk, visitor: Visitor) -> Sequence[str]:
    """Where a case waits for one of the visitor's roles, in the order of the lane's steps."""
    if not visitor.may(f"{desk.lane}.see"):
        return ()
    states = (
        state
        for (state, event), step in desk.steps.items()
        if not step.undo and visitor.may(f"{desk.lane}.{state}.{event}")
    )
    return tuple(dict.fromkeys(states))


def as_csv(rows: Sequence[Row]) -> str:
    """One case a line; a cell that a spreadsheet would take for a formula is made text."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("number", "subject", "marks", "opened_at", "changed_at", "due_at"))
    for row in rows:
        marks = " ".join(mark for mark, _ in row.marks)
        due = rfc3339(row.due_at) if row.due_at else ""
        subject = f"{row.code} {row.subject}" if row.code else row.subject
        cells = (row.number, subject, marks, rfc3339(row.opened_at), rfc3339(row.changed_at), due)
        table.writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
