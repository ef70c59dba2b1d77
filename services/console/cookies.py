"""The two cookies: `lianfang_console` holds the token of a session, `lianfang_visit` ties forms to a browser before that.

A form carries a keyed digest of the cookie it was drawn for: whoever cannot read the cookie cannot forge the form.
"""

import hashlib
import hmac
import re
import secrets

from aiohttp import web

PATH = "/console"
SESSION, VISIT, LANGUAGE = "lianfang_console", "lianfang_visit", "lianfang_language"
_VISIT_SECONDS = 12 * 3600
_YEAR_SECONDS = 365 * 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,64}")


def token_in(request: web.Request, cookie: str) -> str:
    """What the cookie holds, empty when it is no token of ours."""
    value = request.cookies.get(cookie, "")
    return value if _TOKEN.fullmatch(value) else ""


def new_visit() -> str:
    return secrets.token_urlsafe(32)


def csrf_of(seed: str) -> str:
    """What a form drawn for this cookie carries."""
    return hmac.new(seed.encode(), b"csrf", hashlib.sha256).hexdigest()


def is_csrf(seed: str, given: str) -> bool:
    return bool(seed) and hmac.compare_digest(csrf_of(seed).encode(), given.encode("utf-8", "replace"))


def give(response: web.StreamResponse, cookie: str, value: str, *, secure: bool) -> None:
    """Set a cookie that scripts and other sites do not get; the session's ends with the browser."""
    ages = {VISIT: _VISIT_SECONDS, LANGUAGE: _YEAR_SECONDS}
    response.set_cookie(
        cookie, value, path=PATH, max_age=ages.get(cookie), httponly=True, samesite="Lax", secure=secure
    )


def take(response: web.StreamResponse, cookie: str, *, secure: bool) -> None:
    response.del_cookie(cookie, path=PATH, httponly=True, samesite="Lax", secure=secure)
