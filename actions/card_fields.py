"""What a goal about bought cards wants to know of them: serials, issuer, chain, time, invoice."""

from collections.abc import Mapping
from typing import Any

from actions.cards import (
    OTHER_CHAIN,
    find_amount,
    find_bought,
    find_chain,
    find_invoice,
    find_issuer,
    find_serials,
    moment_of,
    split_card,
    take_chain,
    take_serials,
)
from actions.goal import Field, Seen, Told, first
from actions.lock_words import NONE, cards_of, minute
from actions.turn import Turn
from lianfang.clock import rfc3339, utc_now
from services.locks.client import Card, Issuer, Purchase

NOT_KNOWN = {"key": "utter_not_known"}
ISSUERS = {"MyCard": "mycard", "GASH": "gash", "遊e卡": "youe", "Razer Gold": "razer", "貝殼幣": "garena"}
CHAINS = {"7-ELEVEN": "seven_eleven", "全家": "familymart", "萊爾富": "hilife", "OK超商": "okmart"}
WHY = "utter_why_card"


def issuer_of(told: Told, seen: Seen, name: str | None = None) -> Issuer | None:
    """The issuer that is meant, None when it is not told or not one we know of."""
    wanted = name or first(told, "issuer")
    rows = (row for row in seen.get("issuers", ()) if row["spoken"] == wanted)
    return next((Issuer(**{**row, "needs": tuple(row["needs"])}) for row in rows), None)


def _joins_not(told: Told, seen: Seen) -> bool:
    """Nothing is compared with sales that nobody registers, so where and when need not be asked for."""
    issuer = issuer_of(told, seen)
    return issuer is not None and issuer.status == NONE


def _is_matched_without(told: Told, seen: Seen) -> bool:
    return _joins_not(told, seen) or bool(told.get("serial") and told.get("invoice"))


SERIAL = Field(
    "serial",
    "utter_ask_serial",
    why=WHY,
    find=find_serials,
    take=take_serials,
    takes_anywhere=True,
    many=True,
    required=False,
    along=(
        ("issuer", "utter_along_issuer"),
        ("store", "utter_along_store"),
        ("bought", "utter_along_bought"),
    ),
)
ISSUER = Field(
    "issuer",
    "utter_ask_issuer",
    why=WHY,
    find=find_issuer,
    take=find_issuer,
    lacking="utter_lock_no_issuer",
    choices=tuple((name, f"btn.issuer_{one}") for name, one in ISSUERS.items()),
)
STORE = Field(
    "store",
    "utter_ask_store",
    why=WHY,
    find=find_chain,
    take=take_chain,
    required=False,
    needless=_is_matched_without,
    along=(("bought", "utter_along_bought"),),
    choices=(*((name, f"btn.chain_{one}") for name, one in CHAINS.items()), (OTHER_CHAIN, "btn.chain_other")),
)
BOUGHT = Field(
    "bought",
    "utter_ask_bought",
    why=WHY,
    find=find_bought,
    take=find_bought,
    required=False,
    needless=_is_matched_without,
)
INVOICE = Field("invoice", find=find_invoice, required=False)
AMOUNT = Field("amount", find=find_amount, required=False)
CARD_FIELDS = (SERIAL, ISSUER, STORE, BOUGHT, INVOICE, AMOUNT)


def cards(told: Told) -> list[Card]:
    """The cards as the lock service takes them; one without its serial when none is known.

    A name told later without a serial (不是 MyCard，是 GASH) is that of all.
    """
    common = first(told, "issuer") or ""
    pairs = [split_card(value) for value in told.get("serial", ())]
    named = {issuer for issuer, _ in pairs}
    is_corrected = None not in named and common not in named
    return [
        Card(common if issuer is None or is_corrected else issuer, serial) for issuer, serial in pairs
    ] or [Card(common)]


def purchase(told: Told, turn: Turn) -> Purchase:
    chain, bought, amount = first(told, "store"), first(told, "bought"), first(told, "amount")
    return Purchase(
        chain=None if chain == OTHER_CHAIN else chain,
        bought_at=rfc3339(moment_of(bought, turn.at or utc_now())) if bought else None,
        invoice=first(told, "invoice"),
        amount=int(amount) if amount else None,
    )


def show_cards(told: Told, seen: Seen) -> Mapping[str, Any]:
    """The cards in words, one line for each issuer, and where and when they were bought."""
    tails: dict[str, list[str | None]] = {}
    for card in cards(told):
        tails.setdefault(card.issuer, []).append(card.serial[-4:] if card.serial else None)
    return {
        "cards": [_line(name, found, issuer_of(told, seen, name)) for name, found in tails.items()],
        "where": _where(first(told, "store")),
        "when": _when(first(told, "bought")),
    }


def _line(name: str, tails: list[str | None], issuer: Issuer | None) -> Mapping[str, Any]:
    named = (issuer.name_zh, issuer.name_en) if issuer else (name, name)
    return {"key": "utter_card_line", "params": {"cards": cards_of(*named, tails)}}


def _where(chain: str | None) -> Any:
    if chain is None or chain == OTHER_CHAIN:
        return NOT_KNOWN
    return {"key": f"btn.chain_{CHAINS[chain]}"} if chain in CHAINS else chain


def _when(bought: str | None) -> Any:
    if bought is None:
        return NOT_KNOWN
    if "T" not in bought:
        return bought[5:].replace("-", "/")
    return {"key": "utter_around", "params": {"when": minute(bought)}}
