"""Accounts and invitations: who may work here, as what; for admins, and for auditors to read."""

from aiohttp import web
from sqlalchemy.orm import Session

from services.console.asked import Asked
from services.console.drawing import draw
from services.console.refused import Refused
from services.console.routing import Pages, see_other
from services.people.accounts import showing
from services.people.accounts.caring import NotChanged, change_state
from services.people.accounts.invitations import BadInvitation, Issued, issue, issue_recovery, withdraw
from services.people.accounts.sessions import end_sessions, open_sessions
from services.people.binding import end_bindings
from services.people.roles import CHAT_ROLES, CONSOLE_ROLES

pages = Pages()
ROLES = (*sorted(CONSOLE_ROLES), *sorted(CHAT_ROLES - CONSOLE_ROLES))


@pages.get("/accounts", "account.see")
async def accounts(asked: Asked) -> web.StreamResponse:
    like, after = asked.query("name").lower(), asked.query("after")
    rows = await asked.look(lambda session: showing.accounts(session, like=like, after=after))
    further = rows[showing.AT_ONCE - 1].login_name if len(rows) > showing.AT_ONCE else None
    return draw(asked, "accounts.html", rows=rows[: showing.AT_ONCE], further=further, like=like)


@pages.get("/accounts/{person}", "account.see")
async def account(asked: Asked) -> web.StreamResponse:
    return await _shown(asked)


@pages.post("/accounts/{person}/suspend", "account.change")
async def suspend(asked: Asked) -> web.StreamResponse:
    return await _change_state(asked, "suspend")


@pages.post("/accounts/{person}/restore", "account.change")
async def restore(asked: Asked) -> web.StreamResponse:
    return await _change_state(asked, "restore")


@pages.post("/accounts/{person}/sessions/end", "account.change")
async def end_all_sessions(asked: Asked) -> web.StreamResponse:
    person, actor, now = asked.part("person"), asked.officer.actor, asked.now
    await asked.change(
        lambda session: end_sessions(session, person, actor=actor, now=now, reason="ended_by_admin")
    )
    return see_other(f"/accounts/{person}?done=sessions")


@pages.post("/accounts/{person}/recover", "account.change")
async def recover(asked: Asked) -> web.StreamResponse:
    person, actor, now = asked.part("person"), asked.officer.actor, asked.now
    if person == asked.officer.person:
        return await _shown(asked, fault="own_account")
    try:
        issued = await asked.change(
            lambda session: issue_recovery(session, asked.vault, person, actor=actor, now=now)
        )
    except BadInvitation:
        raise Refused("not_found") from None
    return await _shown(asked, issued=issued)


@pages.post("/accounts/{person}/roles/{binding}/end", "account.change")
async def end_role(asked: Asked) -> web.StreamResponse:
    person, binding, actor, now = asked.part("person"), asked.part("binding"), asked.officer.actor, asked.now
    if person == asked.officer.person:
        return await _shown(asked, fault="own_account")
    ended = await asked.change(
        lambda session: end_bindings(session, person, actor=actor, now=now, only=binding)
    )
    if not ended:
        raise Refused("not_now")
    return see_other(f"/accounts/{person}?done=role")


@pages.get("/invitations", "account.see")
async def invitations(asked: Asked) -> web.StreamResponse:
    return await _invitations(asked)


@pages.post("/invitations", "account.change")
async def invite(asked: Asked) -> web.StreamResponse:
    form, actor, now = asked.form, asked.officer.actor, asked.now
    role, organisation = form.get("role", ""), form.get("organisation", "")

    def change(session: Session) -> Issued:
        return issue(session, asked.vault, role, organisation, actor=actor, now=now)

    try:
        issued = await asked.change(change)
    except BadInvitation as refused:
        return await _invitations(asked, fault=refused.code)
    return await _invitations(asked, issued=issued)


@pages.post("/invitations/{id}/withdraw", "account.change")
async def take_back(asked: Asked) -> web.StreamResponse:
    one, actor, now = asked.part("id"), asked.officer.actor, asked.now
    if not await asked.change(lambda session: withdraw(session, one, actor=actor, now=now)):
        raise Refused("not_now")
    return see_other("/invitations")


async def _change_state(asked: Asked, event: str) -> web.StreamResponse:
    person, actor, now = asked.part("person"), asked.officer.actor, asked.now
    try:
        await asked.change(lambda session: change_state(session, person, event, actor=actor, now=now))
    except NotChanged as refused:
        return await _shown(asked, fault=refused.code)
    return see_other(f"/accounts/{person}?done={event}")


async def _shown(asked: Asked, *, fault: str | None = None, issued: Issued | None = None) -> web.Response:
    person, now = asked.part("person"), asked.now
    one = await asked.look(lambda session: showing.account(session, person))
    if one is None:
        raise Refused("not_found")
    sessions = await asked.look(lambda session: open_sessions(session, person, now))
    return draw(
        asked,
        "account.html",
        status=409 if fault else 200,
        account=one,
        sessions=sessions,
        fault=fault,
        issued=issued,
        done=asked.query("done"),
    )


async def _invitations(
    asked: Asked, *, fault: str | None = None, issued: Issued | None = None
) -> web.Response:
    before = asked.query("before") or None
    rows = await asked.look(lambda session: showing.invitations(session, before=before))
    return draw(
        asked,
        "invitations.html",
        status=422 if fault else 200,
        rows=rows[: showing.AT_ONCE],
        further=rows[showing.AT_ONCE - 1].id if len(rows) > showing.AT_ONCE else None,
        roles=ROLES,
        fault=fault,
        issued=issued,
        form=asked.form,
    )
