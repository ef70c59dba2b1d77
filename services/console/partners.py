"""Partners and the keys they call us with: status, webhook, keys shown once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from aiohttp import web
from sqlalchemy.orm import Session

from services.console.asked import LOOPBACK, Asked
from services.console.drawing import draw
from services.console.refused import Refused
from services.console.routing import Pages, see_other
from services.partners.joining import (
    KINDS,
    STATUSES,
    Joined,
    Kind,
    NotAllowed,
    add_partner,
    all_partners,
    set_status,
    set_webhook,
)  # fmt: skip
from services.partners.keys import SCOPES, NoKey, Shown, all_valid, mint, revoke, rotate
from services.people.accounts.names import organisation_code

pages = Pages()
OVERLAP = timedelta(days=1)
LONGEST_ID, LONGEST_NAME = 24, 64


@pages.get("/partners", "partner.see")
async def partners(asked: Asked) -> web.StreamResponse:
    return await _list(asked)


@pages.post("/partners", "partner.change")
async def add(asked: Asked) -> web.StreamResponse:
    form, actor, now = asked.form, asked.officer.actor, asked.now
    partner = organisation_code(form.get("id", ""))
    names = [form.get(name, "").strip() for name in ("name_zh", "name_en")]
    if partner is None or len(partner) > LONGEST_ID or form.get("kind") not in KINDS:
        return await _list(asked, fault="partner_bad")
    if not all(0 < len(name) <= LONGEST_NAME for name in names):
        return await _list(asked, fault="partner_bad")
    kind = cast("Kind", form["kind"])
    try:
        await asked.change(
            lambda session: add_partner(
                session, partner, kind=kind, name_zh=names[0], name_en=names[1], now=now, actor=actor
            )
        )
    except NotAllowed:
        return await _list(asked, fault="partner_exists")
    return see_other(f"/partners/{partner}")


@pages.get("/partners/{id}", "partner.see")
async def partner_page(asked: Asked) -> web.StreamResponse:
    return await _shown(asked)


@pages.post("/partners/{id}/status", "partner.change")
async def change_status(asked: Asked) -> web.StreamResponse:
    partner, status, actor, now = asked.part("id"), asked.form.get("status"), asked.officer.actor, asked.now
    if status not in STATUSES:
        raise Refused("bad_form")
    await _change(asked, lambda session: set_status(session, partner, status, now, actor=actor))
    return see_other(f"/partners/{partner}?done=status")


@pages.post("/partners/{id}/webhook", "partner.change")
async def change_webhook(asked: Asked) -> web.StreamResponse:
    partner, url, actor, now = (
        asked.part("id"),
        asked.form.get("url", "").strip(),
        asked.officer.actor,
        asked.now,
    )
    await _one(asked)
    try:
        secret = await asked.change(
            lambda session: set_webhook(
                session, asked.vault, partner, url, now, loopback=asked.request.app[LOOPBACK], actor=actor
            )
        )
    except NotAllowed:
        return await _shown(asked, fault="webhook_bad")
    return await _shown(asked, once=("webhook_secret", secret))


@pages.post("/partners/{id}/keys", "partner.change")
async def new_key(asked: Asked) -> web.StreamResponse:
    partner, actor, now = asked.part("id"), asked.officer.actor, asked.now
    scopes = [scope for scope in SCOPES if asked.form.get(scope)]
    if not scopes:
        return await _shown(asked, fault="scopes_missing")
    key = await _change(asked, lambda session: mint(session, partner, scopes, now, actor=actor)[1])
    return await _shown(asked, once=("key", key))


@pages.post("/partners/{id}/keys/rotate", "partner.change")
async def next_key(asked: Asked) -> web.StreamResponse:
    partner, actor, now = asked.part("id"), asked.officer.actor, asked.now
    key = await _change(asked, lambda session: rotate(session, partner, now, OVERLAP, actor=actor)[1])
    return await _shown(asked, once=("key", key))


@pages.post("/partners/{id}/keys/{key}/revoke", "partner.change")
async def end_key(asked: Asked) -> web.StreamResponse:
    partner, key, actor, now = asked.part("id"), asked.part("key"), asked.officer.actor, asked.now
    _, keys = await _one(asked)
    if key not in {one.id for one in keys}:
        raise Refused("not_now")
    await _change(asked, lambda session: revoke(session, key, now, actor=actor))
    return see_other(f"/partners/{partner}?done=revoked")


async def _change(asked: Asked, change: Callable[[Session], Any]) -> Any:
    try:
        return await asked.change(change)
    except (NoKey, NotAllowed):
        raise Refused("not_now") from None


async def _one(asked: Asked) -> tuple[Joined, list[Shown]]:
    partner, now = asked.part("id"), asked.now

    def view(session: Session) -> tuple[Joined | None, list[Shown]]:
        found = [one for one in all_partners(session) if one.id == partner]
        return (found[0] if found else None), all_valid(session, now).get(partner, [])

    found, keys = await asked.look(view)
    if found is None:
        raise Refused("not_found")
    return found, keys


async def _list(asked: Asked, fault: str | None = None) -> web.Response:
    now = asked.now
    rows = await asked.look(all_partners)
    keys = await asked.look(lambda session: all_valid(session, now))
    return draw(
        asked,
        "partners.html",
        status=422 if fault else 200,
        rows=rows,
        keys=keys,
        kinds=KINDS,
        fault=fault,
        form=asked.form,
    )


async def _shown(
    asked: Asked, *, fault: str | None = None, once: tuple[str, str] | None = None
) -> web.Response:
    partner, keys = await _one(asked)
    return draw(
        asked,
        "partner.html",
        status=422 if fault else 200,
        partner=partner,
        keys=keys,
        scopes=SCOPES,
        statuses=STATUSES,
        fault=fault,
        once=once,
        done=asked.query("done"),
    )
