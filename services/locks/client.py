"""The lock service for other processes: typed calls, no models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from lianfang.client import InternalClient

BUDGET_SECONDS = 3.0
Json = dict[str, Any]

Words = Literal[
    "recorded",  # the issuer has not joined: our number, and the person's own way to the issuer
    "requested",  # it has joined: requested, nothing else can be said (also for wrong, foreign, unknown serials)
    "asked",  # it is asked by us and has not answered yet; we keep trying
    "waiting",  # the card is being credited at this moment; the issuer is asked how that ended
    "locked",  # until `expires_at`, or for good once confirmed
    "confirmed",
    "refunded",
    "too_late",  # the points are credited: what is still possible
    "objected",  # somebody says the card is theirs; locked until officers have decided
    "released",
    "expired",
    "closed",
]


@dataclass(frozen=True)
class CardCase:
    """One card's case, for words: times are RFC 3339, amounts TWD, `issuer` and `chain` ids.

    `status`: the issuer's (none | sandbox | live); with none no sentence claims a lock, with sandbox each one
    says 「示範」. `way`: hub | api | manual as it works today, so manual with status none.
    `proof` is shown to nobody but the owner; `proof_url` is the page for the till, `proof_image` its QR code (PNG).
    """

    number: str
    state: str
    words: Words
    issuer: str
    issuer_zh: str
    issuer_en: str
    last4: str | None
    status: str
    way: str
    outsider: bool
    waiting: bool
    again: bool  # the person had this case already
    chain: str | None
    chain_zh: str | None
    chain_en: str | None
    chain_status: str
    amount: int | None
    refund_rule: str
    needs: tuple[str, ...]
    hotline: str | None
    url: str | None
    page: str | None  # what `url` is: lock | service | site
    verified_on: str
    locked_at: str | None
    expires_at: str | None
    confirmed_by: str | None  # receipt | report_165_told | officer
    proof: str | None
    proof_url: str | None
    proof_image: str | None
    outcome: str | None = None  # of confirm, release and object; see there


@dataclass(frozen=True)
class Issuer:
    """An issuer as data; `spoken` is the name the core reads it as, None means we do not know."""

    id: str
    name_zh: str
    name_en: str
    spoken: str
    status: str
    way: str
    delay_hours: int | None
    refund_rule: str
    needs: tuple[str, ...]
    url: str | None
    page: str | None
    hotline: str | None
    verified_on: str
    outsider: bool


@dataclass(frozen=True)
class Card:
    """A card as the person told it: `issuer` by id or by the name the core reads; never the PIN."""

    issuer: str
    serial: str | None = None
    last4: str | None = None


@dataclass(frozen=True)
class Purchase:
    """Where and when the cards were bought; `chain` by id or name, `bought_at` RFC 3339, `amount` TWD."""

    chain: str | None = None
    store: str | None = None
    bought_at: str | None = None
    invoice: str | None = None
    amount: int | None = None


@dataclass(frozen=True)
class Story:
    """When the person first wrote about it, on which channel, whether the scammer has the serial."""

    first_message_at: str
    channel: str
    given_to_scammer: bool | None = None


@dataclass(frozen=True)
class Receipt:
    """What confirms a lock: an invoice number with its total or store, or the number of a report to 165."""

    invoice: str | None = None
    amount: int | None = None
    store: str | None = None
    report_165: str | None = field(default=None)


class LocksClient:
    """Raises lianfang.client.ServiceUnavailable, and ServiceRefused with the codes named at each call."""

    def __init__(self, http: InternalClient) -> None:
        self._http = http

    async def request(
        self, person: str, cards: Sequence[Card], purchase: Purchase, story: Story, *, event: str
    ) -> list[CardCase]:
        """Lock these cards, one case for each, in their order. ServiceRefused: unknown_issuer, unknown_chain."""
        body = {
            "cards": [_without_none(vars(card)) for card in cards],
            **_without_none(vars(purchase)),
            **_without_none(vars(story)),
        }
        answer = await self._post("/v1/locks/requests", body, person, event, "lock")
        return [_case(row) for row in answer["cases"]]

    async def confirm(self, person: str, number: str, receipt: Receipt, *, event: str) -> CardCase:
        """Add what confirms the lock. `outcome`: confirmed | pending (165 is asked) | differs | recorded | not_open.

        ServiceRefused: case_not_found.
        """
        return await self._act(person, number, "confirm", _without_none(vars(receipt)), event)

    async def release(self, person: str, number: str, *, event: str) -> CardCase:
        """Take the own lock or request back. `outcome`: released | withdrawn | not_open. ServiceRefused: case_not_found."""
        return await self._act(person, number, "release", {}, event)

    async def object(self, person: str, number: str, *, event: str) -> CardCase:
        """Object to the lock that stands before one's own request. `outcome`: objected | recorded.

        ServiceRefused: case_not_found.
        """
        return await self._act(person, number, "object", {}, event)

    async def object_to_card(
        self, person: str, card: Card, purchase: Purchase, *, event: str
    ) -> CardCase | None:
        """The holder of a wrongly locked card objects; None when these details open no locked card.

        ServiceRefused: unknown_issuer, unknown_chain.
        """
        body = {**_without_none(vars(card)), **_without_none(vars(purchase))}
        answer = await self._post("/v1/locks/objections", body, person, event, "object")
        return _case(answer["case"]) if answer["case"] else None

    async def mine(self, person: str) -> list[CardCase]:
        """The person's own locks and requests, newest first."""
        answer = await self._http.get("/v1/locks/mine", budget=BUDGET_SECONDS, person=person)
        return [_case(row) for row in answer["cases"]]

    async def proof(self, person: str, number: str) -> CardCase | None:
        """The own case with its proof; None for foreign and unknown numbers alike."""
        return next((case for case in await self.mine(person) if case.number == number), None)

    async def issuers(self) -> list[Issuer]:
        """Every issuer we know of, outsiders last."""
        answer = await self._http.get("/v1/issuers", budget=BUDGET_SECONDS)
        return [Issuer(**{**row, "needs": tuple(row["needs"])}) for row in answer["issuers"]]

    async def _act(self, person: str, number: str, act: str, body: Json, event: str) -> CardCase:
        path = f"/v1/locks/{quote(number, safe='')}/{act}"
        return _case(await self._post(path, body, person, event, f"{act}:{number}"))

    async def _post(self, path: str, body: Json, person: str, event: str, operation: str) -> Json:
        answer: Json = await self._http.post(
            path,
            body,
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
            idempotency_key=f"{event}:{operation}",
        )
        return answer


def _without_none(values: Mapping[str, Any]) -> Json:
    return {name: value for name, value in values.items() if value is not None}


def _case(row: Mapping[str, Any]) -> CardCase:
    return CardCase(**{**row, "needs": tuple(row["needs"])})
