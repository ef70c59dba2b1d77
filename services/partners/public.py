"""What every route of the partner API begins with: whose key it is, and whether the request is a repeat."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from lianfang.idempotency import KeyReused, once_together
from lianfang.web import CLOCK, DATABASE, VAULT, Problem
from services.partners.keys import Caller, find_caller

Said = tuple[int, dict[str, Any]]
"""HTTP status and JSON body; from 400 on the body is a problem's (`problem.status, problem.body`)."""

_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_BEARER = "Bearer "


async def caller(request: web.Request, scope: str) -> Caller:
    """The partner who calls. Raises Problem: 401 without a valid key, 403 without `scope` or while it has not joined."""
    given = request.headers.get("Authorization", "")
    presented = given.removeprefix(_BEARER) if given.startswith(_BEARER) else ""
    now = request.app[CLOCK]()
    found = await request.app[DATABASE].look(lambda session: find_caller(session, presented, now))
    if found is None:
        raise Problem(401, "unauthorized", "Missing, wrong or ended partner key")
    if found.status == "none":
        raise Problem(403, "partner_not_joined", "This partner has not joined, or has left")
    if scope not in found.scopes:
        raise Problem(403, "scope_missing", "This key may not do that", scope=scope)
    return found


def idempotency_key(request: web.Request) -> str:
    """The key that every POST which changes something has to carry. Raises Problem 400."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Problem(400, "idempotency_key_required", "Idempotency-Key: 1 to 128 printable ASCII characters")
    return key


async def repeatable(
    request: web.Request, by: Caller, name: str, change: Callable[[Session], Said]
) -> web.Response:
    """Run `change` in one transaction and answer what it said; a repeat of the request gets the same answer.

    Every POST that changes something needs an `Idempotency-Key`; it belongs to the partner, the path and the
    body it came with. What `change` returns is committed, a refusal too; what it raises leaves nothing behind.
    `name` says in at most 20 characters what is done. Raises Problem 400 without a key, 409 for a key reused.
    """
    key = idempotency_key(request)
    app, body = request.app, await request.read()
    asked = hashlib.sha256(request.raw_path.encode(errors="surrogateescape") + b"\n" + body).hexdigest()[:16]

    def say(session: Session) -> dict[str, Any]:
        status, answer = change(session)
        return {"status": status, "body": answer}

    try:
        said = await once_together(
            app[DATABASE],
            app[VAULT],
            app[CLOCK],
            key=f"{by.partner}:{key}",
            operation=f"{by.partner}:{name}:{asked}",
            person=None,
            change=say,
        )
    except KeyReused as error:
        raise Problem(409, "idempotency_key_reused", "This key came with another request") from error
    kind = "application/problem+json" if said["status"] >= 400 else "application/json"
    return web.json_response(said["body"], status=said["status"], content_type=kind)
