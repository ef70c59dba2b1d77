"""Who calls the partner API for an issuer, and of what it speaks."""

import re

from aiohttp import web

from lianfang.web import Problem
from services.partners.keys import Caller
from services.partners.public import caller

REFERENCE = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}"
_REFERENCE = re.compile(REFERENCE)
_LOCK = re.compile(r"[A-Za-z0-9_]{1,40}")


async def issuer_calling(request: web.Request, scope: str) -> Caller:
    """The issuer whose key this is. Raises Problem, 403 `issuer_only` for other partners."""
    by = await caller(request, scope)
    if by.kind != "issuer":
        raise Problem(403, "issuer_only", "Only issuers of cards may do that")
    return by


def card_ref_of(request: web.Request) -> str:
    """The card in the path. Raises Problem 404 for what no card_ref can be."""
    return _part(request, "card_ref", _REFERENCE, unknown_card())


def lock_of(request: web.Request) -> str:
    """The lock in the path. Raises Problem 404 for what no lock can be."""
    return _part(request, "lock", _LOCK, unknown_lock())


def cursor_of(request: web.Request) -> str:
    """`after` of the query. Raises Problem 422."""
    after = request.query.get("after", "")
    if after and not _LOCK.fullmatch(after):
        fault = {"field": "after", "fault": "cursor"}
        raise Problem(422, "invalid_request", "The request does not fit", faults=[fault])
    return after


def unknown_card() -> Problem:
    return Problem(404, "unknown_card", "No such card of this issuer")


def unknown_lock() -> Problem:
    return Problem(404, "lock_not_found", "No such lock at this issuer")


def _part(request: web.Request, name: str, form: re.Pattern[str], problem: Problem) -> str:
    part = request.match_info[name]
    if not form.fullmatch(part):
        raise problem
    return part
