"""The cases service for other processes: typed calls, no models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from lianfang.client import InternalClient, ServiceRefused

BUDGET_SECONDS = 3.0
Act = Literal["withdraw", "wrong", "object"]


@dataclass(frozen=True)
class Case:
    """A person's own case; `may` is what the owner can do with it now, `shown` the lane's parameters for words."""

    number: str
    lane: str
    state: str
    opened_at: str
    changed_at: str
    due_at: str | None
    ended: bool
    joined: bool
    may: tuple[str, ...]
    shown: Mapping[str, Any]


class CasesClient:
    """Raises lianfang.client.ServiceUnavailable when the service does not answer."""

    def __init__(self, http: InternalClient) -> None:
        self._http = http

    async def mine(self, person: str) -> list[Case]:
        """The person's latest cases, newest first."""
        answer = await self._http.get("/v1/cases", budget=BUDGET_SECONDS, person=person)
        return [_case(row) for row in answer["cases"]]

    async def one(self, person: str, number: str) -> Case | None:
        """The person's case of this number; None for foreign and unknown ones alike."""
        try:
            path = f"/v1/cases/{quote(number, safe='')}"
            return _case(await self._http.get(path, budget=BUDGET_SECONDS, person=person))
        except ServiceRefused:
            return None

    async def act(self, person: str, number: str, act: Act, *, event: str) -> Case:
        """Withdraw, say "I was wrong", object. Raises ServiceRefused: case_not_found, act_not_open."""
        answer = await self._http.post(
            f"/v1/cases/{quote(number, safe='')}/acts",
            {"act": act},
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
            idempotency_key=f"{event}:{act}:{number}",
        )
        return _case(answer)

    async def add_evidence(self, person: str, number: str, body: str, *, event: str) -> Case:
        """Keep the person's own words with the case. Raises ServiceRefused: case_not_found, too_much_evidence."""
        answer = await self._http.post(
            f"/v1/cases/{quote(number, safe='')}/evidence",
            {"kind": "text", "body": body},
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
            idempotency_key=f"{event}:evidence:{number}",
        )
        return _case(answer)


def _case(row: Mapping[str, Any]) -> Case:
    return Case(
        number=row["number"],
        lane=row["lane"],
        state=row["state"],
        opened_at=row["opened_at"],
        changed_at=row["changed_at"],
        due_at=row["due_at"],
        ended=row["ended"],
        joined=row["joined"],
        may=tuple(row["may"]),
        shown=row["shown"],
    )
