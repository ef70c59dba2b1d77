"""The registry desk at its pages: one proposes, another approves, and the next check knows it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_public_app
from services.locks.importing import import_issuers, load_shipped_issuers
from services.locks.issuer_records import read_issuer
from services.locks.issuers import shipped_issuers
from services.registry.seeding import load_seed
from tests.conftest import Hands
from tests.contract.consoling import Console, Officer, Page, running

WATER = "taiwan-water-corporation"
DOMAIN = {
    "kind": "domain",
    "operation": "add",
    "about_organisation": WATER,
    "about_domain": "water-bill.tw",
    "role": "official",
    "confirmed": "yes",
    "evidence": "來函 2026-11-20",
    "verified_on": "2026-11-20",
}


@pytest.fixture
async def console(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Console]:
    await load_seed(database, clock)
    await load_shipped_issuers(database, clock)
    server = TestServer(build_public_app(database, vault, clock, Settings(operator="Test")))
    async with running(server, database, vault, clock) as one:
        yield one


async def ask(officer: Officer, **changes: str) -> Page:
    """A change filled in by a browser that saw the form."""
    await officer.open("/registry")
    return await officer.send("/registry/change", DOMAIN | changes)


def proposal_in(page: Page) -> str:
    found = re.search(r"/registry/proposals/dp_\w+", page.path + page.text)
    assert found is not None, page.text
    return found[0]


async def test_a_domain_is_added_by_two(console: Console) -> None:
    one, other = (
        await console.officer("registry_desk", "lianfang"),
        await console.officer("registry_desk", "moda"),
    )
    page = await one.open(f"/registry/organisations/{WATER}")
    assert "water.gov.tw" in page.text
    form = await one.open(f"/registry/change?kind=domain&operation=add&about_organisation={WATER}")
    assert 'name="about_domain"' in form.text
    preview = await ask(one)
    assert preview.status == 200
    assert "這一步會" in preview.text
    assert "water-bill.tw" not in (await one.open(f"/registry/organisations/{WATER}")).text
    page = await ask(one, do="take", note="請看來函")
    assert "等登記處另一個人核准" in page.text
    path = proposal_in(page)
    assert (await one.send(f"{path}/approve")).refusal == "second_person"
    page = await other.open(path)
    assert "請看來函" in page.text
    page = await other.send(f"{path}/approve", reason="看過來函")
    assert "已核准" in page.text
    console.clock.move(seconds=16)
    assert "water-bill.tw" in (await one.open(f"/registry/organisations/{WATER}")).text
    page = await other.open(path)
    page = await other.send(f"{path}/undo")
    assert "已退回" in page.text
    assert "water-bill.tw" not in (await one.open(f"/registry/organisations/{WATER}")).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"about_domain": "gov.tw"}, "公共字尾"),
        ({"about_domain": "not a domain"}, "invalid"),
        ({"evidence": ""}, "evidence"),
        ({"verified_on": "2027-01-01"}, "查證日期在未來"),
        ({"confirmed": ""}, "confirmed"),
        ({"about_domain": "water.gov.tw"}, "已經有這一筆資料"),
    ],
)
async def test_what_cannot_be_a_fact_is_not_proposed(
    console: Console, changes: dict[str, str], words: str
) -> None:
    officer = await console.officer("registry_desk", "lianfang")
    page = await ask(officer, **changes, do="take")
    assert page.status == 422
    assert words in page.text or "這些欄位不對" in page.text
    assert "沒有這個狀態的提案" in (await officer.open("/registry/proposals")).text


async def test_a_change_sends_only_what_changes(console: Console) -> None:
    officer = await console.officer("registry_desk", "lianfang")
    form = await officer.open(
        f"/registry/change?kind=organisation&operation=change&about_organisation={WATER}"
    )
    filled = {
        name: re.search(rf'name="{name}" value="([^"]*)"', form.text) for name in ("name_zh", "name_en")
    }
    assert all(filled.values())
    texts = dict(re.findall(r'<textarea id="field-(\w+)"[^>]*>([^<]*)</textarea>', form.text))
    category = re.search(r'<option value="(\w+)" selected>', form.text)
    day = re.search(r'name="verified_on" value="([0-9-]+)"', form.text)
    assert category is not None
    assert day is not None
    same = {
        "kind": "organisation",
        "operation": "change",
        "about_organisation": WATER,
        "category": category[1],
        "verified_on": day[1],
        **{name: found[1] for name, found in filled.items() if found},
        **texts,
    }
    page = await officer.send("/registry/change", same)
    assert "沒有任何改變" in page.text
    page = await officer.send("/registry/change", same | {"name_en": "Taiwan Water"})
    assert "Taiwan Water" in page.text
    assert page.text.count("<tr><th") == 1 + 1


async def gash_now(console: Console) -> dict[str, Any]:
    found = await console.database.look(lambda session: read_issuer(session, "gash"))
    assert found is not None
    return found


async def change_gash(console: Console, **changes: str) -> tuple[Officer, str]:
    """By two officers, with what it needs cut to the first; returns the second, and where the proposal is."""
    one, other = (
        await console.officer("registry_desk", "lianfang"),
        await console.officer("registry_desk", "moda"),
    )
    page = await one.open("/registry/issuers")
    assert "MyCard" in page.text
    before = await gash_now(console)
    form = {name: "" if value is None else str(value) for name, value in before.items() if name != "needs"}
    asked = {**form, "kind": "issuer", "operation": "change", "about_issuer": "gash", **changes}
    asked["needs"] = before["needs"][0]
    await one.open("/registry")
    page = await one.send("/registry/change", asked)
    assert page.status == 200, page.text
    page = await one.send("/registry/change", asked, do="take")
    path = proposal_in(page)
    await other.open(path)
    page = await other.send(f"{path}/approve")
    assert "已核准" in page.text
    return other, path


async def test_an_issuer_is_changed_by_two(console: Console) -> None:
    before = await gash_now(console)
    await change_gash(console, delay_hours="24")
    after = await gash_now(console)
    assert (after["delay_hours"], after["needs"]) == (24, [before["needs"][0]])


async def test_what_the_desk_decided_about_an_issuer_outlasts_an_import(console: Console) -> None:
    shipped = {one.id: one for one in shipped_issuers()}
    other, path = await change_gash(console, delay_hours="24", verified_on="2026-11-21")
    decided = await gash_now(console)
    assert await import_issuers(console.database, list(shipped.values()), console.clock()) == 0
    assert await gash_now(console) == decided
    later = [replace(shipped["gash"], delay_hours=36, hotline="02-1234-5678")]
    assert await import_issuers(console.database, later, console.clock()) == 1
    assert await gash_now(console) == {**decided, "hotline": "02-1234-5678"}
    await other.open(path)
    assert (await other.send(f"{path}/undo")).status == 200
    assert await import_issuers(console.database, later, console.clock()) == 1
    now = await gash_now(console)
    assert (now["delay_hours"], now["needs"]) == (36, list(shipped["gash"].needs))


async def test_an_agency_announces_what_it_sends(console: Console) -> None:
    staff = await console.officer("authority", WATER)
    desk = await console.officer("registry_desk", "lianfang")
    stranger = await console.officer("authority", "moda")
    await staff.open("/announcements/new")
    form = {
        "organisation": WATER,
        "sender": "111",
        "text": "台灣自來水公司提醒：您的水費 {amount} 元將於 {date} 到期，請至超商或銀行繳納。",
        "starts_on": "2026-11-22",
        "ends_on": "2026-12-21",
    }
    preview = await staff.send("/announcements/new", form)
    assert preview.status == 200, preview.text
    assert "填好的範例會得到" in preview.text
    assert ">11/22 00:00<" in preview.text
    assert "公告過（" in preview.text
    assert "<code>announced" not in preview.text
    page = await staff.send("/announcements/new", form, do="take")
    path = proposal_in(page)
    assert (await staff.send(f"{path}/approve")).refusal == "not_permitted"
    assert (await stranger.open(path)).status == 404
    await desk.open(path)
    assert "已核准" in (await desk.send(f"{path}/approve")).text
    assert "生效中" in (await staff.open("/announcements")).text
    for officer in (staff, desk):
        page = await officer.open(path)
        assert '<time datetime="2026-12-21T16:00:00.000Z">12/22 00:00</time>' in page.text
        assert re.findall(r'href="/console(/\w*)" aria-current="page"', page.text) == ["/announcements"]
    for changes, words in (
        ({"ends_on": "2027-12-01"}, "最長 92 天"),
        ({"ends_on": "nonsense"}, "最長 92 天"),
        ({"sender": "12345"}, "發送號碼不是該機構的"),
        ({"text": "短"}, "固定的文字太少"),
    ):
        page = await staff.send("/announcements/new", form | changes)
        assert page.status == 422
        assert words in page.text, changes
    page = await staff.send("/announcements/new", form | {"organisation": "taiwan-power-company"})
    assert page.status == 403


async def test_organisations_and_numbers_are_found(console: Console) -> None:
    auditor = await console.officer("auditor")
    page = await auditor.open("/registry?q=自來水")
    assert WATER in page.text
    assert "/registry/change" not in page.text
    page = await auditor.open("/registry")
    following = re.search(r'href="/console(/registry\?q=&amp;after=[^"]+)"', page.text)
    assert following is not None
    assert (await auditor.open(following[1].replace("&amp;", "&"))).status == 200
    assert "165" in (await auditor.open("/registry/numbers?q=165")).text
    assert (await auditor.open("/registry/organisations/nobody")).status == 404


@pytest.mark.parametrize(
    "query",
    ["", "?kind=king&operation=add", "?kind=domain&operation=steal", "?kind=domain_list&operation=retire"],
)
async def test_a_change_of_nothing_is_no_page(console: Console, query: str) -> None:
    officer = await console.officer("registry_desk")
    assert (await officer.open(f"/registry/change{query}")).status == 400
    there = await officer.open(
        "/registry/change?kind=domain&operation=change&about_organisation=nobody&about_domain=x.tw"
    )
    assert there.status == 404
