"""Every page, on a desk and on a phone: nothing that axe calls a fault, nothing wider than the screen."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Town, go

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True, ids=[""])

SCREENSHOTS = os.environ.get("LIANFANG_SCREENSHOTS")
PAGES = {
    "165": ("/", "/queues/site/reported", "/cases/{number}", "/campaigns", "/indicators", "/figures", "/me", "/nothing"),
    "admin": ("/", "/accounts", "/accounts/{person}", "/invitations", "/partners", "/partners/gash", "/limits"),
    "registry_desk": (
        "/registry", "/registry/organisations/taiwan-water-corporation", "/registry/numbers?q=1", "/registry/issuers",
        "/registry/change?kind=domain&operation=add&about_organisation=taiwan-water-corporation",
        "/registry/change?kind=issuer&operation=change&about_issuer=gash", "/registry/proposals", "/announcements",
        "/announcements/new",
    ),
    "issuer": ("/", "/announcements"),
    "auditor": ("/", "/audit", "/audit?entity=case", "/queues/lock/provisional"),
}  # fmt: skip
STRANGERS = ("/log-in", "/join")


async def faults_of(page: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.async_playwright", reason="axe is not installed")
    found = (await axe.Axe().run(page)).response["violations"]
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:120]}" for one in found]


async def look(page: Any, town: Town, path: str, name: str) -> None:
    await page.goto(town.base + path)
    assert await faults_of(page) == [], path
    wide = await page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], path
    assert await page.locator("h1").count() == 1, path
    if SCREENSHOTS:
        await page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("role", sorted(PAGES))
async def test_pages_of_a_role(town: Town, role: str, phone: bool) -> None:
    officer = await town.console.officer(role, "cib")
    page = await town.page(officer, phone=phone, scripts=True)
    for number, path in enumerate(PAGES[role]):
        where = path.format(number=town.number, person=officer.person)
        await look(page, town, where, f"{role}-{number}-{'phone' if phone else 'desk'}")


async def test_a_chart_can_be_read_on_a_phone(town: Town) -> None:
    page = await town.page(await town.console.officer("auditor"), phone=True, scripts=True)
    await page.goto(f"{town.base}/figures")
    heights = [(await text.bounding_box())["height"] for text in await page.locator(".grid-text").all()]
    assert heights
    assert min(heights) >= 10


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
async def test_pages_of_strangers(town: Town, phone: bool) -> None:
    page = await town.page(phone=phone, scripts=True)
    for path in STRANGERS:
        await look(page, town, path, f"{path[1:]}-{'phone' if phone else 'desk'}")
    await page.fill("#invitation", await town.console.invite("165", "cib"))
    await go(page, "main button")
    assert await faults_of(page) == []
    await page.goto(f"{town.base}/log-in")
    await page.fill("#name", "nobody")
    await page.fill("#password", "nothing")
    await page.fill("#code", "000000")
    await go(page, "main button")
    assert await page.locator(".note-fault").count() == 1
    assert await faults_of(page) == []


async def test_pages_in_english(town: Town) -> None:
    page = await town.page(await town.console.officer("165", "cib"), scripts=True)
    await page.goto(f"{town.base}/")
    await go(page, "text=English")
    for path in ("/", "/queues/site/reported", f"/cases/{town.number}", "/figures"):
        await look(page, town, path, f"english-{path.strip('/').replace('/', '-') or 'home'}")
        assert await page.locator("html").get_attribute("lang") == "en"
