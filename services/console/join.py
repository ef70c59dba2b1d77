"""The page an invitation opens: a name, a password and an authenticator of one's own; or one role more."""

from datetime import datetime
from typing import Any

import segno
from aiohttp import web
from markupsafe import Markup

from lianfang.privacy import Unreadable, Vault
from services.console.asked import Asked
from services.console.drawing import draw
from services.console.log_in import logged_in
from services.console.refused import Refused
from services.console.routing import OPEN, Pages, see_other
from services.console.showing import local_time
from services.people.accounts.authenticator import address_of, new_secret
from services.people.accounts.joining import NotJoined, Offer, Opening, look_at, open_account, take_role
from services.people.accounts.tries import TooManyTries
from services.people.roles import CONSOLE_ROLES

pages = Pages()
_SEALED_FOR = "authenticator "


@pages.get("/join", OPEN)
async def ask_for_code(asked: Asked) -> web.StreamResponse:
    return draw(asked, "join.html", wrong=False)


@pages.post("/join", OPEN)
async def look_at_code(asked: Asked) -> web.StreamResponse:
    code = asked.form.get("invitation", "")
    if asked.visitor is not None:
        return await _one_role_more(asked, code)
    offer = await _offer(asked, code)
    if offer is None:
        return draw(asked, "join.html", status=404, wrong=True)
    return _set_up(asked, code, offer, new_secret())


@pages.post("/join/account", OPEN)
async def open_it(asked: Asked) -> web.StreamResponse:
    form, code = asked.form, asked.form.get("invitation", "")
    secret = _unsealed(asked.vault, form.get("sealed", ""))
    password = form.get("password", "")
    opening = Opening(code, form.get("name", ""), password, secret, form.get("code", ""))
    faults: tuple[str, ...] = () if password == form.get("again") else ("password_differs",)
    if not faults:
        try:
            return logged_in(asked, await open_account(asked.database, asked.vault, asked.clock, opening))
        except NotJoined as refused:
            faults = refused.codes
    offer = await _offer(asked, code)
    if offer is None:
        return draw(asked, "join.html", status=404, wrong=True)
    return _set_up(asked, code, offer, secret, faults, form.get("name", "")[:200])


async def _offer(asked: Asked, code: str) -> Offer | None:
    try:
        return await look_at(asked.database, asked.vault, asked.clock, code, asked.address)
    except TooManyTries as refused:
        raise Refused("too_many", until=local_time(refused.until)) from None


async def _one_role_more(asked: Asked, code: str) -> web.StreamResponse:
    person, now = asked.officer.person, asked.now
    taken = await asked.change(
        lambda session: take_role(session, asked.vault, person, code, now, roles=CONSOLE_ROLES)
    )
    if isinstance(taken, datetime):
        raise Refused("too_many", until=local_time(taken))
    return see_other("/me") if taken else draw(asked, "join.html", status=404, wrong=True)


def _set_up(
    asked: Asked, code: str, offer: Offer, secret: str, faults: tuple[str, ...] = (), name: str = ""
) -> web.Response:
    name = offer.login_name or name
    values: dict[str, Any] = {
        "invitation": code,
        "offer": offer,
        "name": name,
        "faults": faults,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "sealed": asked.vault.encrypt(_SEALED_FOR + secret).decode(),
        "picture": _picture(address_of(secret, name or offer.organisation or "lianfang")),
    }
    return draw(asked, "set_up.html", status=422 if faults else 200, **values)


def _unsealed(vault: Vault, sealed: str) -> str:
    """The secret that our own page carried; nothing else that the vault once closed is opened here."""
    try:
        opened = vault.decrypt(sealed.encode("utf-8", "replace"))
    except Unreadable:
        raise Refused("bad_form") from None
    if not opened.startswith(_SEALED_FOR):
        raise Refused("bad_form")
    return opened.removeprefix(_SEALED_FOR)


def _picture(address: str) -> Markup:
    """A QR code drawn into the page: neither a file nor an address holds the secret."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=5, border=2, dark="#0b0c0c", light="#ffffff", svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704 -- segno drew it: paths and numbers
