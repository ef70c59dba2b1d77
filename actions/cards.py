"""Reads what is told of bought cards: their serials, whose cards they are, the chain, the time, the invoice. Pure rules."""

import re
from datetime import datetime

from actions.goal import Heard, Values
from lianfang.clock import TAIPEI, UTC, rfc3339
from lianfang.text.find import find_all
from lianfang.text.moments import find_moments
from lianfang.text.normalise import normalise, to_traditional

MOST_CARDS = 10
OF = ":"  # between a card's issuer and its serial

_SERIAL_LABEL = re.compile(r"序\s?[號列]|卡號|serial", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?<![A-Z0-9-])(?=(?:[A-Z-]*\d){4})[A-Z0-9]+(?:-[A-Z0-9]+){0,6}(?![A-Z0-9-])", re.IGNORECASE
)
_CALENDAR = re.compile(r"20\d\d-\d{1,2}-\d{1,2}")
SHORTEST_SERIAL, LONGEST_SERIAL = 8, 24
SHORTEST_PIN = 6
_INVOICE = re.compile(r"(?<![A-Z0-9])([A-Z]{2})[- ]?(\d{8})(?!\d)", re.IGNORECASE)
_NAMED_INVOICE = re.compile(
    r"(?:發票|統一發票|\binvoice\b|\breceipt\b)[^A-Za-z0-9]{0,6}(?:號碼?|字軌|no\.?|number)?[^A-Za-z0-9]{0,4}(?:is )?"
    rf"{_INVOICE.pattern}",
    re.IGNORECASE,
)
_SOME_OTHER_SHOP = re.compile(
    r"其他|別的|書局|書店|網路|網購|線上|蝦皮|\bother\b|\bonline\b|somewhere else", re.IGNORECASE
)
OTHER_CHAIN = "other"


def find_serials(heard: Heard) -> Values:
    """Those that are surely serials, with their issuer where one is named beside them."""
    if mixes_two_kinds(heard):
        return ()
    return _with_issuers(heard, [found.value for found in find_all(heard.text) if found.kind == "serial"])


def take_serials(heard: Heard) -> Values:
    """In the answer to "which serial": whatever can be one."""
    if mixes_two_kinds(heard):
        return ()
    possible = [token for token in _tokens(heard) if SHORTEST_SERIAL <= len(token) <= LONGEST_SERIAL]
    return find_serials(heard) or tuple(possible)[:MOST_CARDS]


def mixes_two_kinds(heard: Heard) -> bool:
    """Numbers of different make and no word which of them is the serial: one may be the PIN, so none is taken."""
    if _SERIAL_LABEL.search(heard.text) or len(heard.entities.get("issuer", ())) > 1:
        return False
    return len({(len(token), token.isdigit()) for token in _tokens(heard)}) > 1


def _tokens(heard: Heard) -> Values:
    plain = _NAMED_INVOICE.sub(" ", normalise(heard.text))
    others = {
        found.value
        for found in find_all(plain)
        if found.kind not in {"serial", "account", "order_id", "code"}
    }
    found = [match[0] for match in _TOKEN.finditer(plain) if not _CALENDAR.fullmatch(match[0])]
    tokens = dict.fromkeys(token.replace("-", "").upper() for token in found)
    return tuple(token for token in tokens if len(token) >= SHORTEST_PIN and token not in others)


def _with_issuers(heard: Heard, serials: list[str]) -> Values:
    issuers = dict(zip(heard.named.get("issuer", ()), heard.entities.get("issuer", ()), strict=False))
    invoices = _invoices(heard.text)
    cards = [serial for serial in dict.fromkeys(serials) if serial not in invoices]
    if issuers:
        cards = [f"{_nearest(heard.text, serial, issuers)}{OF}{serial}" for serial in cards]
    return tuple(cards)[:MOST_CARDS]


def _nearest(text: str, serial: str, issuers: dict[str, str]) -> str:
    """The issuer named last before the serial, else the first of all."""
    plain = text.upper().replace("-", "").replace(" ", "")
    place = plain.find(serial)
    before = [
        (plain.rfind(name.upper().replace(" ", ""), 0, place), issuer) for name, issuer in issuers.items()
    ]
    last = max(before)
    return last[1] if last[0] >= 0 else next(iter(issuers.values()))


def split_card(value: str) -> tuple[str | None, str]:
    """Issuer, if it was named beside it, and serial."""
    issuer, _, serial = value.rpartition(OF)
    return issuer or None, serial


def find_issuer(heard: Heard) -> Values:
    return heard.entities.get("issuer", ())


def find_chain(heard: Heard) -> Values:
    return heard.entities.get("store", ())


def take_chain(heard: Heard) -> Values:
    if find_chain(heard):
        return find_chain(heard)
    is_other = _SOME_OTHER_SHOP.search(to_traditional(normalise(heard.text)))
    return (OTHER_CHAIN,) if is_other else ()


def find_bought(heard: Heard) -> Values:
    """A moment as `2026-11-21T07:00:00.000Z`, or the day alone as `2026-11-21`; the later of a correction counts."""
    if heard.at is None:
        return ()
    moments = find_moments(heard.text, heard.at)
    return tuple(
        f"{one.at.astimezone(TAIPEI):%Y-%m-%d}" if one.exact == "day" else rfc3339(one.at) for one in moments
    )


def moment_of(bought: str, now: datetime) -> datetime:
    """UTC; of a day without an hour its noon, which is within a day of all of it."""
    if "T" in bought:
        return datetime.fromisoformat(bought)
    noon = datetime.fromisoformat(f"{bought}T12:00:00").replace(tzinfo=TAIPEI)
    return min(noon.astimezone(UTC), now)


def find_amount(heard: Heard) -> Values:
    """TWD as figures."""
    return tuple(amount for amount in heard.entities.get("amount", ()) if amount.isdigit())[:1]


def _invoices(text: str) -> Values:
    return tuple((match[1] + match[2]).upper() for match in _NAMED_INVOICE.finditer(normalise(text)))


def find_invoice(heard: Heard) -> Values:
    """Called an invoice number in the sentence."""
    return _invoices(heard.text)[:1]


def take_invoice(heard: Heard) -> Values:
    """In the answer to "which invoice", without its name too."""
    return tuple((match[1] + match[2]).upper() for match in _INVOICE.finditer(normalise(heard.text)))[:1]
