"""The console on a public listener, and officers with a browser each that keeps cookies and fills in forms."""

import html
import io
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pyotp
from aiohttp import ClientSession, CookieJar, FormData
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from lianfang.database import Database
from lianfang.events import SYSTEM, Event, verify
from lianfang.privacy import Vault
from services.people.accounts import invitations, joining, logging_in, showing
from services.people.memory import Contact as Address
from services.people.memory import recognise
from services.reports.desk import desk_of
from services.reports.filing import file_report
from services.reports.told import Told
from tests.conftest import Hands

PASSWORD = "correct horse battery"
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    path: str
    text: str
    headers: Any

    def hidden(self, name: str) -> str:
        return html.unescape(dict(_HIDDEN.findall(self.text))[name])

    @property
    def refusal(self) -> str | None:
        found = re.search(r"<code>(\w+)</code></p>\s*</main>", self.text)
        return found[1] if found else None


@dataclass
class Browser:
    """Follows redirects, keeps cookies, sends the csrf token of the page it saw last."""

    http: ClientSession
    base: str
    page: Page | None = None

    async def open(self, path: str, *, follow: bool = True, headers: Mapping[str, str] | None = None) -> Page:
        async with self.http.get(
            f"{self.base}/console{path}", headers=headers, allow_redirects=follow
        ) as answer:
            self.page = Page(answer.status, answer.url.path, await answer.text(), answer.headers)
        return self.page

    async def send(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        csrf: str | None = None,
        follow: bool = True,
        **more: str,
    ) -> Page:
        if csrf is None:
            found = _CSRF.search(self.page.text if self.page else "")
            csrf = found[1] if found else ""
        async with self.http.post(
            f"{self.base}/console{path}", data={"csrf": csrf, **(form or {}), **more}, allow_redirects=follow
        ) as answer:
            self.page = Page(answer.status, answer.url.path, await answer.text(), answer.headers)
        return self.page

    async def upload(self, path: str, content: bytes, csrf: str | None = None) -> Page:
        """As a form with one file, the picture."""
        data = FormData()
        found = _CSRF.search(self.page.text if self.page else "")
        data.add_field("csrf", csrf if csrf is not None else found[1] if found else "")
        data.add_field("picture", io.BytesIO(content), filename="../x.svg", content_type="image/svg+xml")
        async with self.http.post(f"{self.base}/console{path}", data=data) as answer:
            self.page = Page(answer.status, answer.url.path, await answer.text(), answer.headers)
        return self.page


@dataclass
class Officer(Browser):
    """Somebody with an account; `person` is their id."""

    name: str = ""
    person: str = ""
    secret: str = field(default="", repr=False)

    def code(self, clock: Hands) -> str:
        return pyotp.TOTP(self.secret).at(clock())


@dataclass
class Console:
    """The running console."""

    server: TestServer
    database: Database
    vault: Vault
    clock: Hands
    browsers: list[ClientSession] = field(default_factory=list)

    @property
    def base(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    def browser(self) -> Browser:
        return Browser(self._http(), self.base)

    async def invite(self, role: str, organisation: str) -> str:
        issued = await self.database.together(
            lambda s: invitations.issue(s, self.vault, role, organisation, actor=SYSTEM, now=self.clock())
        )
        return issued.code

    async def officer(self, role: str, organisation: str | None = None, name: str | None = None) -> Officer:
        """Joined and logged in, without going through the pages."""
        name = name or f"{role}-{len(self.browsers)}".replace("_", "-")
        secret = pyotp.random_base32()
        code = await self.invite(role, organisation or f"org-{role}".replace("_", "-"))
        opening = joining.Opening(code, name, PASSWORD, secret, pyotp.TOTP(secret).at(self.clock()))
        token = await joining.open_account(self.database, self.vault, self.clock, opening)
        officer = Officer(self._http(), self.base, name=name, secret=secret)
        await self._give(officer, token)
        return officer

    async def enter(self, officer: Officer) -> None:
        """A new session for this officer's browser."""
        self.clock.move(seconds=30)
        attempt = logging_in.Attempt(officer.name, PASSWORD, officer.code(self.clock), "192.0.2.7")
        token = await logging_in.log_in(self.database, self.vault, self.clock, attempt)
        await self._give(officer, token)

    async def _give(self, officer: Officer, token: str) -> None:
        officer.http.cookie_jar.clear()
        officer.http.cookie_jar.update_cookies({"lianfang_console": token}, self.server.make_url("/console"))
        page = await officer.open("/me")
        assert page.status == 200, page.text
        found = await self.database.look(lambda s: showing.accounts(s, like=officer.name))
        officer.person = found[0].person

    def _http(self) -> ClientSession:
        http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.browsers.append(http)
        return http


class Desks(Console):
    """The console with people who report."""

    async def report(
        self, subject: str = "https://water-tw.top/pay", name: str = "U1", **told: object
    ) -> str:
        async with self.database.write() as session:
            known = await session.run_sync(
                recognise, self.vault, Address("line", name, f"in_{name}"), self.clock()
            )
        ground = await desk_of(self.database, self.vault, self.clock)
        said = Told(**{"kind": "site", "subject": subject, "channel": "line", **told})  # type: ignore[arg-type]
        filing = await self.database.together(lambda s: file_report(s, ground, known.person, said))
        return filing.report.number

    async def state(self, number: str) -> str:
        auditor = await self.officer("auditor")
        page = await auditor.open(f"/cases/{number}")
        found = re.search(r'class="tag tag-state">([^<]+)<', page.text)
        assert found is not None, page.text
        return found[1]

    async def take(self, officer: Officer, number: str, event: str, **given: str) -> Page:
        """As the form of the page sends it."""
        page = await officer.open(f"/cases/{number}")
        seen = re.search(r'name="seen" value="(\d+)"', page.text)
        form = {"seen": seen[1] if seen else "0", "do": "take", **given}
        page = await officer.send(f"/cases/{number}/steps/{event}", form)
        shown = re.search(r'name="seen_with" value="(\w+)"', page.text)
        if shown is None or form["do"] != "take":
            return page
        return await officer.send(f"/cases/{number}/steps/{event}", form, seen_with=shown[1])

    async def refusals(self) -> list[str]:
        async with self.database.read() as session:
            assert await verify(session) == []
            rows = await session.scalars(select(Event).where(Event.entity == "refusal").order_by(Event.id))
            return [str(row.reason) for row in rows]


@asynccontextmanager
async def running(
    server: TestServer, database: Database, vault: Vault, clock: Hands
) -> AsyncIterator[Console]:
    """Start it, and close every browser at the end."""
    await server.start_server()
    console = Console(server, database, vault, clock)
    try:
        yield console
    finally:
        for http in console.browsers:
            await http.close()
        await server.close()
