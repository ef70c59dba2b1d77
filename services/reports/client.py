"""The reports service for other processes: typed calls, no models."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from lianfang.client import InternalClient

BUDGET_SECONDS = 3.0
Kind = Literal["site", "sms", "phone", "line_id", "chat", "ad", "account"]
About = Literal["verdict", "listing", "block"]
NumberKind = Literal["account", "phone"]
Status = Literal["none", "sandbox", "live"]


@dataclass(frozen=True)
class Contact:
    """How 165 may reach the reporter, each only if given; stored encrypted with the case and nowhere else."""

    name: str | None = None
    phone: str | None = None
    mail: str | None = None


@dataclass(frozen=True)
class Way:
    """165's own way, for as long as nobody of 165 reads our reports."""

    phone: str
    url: str


@dataclass(frozen=True)
class Filed:
    """A report that is saved.

    `state`: of the case it belongs to, which others may have opened before; `others`: how many other persons reported
    the same; `again`: this person had reported it already, the number is that of the first time; `status`: of the
    partner "165" (design rule 11), from which the words follow: none = recorded here only, sandbox = 「示範」, live;
    `evidence_text`: what to paste at 165, in Chinese.
    """

    number: str
    lane: str
    state: str
    others: int
    again: bool
    status: Status
    way: Way
    evidence_text: str


@dataclass(frozen=True)
class Appealed:
    """An appeal that is saved; `found`: we have a listing or block of our own on it, else `way` is where to turn."""

    number: str
    state: str
    due_at: str | None
    found: bool
    way: Way


class ReportsClient:
    """Raises lianfang.client.ServiceUnavailable; ServiceRefused: subject_unreadable (422), too_many_reports (429)."""

    def __init__(self, http: InternalClient) -> None:
        self._http = http

    async def report(
        self,
        person: str,
        *,
        kind: Kind,
        subject: str,
        event: str,
        channel: str | None = None,
        brand: str | None = None,
        found: str | None = None,
        money_lost: int | None = None,
        check: str | None = None,
        contact: Contact | None = None,
        text: str | None = None,
        sender: str | None = None,
        seen_at: str | None = None,
        from_picture: bool = False,
        consent: bool = True,
    ) -> Filed:
        """File one report and get its number.

        `subject`: the address with its parameters, the number, the id, or the message itself (sms, ad); `brand`: whom
        it imitates, in words; `found`: where it was met (ad, sms, chat, search, other); `money_lost` in TWD; `check`:
        the person's own check it came from; `text`: evidence in the person's words; `sender`: whom the phone showed;
        `seen_at` RFC 3339; `consent`: the person agreed that 165 gets it, `contact` included.
        """
        answer = await self._http.post(
            "/v1/reports",
            {
                "lane": "site" if kind == "site" else "message",
                "kind": kind,
                "subject": subject,
                "channel": channel,
                "brand": brand,
                "found": found,
                "money_lost": money_lost,
                "check": check,
                "contact": vars(contact) if contact else None,
                "text": text,
                "sender": sender,
                "seen_at": seen_at,
                "from_picture": from_picture,
                "consent": consent,
            },
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
            idempotency_key=f"{event}:report:{_short(kind + subject)}",
        )
        return Filed(**{**answer, "way": Way(**answer["way"])})

    async def hotline(self) -> Status:
        """The status of the partner "165": what a person may be told that a report will reach."""
        answer = await self._http.get("/v1/hotline", budget=BUDGET_SECONDS)
        status: Status = answer["status"]
        return status

    async def give_contact(self, person: str, number: str, contact: Contact, *, event: str) -> None:
        """Add name, phone or mail to an own report. Raises ServiceRefused: case_not_found, act_not_open."""
        await self._http.post(
            f"/v1/reports/{quote(number, safe='')}/contact",
            vars(contact),
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
            idempotency_key=f"{event}:contact:{number}",
        )

    async def evidence_text(self, person: str, number: str) -> str:
        """The evidence of an own report as it stands now, to paste at 165. Raises ServiceRefused: case_not_found."""
        answer = await self._http.get(
            f"/v1/reports/{quote(number, safe='')}/evidence_text", budget=BUDGET_SECONDS, person=person
        )
        return str(answer["evidence_text"])

    async def appeal(
        self,
        person: str,
        *,
        about: About,
        subject: str,
        why: str,
        kind: NumberKind | None = None,
        event: str,
        channel: str | None = None,
        check: str | None = None,
    ) -> Appealed:
        """Object to a verdict, a listing or a block; `subject` as in `report`, `kind` of a number."""
        answer: Mapping[str, Any] = await self._http.post(
            "/v1/appeals",
            {
                "about": about,
                "subject": subject,
                "kind": kind,
                "why": why,
                "channel": channel,
                "check": check,
            },
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
            idempotency_key=f"{event}:appeal:{_short(about + (kind or '') + subject)}",
        )
        return Appealed(**{**answer, "way": Way(**answer["way"])})


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
