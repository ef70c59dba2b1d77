"""The partner API on cards: register a sale, ask permission to credit, report, tell of one's own rule."""

from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.web import CLOCK, DATABASE, VAULT, Problem, read_json
from services.locks import permissions, sales
from services.locks.bodies import NothingBody, OwnRuleBody, ReportBody, SaleBody
from services.locks.cards import find_card
from services.locks.chains import find_chain
from services.locks.issuing import card_ref_of, issuer_calling
from services.locks.models import Card
from services.locks.own_rule import reconcile
from services.locks.serials import NoSerial
from services.partners.public import Said, idempotency_key, repeatable

routes = web.RouteTableDef()
WRITE = "cards:write"
REFUSALS = {
    "future_sale": (422, "This sale lies in the future"),
    "no_serial": (422, "A serial has 6 to 40 letters and digits"),
    "unknown_chain": (422, "No chain has this id"),
    "card_conflict": (409, "This card_ref was registered with other details"),
    "serial_taken": (409, "This serial was registered under another card_ref"),
    "unknown_card": (404, "No such card of this issuer"),
    "permission_required": (422, "Name the permission that this is about"),
    "permission_unknown": (409, "This is not the card's last permission"),
    "out_of_order": (409, "The card's state knows no such report"),
}


@routes.post("/v1/cards")
async def register(request: web.Request) -> web.Response:
    by = await issuer_calling(request, WRITE)
    asked = await read_json(request, SaleBody)
    chain, now = find_chain(asked.chain), request.app[CLOCK]()

    def change(session: Session) -> Said:
        if chain is None:
            return _refused("unknown_chain")
        try:
            card = sales.register_sale(session, request.app[VAULT], by.partner, asked.sale(chain), now=now)
        except sales.SaleRefused as refusal:
            return _refused(refusal.code)
        except NoSerial:
            return _refused("no_serial")
        return 201, _shown(card)

    return await repeatable(request, by, "cards.register", change)


@routes.get("/v1/cards/{card_ref}")
async def one(request: web.Request) -> web.Response:
    by, card_ref = await issuer_calling(request, WRITE), card_ref_of(request)

    def view(session: Session) -> dict[str, Any] | None:
        card = find_card(session, by.partner, card_ref)
        return _shown(card) if card else None

    shown = await request.app[DATABASE].look(view)
    if shown is None:
        raise _problem("unknown_card")
    return web.json_response(shown)


@routes.post("/v1/cards/{card_ref}/permissions")
async def permission(request: web.Request) -> web.Response:
    """Decided anew each time, also for a key seen before: an old yes must not outlive what it was about."""
    by = await issuer_calling(request, WRITE)
    idempotency_key(request)
    await read_json(request, NothingBody)
    card_ref, now = card_ref_of(request), request.app[CLOCK]()
    answer = await request.app[DATABASE].together(
        lambda session: permissions.ask_permission(session, by.partner, card_ref, now=now), urgent=True
    )
    if answer.result == "permitted":
        return web.json_response({"result": "permitted", "permission": answer.permission})
    until = {"until": rfc3339(answer.until)} if answer.until else {}
    return web.json_response({"result": "refused", "reason": answer.reason, **until})


@routes.post("/v1/cards/{card_ref}/reports")
async def report(request: web.Request) -> web.Response:
    by = await issuer_calling(request, WRITE)
    asked = await read_json(request, ReportBody)
    card_ref, now = card_ref_of(request), request.app[CLOCK]()

    def change(session: Session) -> Said:
        done = permissions.report(
            session, request.app[VAULT], by.partner, card_ref, asked.report, asked.permission, now=now
        )
        return _refused(done.fault, done.state) if done.fault else (200, {"state": done.state})

    return await repeatable(request, by, "cards.report", change)


@routes.post("/v1/cards/{card_ref}/own_rule")
async def own_rule(request: web.Request) -> web.Response:
    by = await issuer_calling(request, WRITE)
    asked = await read_json(request, OwnRuleBody)
    card_ref, now = card_ref_of(request), request.app[CLOCK]()

    def change(session: Session) -> Said:
        state = reconcile(session, request.app[VAULT], by.partner, card_ref, asked.rule, asked.at, now=now)
        return (200, {"state": state}) if state else _refused("unknown_card")

    return await repeatable(request, by, "cards.own_rule", change)


def _shown(card: Card) -> dict[str, Any]:
    return {
        "card_ref": card.card_ref,
        "state": card.state,
        "held_until": rfc3339(card.held_until),
        "last4": card.last4,
        "permission": card.permission if card.state == "permitted" else None,
        "lock": card.lock,
    }


def _problem(code: str, state: str | None = None) -> Problem:
    status, title = REFUSALS[code]
    return Problem(status, code, title, **({"state": state} if state else {}))


def _refused(code: str, state: str | None = None) -> Said:
    problem = _problem(code, state)
    return problem.status, problem.body
