"""What was proposed: the pages of it, its effect anew, and the steps that decide it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from services.console.asked import Asked
from services.console.drawing import draw
from services.console.reason_words import sample_in_words
from services.console.refused import Refused
from services.console.registry.acting import OUTSIDES, act_of, changed, looked
from services.console.routing import Pages, see_other
from services.people.accounts.showing import names_of
from services.registry.desk.dry_run import Preview, preview
from services.registry.desk.officers import Act, NotAllowed, NotFound
from services.registry.desk.proposals import approve, asked_of, reject, undo, withdraw
from services.registry.desk.showing import Page, one_proposal, page_of_proposals
from services.registry.desk.standing import SEPARATOR
from services.registry.desk.steps import STATES

pages = Pages()
PROPOSAL_STATES = ("proposed", *dict.fromkeys(STATES.values()))
# Somebody else has to do what these say: a page of its own, and on record.
OTHERS = {"second_person_required", "other_organisation_required", "not_your_proposal", "desk_required"}


@pages.get("/registry/proposals", "proposal.see")
async def proposals(asked: Asked) -> web.StreamResponse:
    state, cursor = asked.query("state") or "proposed", asked.query("after") or None
    if state not in PROPOSAL_STATES:
        raise Refused("not_found")

    async def view(session: AsyncSession, act: Act) -> Page:
        return await page_of_proposals(session, act, state=state, cursor=cursor)

    page = await looked(asked, view)
    return draw(
        asked, "registry/proposals.html", page=page, state=state, states=PROPOSAL_STATES, separator=SEPARATOR
    )


@pages.get("/registry/proposals/{id}", "proposal.see")
async def proposal(asked: Asked) -> web.StreamResponse:
    return await _shown(asked)


@pages.post("/registry/proposals/{id}/approve", "proposal.decide")
async def approve_it(asked: Asked) -> web.StreamResponse:
    reason = asked.form.get("reason", "")
    return await _step(asked, "approve", lambda s, act, one: approve(s, act, one, reason, OUTSIDES))


@pages.post("/registry/proposals/{id}/reject", "proposal.decide")
async def reject_it(asked: Asked) -> web.StreamResponse:
    reason = asked.form.get("reason", "")
    return await _step(asked, "reject", lambda s, act, one: reject(s, act, one, reason))


@pages.post("/registry/proposals/{id}/withdraw", "proposal.take_back")
async def withdraw_it(asked: Asked) -> web.StreamResponse:
    return await _step(asked, "withdraw", withdraw)


@pages.post("/registry/proposals/{id}/undo", "proposal.take_back")
async def undo_it(asked: Asked) -> web.StreamResponse:
    return await _step(asked, "undo", lambda s, act, one: undo(s, act, one, OUTSIDES))


async def _step(
    asked: Asked, name: str, step: Callable[[AsyncSession, Act, str], Awaitable[Any]]
) -> web.StreamResponse:
    one = asked.part("id")

    async def change(session: AsyncSession, act: Act) -> None:
        await step(session, act, one)

    try:
        await changed(asked, change)
    except NotAllowed as refused:
        if refused.code in OTHERS:
            raise Refused("second_person", operation=f"proposal.{name}") from None
        return await _shown(asked, faults=[(refused.code, refused.more)])
    return see_other(f"/registry/proposals/{one}?done={name}")


async def _shown(asked: Asked, faults: list[tuple[str, tuple[str, ...]]] | None = None) -> web.Response:
    async def view(session: AsyncSession, act: Act) -> Any:
        return await one_proposal(session, act, asked.part("id"))

    one = await looked(asked, view)
    persons = {person for person in (one.proposed_by, one.decided_by, one.undone_by) if person}
    shown: Preview | None = None
    objections: list[tuple[str, tuple[str, ...]]] = []
    if one.state == "proposed":
        try:
            shown = await preview(asked.database, await act_of(asked), asked_of(one), OUTSIDES)
        except NotAllowed as refused:
            objections = [(refused.code, refused.more)]
        except NotFound:
            raise Refused("not_found") from None
    return draw(
        asked,
        "registry/proposal.html",
        status=409 if faults else 200,
        one=one,
        about=one.key.split(SEPARATOR),
        names=await asked.look(lambda session: names_of(session, persons)),
        shown=shown,
        reasons=await sample_in_words(shown, asked.language),
        objections=objections,
        faults=faults or [],
        done=asked.query("done"),
    )
