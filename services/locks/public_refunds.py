"""The partner API on refunds: the selling store or the issuer looks up a proof, and marks the card refunded."""

from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.web import CLOCK, DATABASE, VAULT, Problem, read_json
from services.locks import refunds
from services.locks.bodies import RefundBody
from services.locks.lock_states import REFUNDED
from services.partners.keys import Caller
from services.partners.public import Said, caller, repeatable

routes = web.RouteTableDef()


@routes.get("/v1/refunds/{proof}")
async def look_up(request: web.Request) -> web.Response:
    by = await caller(request, "refunds:read")

    def view(session: Session) -> dict[str, Any] | None:
        return _look(request, session, by)

    found = await request.app[DATABASE].look(view)
    if found is None:
        raise _unknown()
    return web.json_response(found)


@routes.post("/v1/refunds/{proof}")
async def refund(request: web.Request) -> web.Response:
    by = await caller(request, "refunds:write")
    asked = await read_json(request, RefundBody)
    vault, now = request.app[VAULT], request.app[CLOCK]()

    def change(session: Session) -> Said:
        lock = refunds.find_lock(session, vault, request.match_info["proof"])
        if lock is None or not refunds.concerns(session, lock, by):
            return _said(_unknown())
        try:
            state = refunds.refund(session, vault, lock, by, asked.receipt, now=now)
        except refunds.ReceiptDiffers:
            return _said(Problem(409, "receipt_differs", "The receipt is not that of the registered sale"))
        if state != REFUNDED:
            return _said(Problem(409, "not_refundable", "The lock is not confirmed, or is over", state=state))
        return 200, {"state": state}

    return await repeatable(request, by, "refunds.done", change)


def _look(request: web.Request, session: Session, by: Caller) -> dict[str, Any] | None:
    lock = refunds.find_lock(session, request.app[VAULT], request.match_info["proof"])
    if lock is None or not refunds.concerns(session, lock, by):
        return None
    shown = refunds.shown(session, lock)
    return {
        "valid": shown.valid,
        "refundable": shown.refundable,
        "state": shown.state,
        "issuer": shown.issuer,
        "last4": shown.last4,
        "chain": shown.chain,
        "face_value": shown.face_value,
        "locked_at": rfc3339(shown.locked_at) if shown.locked_at else None,
        "until": rfc3339(shown.until) if shown.until else None,
    }


def _said(problem: Problem) -> Said:
    return problem.status, problem.body


def _unknown() -> Problem:
    return Problem(404, "proof_not_found", "No such proof for this partner")
