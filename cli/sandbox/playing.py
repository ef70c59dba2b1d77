"""What partners do: sell a card, credit its points, report, refund; by HTTP with the partner's own key.

Issuers of the way `hub` register their sales and ask before they credit. Those of the way `api` keep their cards
to themselves: what happens to one is in their own books, and we ask them by webhook.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import quote

from cli.places import Failure
from cli.sandbox.calls import Answer, Partner
from cli.sandbox.cast import DELAY_HOURS, WAYS
from cli.sandbox.memory import Card, reference
from cli.sandbox.receiver import GONE
from cli.sandbox.stage import Stage
from lianfang.clock import rfc3339

Result = dict[str, Any]
Report = Literal["credited", "not_credited", "spent"]
STATES = {"credited": "credited", "not_credited": "sold", "spent": "spent"}


@dataclass(frozen=True)
class Sale:
    """A card goes over the counter; `amount` in TWD is its value and the receipt's total."""

    issuer: str
    serial: str
    chain: str
    at: datetime
    store: str | None = None
    invoice: str | None = None
    amount: int | None = None


def result(done: str, reason: str | None = None, **more: Any) -> Result:
    """The one line that a command prints."""
    return {"result": done, "reason": reason, **more}


async def sell(stage: Stage, sale: Sale) -> Result:
    """`sold`, or refused with the reason."""
    card = Card(reference(sale.issuer, sale.serial), sale.issuer, sale.serial, sale.chain, sale.at)
    if WAYS[sale.issuer] == "hub":
        body = {
            "card_ref": card.card_ref,
            "serial": sale.serial,
            "chain": sale.chain,
            "store": sale.store,
            "sold_at": rfc3339(sale.at),
            "face_value": sale.amount,
            "invoice_number": sale.invoice,
            "total": sale.amount,
        }
        answer = await _partner(stage, sale.issuer).post("/v1/cards", _without_none(body))
        if answer.code:
            return result("refused", answer.code)
    elif sale.at > stage.clock():
        return result("refused", "future_sale")
    stage.memory.sell(card)
    return result("sold", issuer=sale.issuer, card_ref=card.card_ref, held_until=rfc3339(_held_until(card)))


async def credit(stage: Stage, issuer: str, serial: str, *, reports: bool = True) -> Result:
    """`credited`, or refused: held, locked, credited, spent, refunded, unknown_card. Without a report: `permitted`."""
    card_ref = reference(issuer, serial)
    if WAYS[issuer] == "api":
        return _credit_by_own_books(stage, card_ref)
    answer = await _ask_permission(stage, issuer, card_ref)
    if answer.code or answer.body["result"] == "refused":
        return result("refused", answer.code or answer.body["reason"], **_until(answer))
    stage.memory.change(card_ref, "permitted", unless=GONE)
    if not reports:
        return result("permitted", permission=answer.body["permission"])
    return await report(stage, issuer, serial, "credited")


async def report(stage: Stage, issuer: str, serial: str, told: Report) -> Result:
    """What the issuer did after a permission; refused when it had none."""
    card_ref, body = reference(issuer, serial), {"report": str(told)}
    if told != "spent":
        asked = await _ask_permission(stage, issuer, card_ref)
        if asked.code or asked.body["result"] == "refused":
            return result("refused", asked.code or asked.body["reason"])
        body["permission"] = asked.body["permission"]
    answer = await _partner(stage, issuer).post(f"/v1/cards/{card_ref}/reports", body)
    if answer.code:
        return result("refused", answer.code)
    stage.memory.change(card_ref, STATES[told])
    return result(told)


async def credit_by_own_rule(stage: Stage, issuer: str, serial: str) -> Result:
    """The issuer could not reach us, has waited as long as it wants to, and tells us afterwards."""
    card_ref = reference(issuer, serial)
    body = {"rule": "credited", "at": rfc3339(stage.clock())}
    answer = await _partner(stage, issuer).post(f"/v1/cards/{card_ref}/own_rule", body)
    if answer.code:
        return result("refused", answer.code)
    stage.memory.change(card_ref, "credited")
    return result("credited", "own_rule")


async def refund(stage: Stage, proof: str, chain: str, invoice: str | None) -> Result:
    """The store takes the card back against the proof; the invoice it reads off the receipt may confirm the lock."""
    body = _without_none({"receipt": invoice})
    answer = await _partner(stage, chain).post(f"/v1/refunds/{quote(proof, safe='')}", body)
    if answer.code:
        return result("refused", answer.code)
    return result("refunded", chain=chain)


def _credit_by_own_books(stage: Stage, card_ref: str) -> Result:
    card = stage.memory.card(card_ref)
    if card is None:
        return result("refused", "unknown_card")
    if card.state == "sold" and stage.clock() < _held_until(card):
        return result("refused", "held", until=rfc3339(_held_until(card)))
    if stage.memory.change(card_ref, "credited", unless={*GONE, "locked"}):
        return result("credited")
    now = stage.memory.card(card_ref) or card
    return result("refused", now.state)


async def _ask_permission(stage: Stage, issuer: str, card_ref: str) -> Answer:
    """While a card is permitted, asking again gives the same permission."""
    return await _partner(stage, issuer).post(f"/v1/cards/{card_ref}/permissions", {})


def _partner(stage: Stage, partner: str) -> Partner:
    credentials = stage.memory.credentials(partner)
    if credentials is None:
        raise Failure(f"the sandbox has no partner {partner!r}", status=1)
    return Partner(stage.public, credentials.key)


def _held_until(card: Card) -> datetime:
    return card.sold_at + timedelta(hours=DELAY_HOURS)


def _until(answer: Answer) -> Result:
    until = answer.body.get("until")
    return {"until": until} if until else {}


def _without_none(values: Result) -> Result:
    return {name: value for name, value in values.items() if value is not None}
