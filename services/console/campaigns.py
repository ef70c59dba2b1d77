"""Campaigns of near-identical messages, and officers' verdicts on their cases: proposed by one, confirmed by another."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from services.console.asked import Asked
from services.console.drawing import draw
from services.console.reason_words import reasons_in_words
from services.console.refused import Refused
from services.console.routing import Pages, see_other
from services.registry.campaigns import deciding
from services.registry.campaigns.officers import Act, NotFound
from services.registry.campaigns.showing import campaign_in_full, page_of_campaigns
from services.registry.snapshots import snapshots_of

pages = Pages()
VERDICTS = ("fraud", "suspicious", "official")
REASONS = ("seen_by_desk", "confirmed_by_organisation", "seen_in_reports", "police_case")
STEPS: dict[str, Callable[..., Awaitable[int]]] = {"confirm": deciding.confirm, "undo": deciding.undo}


@pages.get("/campaigns", "campaign.see")
async def campaigns(asked: Asked) -> web.StreamResponse:
    async with asked.database.read() as session:
        page = await page_of_campaigns(session, since=None, cursor=asked.query("after") or None)
    return draw(asked, "campaigns.html", campaigns=page["campaigns"], further=page["next"])


@pages.get("/campaigns/{id}", "campaign.see")
async def campaign(asked: Asked) -> web.StreamResponse:
    return await _shown(asked)


@pages.post("/campaigns/{id}/verdicts", "campaign.judge")
async def propose(asked: Asked) -> web.StreamResponse:
    form = asked.form
    if form.get("verdict") not in VERDICTS or form.get("reason") not in REASONS:
        raise Refused("bad_form")
    directory, _ = await snapshots_of(asked.database).current(asked.now)
    proposal = deciding.Proposal(form.get("check", ""), form["verdict"], form["reason"])

    async def change(session: AsyncSession, act: Act) -> None:
        await deciding.propose(session, act, asked.part("id"), proposal, directory)

    return await _decided(asked, change, "proposed")


@pages.post("/campaigns/{id}/verdicts/{verdict}/{step}", "campaign.judge")
async def decide(asked: Asked) -> web.StreamResponse:
    step = STEPS.get(asked.part("step"))
    if step is None:
        raise Refused("not_found")

    async def change(session: AsyncSession, act: Act) -> None:
        await step(session, asked.vault, act, asked.part("id"), asked.part("verdict"))

    return await _decided(asked, change, asked.part("step"))


async def _decided(
    asked: Asked, change: Callable[[AsyncSession, Act], Awaitable[None]], done: str
) -> web.StreamResponse:
    officer = asked.officer
    act = Act(officer.person, officer.organisations("campaign.judge"), asked.now, None)
    try:
        async with asked.database.write() as session:
            await change(session, act)
    except NotFound:
        raise Refused("not_found") from None
    except deciding.NotAllowed as refused:
        if refused.code == "second_person_required":
            raise Refused("second_person", operation="campaign.judge") from None
        return await _shown(asked, fault=refused.code)
    return see_other(f"/campaigns/{asked.part('id')}?done={done}")


async def _shown(asked: Asked, fault: str | None = None) -> web.Response:
    try:
        async with asked.database.read() as session:
            one: dict[str, Any] = await campaign_in_full(session, asked.part("id"))
    except NotFound:
        raise Refused("not_found") from None
    for case in one["cases"]:
        case["reasons"] = await reasons_in_words(case["reasons"], asked.language)
    return draw(
        asked,
        "campaign.html",
        status=409 if fault else 200,
        campaign=one,
        verdicts=VERDICTS,
        reasons=REASONS,
        fault=fault,
        done=asked.query("done"),
    )
