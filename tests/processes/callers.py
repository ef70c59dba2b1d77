"""People and officers who ask the services process; whoever gets no answer asks again, exactly as before."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Literal

import aiohttp
import pyotp

from lianfang.client import InternalClient, ServiceUnavailable
from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import SYSTEM
from lianfang.privacy import Vault
from services.console.cookies import SESSION
from services.people.accounts import invitations, joining
from services.reports.client import ReportsClient
from tests.conftest import PATIENCE
from tests.contract.consoling import PASSWORD, Browser
from tests.processes.chain import until
from tests.processes.services import INTERNAL_KEY, Services

Office = tuple[str, str]  # role, organisation
Asking = Callable[[], Awaitable[None]]
WEIGH = frozenset({"verify", "list", "approve"})  # shown with its effect before it is taken


@dataclass
class Matter:
    """A report and the appeal against it; `numbers` as they were answered."""

    kind: Literal["site", "line_id"]
    subject: str
    owner: str
    objector: str
    moment: int  # in its hops, at which the process dies
    numbers: list[str] = field(default_factory=list)


class Callers:
    """`request` makes what one of them sends."""

    def __init__(self, services: Services, database: Database, vault: Vault, clock: Clock) -> None:
        self._services, self._database, self._vault, self._clock = services, database, vault, clock
        self._http = InternalClient(services.internal, INTERNAL_KEY, patience=PATIENCE)
        self._reports = ReportsClient(self._http)
        self._officers: dict[Office, Browser] = {}

    async def join(self, role: str, organisation: str) -> None:
        """An officer with an account, logged in."""
        secret, now = pyotp.random_base32(), self._clock()
        issued = await self._database.together(
            lambda session: invitations.issue(session, self._vault, role, organisation, actor=SYSTEM, now=now)
        )
        code = pyotp.TOTP(secret).at(now)
        opening = joining.Opening(issued.code, organisation, PASSWORD, secret, code)
        token = await joining.open_account(self._database, self._vault, self._clock, opening)
        http = aiohttp.ClientSession(cookies={SESSION: token})
        self._officers[role, organisation] = Browser(http, self._services.public)

    async def close(self) -> None:
        await self._http.close()
        for officer in self._officers.values():
            await officer.http.close()

    async def request(self, matter: Matter, event: str, office: Office | None) -> Asking:
        """A step as it stands in the console's form; without an office, a person's report or appeal."""
        if office is None:
            return partial(self._tell, matter, event)
        officer, path = self._officers[office], f"/cases/{matter.numbers[-1]}"
        page = await officer.open(path)
        form = {
            **{name: page.hidden(name) for name in ("csrf", "seen")},
            "do": "take",
            "until": (self._clock() + timedelta(days=30)).date().isoformat(),
            "scope": "host",
            "legal_basis": "fraud_act_42",
            "unit": "moda-adi",
            "reason": "wrongly_listed",
        }
        path += f"/steps/{event}"
        if event in WEIGH:
            form["seen_with"] = (await officer.send(path, form)).hidden("seen_with")
        return partial(self._take, officer, path, form)

    async def _take(self, officer: Browser, path: str, form: dict[str, str]) -> None:
        """Done, or it was done the first time."""
        page = await officer.send(path, form)
        assert page.status == 200 or page.refusal in {"not_now", "changed_meanwhile"}, page.text

    async def _tell(self, matter: Matter, event: str) -> None:
        number = await (self._appeal(matter) if event == "appeal" else self._report(matter))
        if number not in matter.numbers:
            matter.numbers.append(number)

    async def _report(self, matter: Matter) -> str:
        """The person stands for the turn of the conversation: the key stays the same."""
        who, subject = matter.owner, matter.subject
        filed = await self._reports.report(who, kind=matter.kind, subject=subject, event=who)
        return filed.number

    async def _appeal(self, matter: Matter) -> str:
        who, subject = matter.objector, matter.subject
        filed = await self._reports.appeal(who, about="listing", subject=subject, why="這是我的", event=who)
        return filed.number


def insist(asking: Sequence[Asking]) -> list[asyncio.Task[Any]]:
    """Each asks until it is answered."""
    return [asyncio.create_task(until(partial(_is_answered, ask), every=0.02)) for ask in asking]


async def _is_answered(ask: Asking) -> bool:
    try:
        await ask()
    except (ServiceUnavailable, aiohttp.ClientError):
        return False
    return True
