"""The console with a believable town, and a real Chromium to look at it; skips, saying so, where there is none."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_public_app
from services.console.figures.counting import figures_job
from services.locks.importing import load_shipped_issuers
from services.partners.joining import add_partner
from services.people.memory import Contact as Address
from services.people.memory import recognise
from services.registry.checking import Asker, run_check
from services.registry.requests import CheckRequest
from services.registry.seeding import load_seed
from services.reports.desk import desk_of
from services.reports.filing import file_report
from services.reports.told import Contact, Told
from tests.conftest import Hands
from tests.contract.consoling import Console, Officer, running

CHROMIUM = next(
    filter(
        None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    ),
    None,
)
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
SMS = "【中華郵政】您的包裹因地址不完整無法投遞，請於24小時內更新 https://post-tw-{n}.top/a"


@dataclass
class Town:
    """The console, its officers by role, and a number of a reported site."""

    console: Console
    chromium: Any
    number: str = ""
    faults: list[str] = field(default_factory=list)
    base: str = ""

    def __post_init__(self) -> None:
        self.base = f"{self.console.base}/console"

    async def page(
        self, officer: Officer | None = None, *, phone: bool = False, scripts: bool = False
    ) -> Any:
        """A tab of a new browser; without scripts, since every page has to work so."""
        context = await self.chromium.new_context(
            viewport=PHONE if phone else DESKTOP, locale="zh-TW", java_script_enabled=scripts
        )
        if officer is not None:
            [token] = [one.value for one in officer.http.cookie_jar if one.key == "lianfang_console"]
            await context.add_cookies(
                [{"name": "lianfang_console", "value": token, "url": f"{self.base}/", "httpOnly": True}]
            )
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", self._watch)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.faults.append(f"asks others: {request.url}")


async def go(page: Any, what: Any) -> None:
    """Click what leads to another page (a selector or a locator), and be there."""
    locator = page.locator(what) if isinstance(what, str) else what
    async with page.expect_navigation():
        await locator.click()


@pytest.fixture
async def chromium() -> AsyncIterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
async def town(chromium: Any, database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Town]:
    await load_seed(database, clock)
    await load_shipped_issuers(database, clock)
    server = TestServer(build_public_app(database, vault, clock, Settings(operator="Lianfang 測試")))
    async with running(server, database, vault, clock) as console:
        made = Town(console, chromium)
        made.number = await settle(console)
        yield made
        for context in chromium.contexts:
            await context.close()
        assert made.faults == []


async def settle(console: Console) -> str:
    """People report, ask and lose money; returns the number of the first reported site."""
    clock, database, vault = console.clock, console.database, console.vault
    persons, numbers = [], []
    for name in range(5):
        async with database.write() as session:
            known = await session.run_sync(
                recognise, vault, Address("line", f"U{name}", f"in_{name}"), clock()
            )
        persons.append(known.person)
    for number in range(8):
        told = Told(
            "site",
            f"https://water-tw-{number}.top/pay?id={number}",
            channel="line",
            brand="台灣自來水公司",
            found="sms",
            money_lost=30000 if number == 2 else None,
            text="收到簡訊說水費逾期，點進去要刷卡",
            contact=Contact("王小明", "0912345678", None),
        )
        ground = await desk_of(database, vault, clock)
        async with database.write() as session:
            filed = await session.run_sync(file_report, ground, persons[number % 5], told)
        numbers.append(filed.report.number)
        clock.move(minutes=15)
    ground = await desk_of(database, vault, clock)
    told = Told("line_id", "fastcash888", channel="line", money_lost=5000)
    await database.together(lambda s: file_report(s, ground, persons[0], told))
    for number, person in enumerate(persons[:3]):
        asker = Asker(person, f"in_check_{number}")
        await run_check(database, vault, clock, CheckRequest(text=SMS.format(n=number)), asker)
    await database.together(
        lambda s: add_partner(
            s, "gash", kind="issuer", name_zh="GASH", name_en="GASH", now=clock(), status="sandbox"
        )
    )
    await figures_job(database, clock).run()
    return numbers[0]
