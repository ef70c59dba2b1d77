"""The partner API on locks: an issuer reads those of its cards, and answers what it was asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.web import CLOCK, DATABASE, VAULT, Problem, read_json
from services.cases.finding import by_ids
from services.locks.answers import answer_lock
from services.locks.bodies import AnswerBody
from services.locks.issuing import cursor_of, issuer_calling, lock_of, unknown_lock
from services.locks.models import Card, Lock
from services.partners.public import Said, repeatable

routes = web.RouteTableDef()
READ = "locks:read"
PAGE, LONGEST_PAGE = 50, 200
SETTLED_AFTER = timedelta(
    seconds=5
)  # what began earlier is committed by then, so that a cursor skips nothing


@routes.get("/v1/locks")
async def page(request: web.Request) -> web.Response:
    by = await issuer_calling(request, READ)
    after, limit = cursor_of(request), _limit(request)
    settled = request.app[CLOCK]() - SETTLED_AFTER

    def view(session: Session) -> list[dict[str, Any]]:
        wanted = select(Lock).where(Lock.issuer == by.partner, Lock.case > after, Lock.asked_at <= settled)
        return _shown(session, session.scalars(wanted.order_by(Lock.case).limit(limit)).all())

    locks = await request.app[DATABASE].look(view)
    return web.json_response({"locks": locks, "next": locks[-1]["lock"] if locks else after or None})


@routes.get("/v1/locks/{lock}")
async def one(request: web.Request) -> web.Response:
    by, lock = await issuer_calling(request, READ), lock_of(request)

    def view(session: Session) -> list[dict[str, Any]]:
        wanted = select(Lock).where(Lock.issuer == by.partner, Lock.case == lock)
        return _shown(session, session.scalars(wanted).all())

    found = await request.app[DATABASE].look(view)
    if not found:
        raise unknown_lock()
    return web.json_response(found[0])


@routes.post("/v1/locks/{lock}/answers")
async def answer(request: web.Request) -> web.Response:
    """For issuers that are asked to lock and poll instead of taking webhooks."""
    by = await issuer_calling(request, "cards:write")
    asked = await read_json(request, AnswerBody)
    lock, now = lock_of(request), request.app[CLOCK]()

    def change(session: Session) -> Said:
        state = answer_lock(session, request.app[VAULT], by.partner, lock, asked.answer, now=now)
        if state is None:
            problem = unknown_lock()
            return problem.status, problem.body
        return 200, {"state": state}

    return await repeatable(request, by, "locks.answer", change)


def _shown(session: Session, locks: Sequence[Lock]) -> list[dict[str, Any]]:
    cases = by_ids(session, [lock.case for lock in locks])
    refs = select(Card.id, Card.card_ref).where(Card.id.in_([lock.card for lock in locks if lock.card]))
    card_refs = dict(session.execute(refs).all())
    return [
        {
            "lock": lock.case,
            "state": cases[lock.case].state,
            "way": lock.way,
            "card_ref": card_refs.get(lock.card or ""),
            "last4": lock.last4,
            "asked_at": rfc3339(lock.asked_at),
            "locked_at": _time(lock.locked_at),
            "until": _time(lock.until),
            "answer": lock.answer,
        }
        for lock in locks
    ]


def _time(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment else None


def _limit(request: web.Request) -> int:
    given = request.query.get("limit", str(PAGE))
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= LONGEST_PAGE):
        fault = {"field": "limit", "fault": f"1 to {LONGEST_PAGE}"}
        raise Problem(422, "invalid_request", "The request does not fit", faults=[fault])
    return int(given)
