"""Each role's main path through the console in a real Chromium, with scripts switched off."""

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from tests.browser.conftest import Town, go
from tests.contract.consoling import PASSWORD

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True, ids=[""])


async def heading(page: Any) -> str:
    return str(await page.locator("h1").inner_text())


async def test_from_the_command_lines_invitation_to_the_next_officer(town: Town) -> None:
    """Admin: sets up an account with an authenticator, invites; the officer joins, logs out and in again."""
    clock = town.console.clock
    page = await town.page()
    await page.goto(f"{town.base}/join")
    await page.fill("#invitation", await town.console.invite("admin", "lianfang"))
    await go(page, "main button")
    assert await page.locator("svg.qr").count() == 1
    await page.fill("#name", "boss")
    await page.fill("#password", PASSWORD)
    await page.fill("#again", PASSWORD)
    secret = (await page.locator("code.secret").inner_text()).replace(" ", "")
    await page.fill("#code", pyotp.TOTP(secret).at(clock()))
    await go(page, "main button")
    assert await heading(page) == "待辦"
    await page.goto(f"{town.base}/invitations")
    await page.select_option("#role", "165")
    await page.fill("#organisation", "cib")
    await go(page, "main .panel button")
    code = await page.locator(".note-done code").inner_text()
    assert re.fullmatch(r"JOIN(-[0-9A-Z]{4}){3}", code)

    officer = await town.page()
    await officer.goto(f"{town.base}/join")
    await officer.fill("#invitation", code.lower())
    await go(officer, "main button")
    await officer.fill("#name", "hung")
    await officer.fill("#password", PASSWORD)
    await officer.fill("#again", PASSWORD)
    secret = (await officer.locator("code.secret").inner_text()).replace(" ", "")
    await officer.fill("#code", pyotp.TOTP(secret).at(clock()))
    await go(officer, "main button")
    assert await officer.locator("table a").first.inner_text() == "待受理"
    await go(officer, "text=登出")
    clock.move(minutes=1)
    await officer.fill("#name", "hung")
    await officer.fill("#password", PASSWORD)
    await officer.fill("#code", pyotp.TOTP(secret).at(clock()))
    async with officer.expect_navigation():
        await officer.keyboard.press("Enter")
    assert await heading(officer) == "待辦"


async def step(page: Any, name: str, **fields: str) -> None:
    """Open a step's form, fill it in, and go on until it is done."""
    form = page.locator(
        "details.step", has=page.locator("summary", has_text=re.compile(f"^{re.escape(name)}$"))
    )
    if await form.get_attribute("open") is None:
        await form.locator("summary").click()
    for field, value in fields.items():
        control = form.locator(f"[name={field}]")
        if await control.evaluate("one => one.tagName") == "SELECT":
            await control.select_option(value)
        else:
            await control.fill(value)
    await go(page, form.locator("button"))
    if await page.locator(".effect").count():
        await go(page, "details[open] button[value=take]")


async def test_165_association_and_authority_stop_a_site(town: Town) -> None:
    console = town.console
    hotline = await town.page(await console.officer("165", "cib"), scripts=True)
    await hotline.goto(f"{town.base}/")
    await go(hotline, "text=待受理 >> nth=0")
    await go(hotline, f"text={town.number}")
    assert town.number in await heading(hotline)
    await go(hotline, "text=顯示聯絡方式")
    assert "0912345678" in await hotline.locator(".facts").inner_text()
    await step(hotline, "受理", note="看起來是釣魚")
    assert "已完成：受理" in await hotline.locator(".note-done").inner_text()

    association = await town.page(await console.officer("association", "tiea"), scripts=True)
    await association.goto(f"{town.base}/cases/{town.number}")
    await step(association, "查證屬實", scope="host")
    assert "已完成：查證屬實" in await association.locator(".note-done").inner_text()
    assert await association.locator("text=核定").count() >= 1

    authority = await town.page(await console.officer("authority", "moda"), scripts=True)
    await authority.goto(f"{town.base}/cases/{town.number}")
    until = (console.clock() + timedelta(days=90)).date().isoformat()
    await step(authority, "核定", legal_basis="fraud_act_42", unit="數位發展部", until=until)
    assert "已核定" in await authority.locator(".tag-state").inner_text()
    await hotline.goto(f"{town.base}/indicators")
    await hotline.fill("#text", "https://water-tw-0.top/pay?id=0")
    await go(hotline, "main button")
    assert "聯防承辦列入" in await hotline.locator("main").inner_text()


async def test_two_desks_list_an_id_and_judge_a_campaign(town: Town) -> None:
    console = town.console
    desk = await town.page(await console.officer("registry_desk", "lianfang"), scripts=True)
    hotline = await town.page(await console.officer("165", "cib"), scripts=True)
    await desk.goto(f"{town.base}/queues/message/reported")
    await go(desk, "table a")
    case = desk.url.partition("?")[0]
    await step(desk, "受理")
    await step(desk, "確認")
    assert await desk.locator(".step-closed").count() == 1
    await hotline.goto(case)
    until = (console.clock() + timedelta(days=90)).date().isoformat()
    await step(hotline, "列入名單", scope="host", until=until)
    assert "已列入名單" in await hotline.locator(".tag-state").inner_text()

    await desk.goto(f"{town.base}/campaigns")
    await go(desk, "table a")
    await desk.click("summary >> nth=0")
    await desk.select_option("[name=verdict]", "fraud")
    await desk.select_option("[name=reason]", "seen_by_desk")
    await go(desk, "details[open] button")
    assert "等另一個單位確認" in await desk.locator(".note-done").inner_text()
    await go(desk, "text=確認 >> visible=true >> nth=-1")
    await hotline.goto(f"{town.base}/campaigns")
    await go(hotline, "table a")
    await go(hotline, "td button >> nth=0")
    assert "已確認" in await hotline.locator(".note-done").inner_text()


async def test_two_of_the_registry_desk_add_a_domain(town: Town) -> None:
    one = await town.page(await town.console.officer("registry_desk", "lianfang"), scripts=True)
    other = await town.page(await town.console.officer("registry_desk", "moda"), scripts=True)
    await one.goto(f"{town.base}/registry")
    await one.fill("#q", "自來水公司")
    await go(one, "main .inline-form button")
    await go(one, "table a")
    await go(one, "text=新增網域")
    await one.fill("#about_domain", "water-bill.tw")
    await one.select_option("#field-confirmed", "yes")
    await one.fill("#field-evidence", "來函")
    await go(one, "text=先看會改變什麼")
    assert await one.locator(".effect-box").count() == 1
    await go(one, "main button[value=take]")
    assert "等登記處另一個人核准" in await one.locator(".note-done").inner_text()
    await other.goto(f"{town.base}/registry/proposals")
    await go(other, "table a")
    await other.click("summary >> text=核准")
    await go(other, "details[open] button")
    assert "已核准" in await other.locator(".note-done").inner_text()


async def test_an_auditor_searches_and_checks(town: Town) -> None:
    page = await town.page(await town.console.officer("auditor", "audit"))
    await page.goto(f"{town.base}/audit")
    await page.fill("#entity", "case")
    await go(page, "main .panel button")
    await go(page, "td a >> nth=1")
    assert "完整" in await page.locator(".note-done").inner_text()
    await page.goto(f"{town.base}/audit")
    await go(page, "text=檢查整份紀錄")
    assert "完整" in await page.locator(".note-done").inner_text()


async def test_an_admin_cares_for_a_partner_and_an_account(town: Town) -> None:
    admin = await town.console.officer("admin", "lianfang")
    officer = await town.console.officer("165", "cib", name="hung")
    page = await town.page(admin)
    await page.goto(f"{town.base}/partners")
    await go(page, "table a")
    await page.check("[name='cards:write']")
    await go(page, "text=產生金鑰")
    assert (await page.locator(".note-done code").inner_text()).startswith("lfk_")
    await page.goto(f"{town.base}/accounts/{officer.person}")
    await go(page, "text=停用 >> nth=0")
    assert "已停用" in await page.locator(".note-done").inner_text()
    out = await town.page(officer)
    await out.goto(f"{town.base}/")
    assert await heading(out) == "登入"


@pytest.mark.parametrize("role", ["issuer", "store"])
async def test_whoever_has_no_queue_is_told_so(town: Town, role: str) -> None:
    page = await town.page(await town.console.officer(role, "gash"))
    await page.goto(f"{town.base}/")
    assert "目前沒有案件等你處理" in await page.locator("main").inner_text()
    assert await page.locator(".find").count() == 0
    await go(page, "main a")
    await go(page, "main a.button")
    assert await page.locator("#organisation").input_value() == "gash"


async def test_with_the_keyboard_alone(town: Town) -> None:
    page = await town.page(await town.console.officer("165", "cib"), scripts=True)
    await page.goto(f"{town.base}/")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    focused = await page.evaluate("document.activeElement.textContent")
    assert focused == "待受理"
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineColor")
    assert outline == "rgb(255, 221, 0)"
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/queues/site/reported")
    for _ in range(40):
        await page.keyboard.press("Tab")
        if (await page.evaluate("document.activeElement.textContent")).startswith("LF-"):
            break
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/cases/LF-*")
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    await page.keyboard.press("Enter")
    for _ in range(10):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".note-done")
    assert "受理" in await page.locator(".note-done").inner_text()
