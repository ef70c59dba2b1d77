"""Getting in and being kept out: log-in, invitations, sessions, forged forms, roles, errors as pages, headers."""

import io
import re
from collections.abc import AsyncIterator

import pyotp
import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from lianfang.database import Database
from lianfang.events import Event, verify
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_public_app
from services.console.app import MODULES
from services.console.permissions import OPERATIONS
from services.console.routing import OPEN, OPERATION
from services.people.accounts.logging_in import MOST_FOR_NAME, MOST_FROM_ADDRESS
from services.people.roles import CONSOLE_ROLES
from tests.conftest import Hands
from tests.contract.consoling import PASSWORD, Browser, Console, running

# Accounts are tested on both databases (tests/unit/people); pages are the same on either.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

EXAMPLES = {
    "lane": "site", "state": "reported", "number": "LF-0000-0000", "event": "accept", "id": "x", "verdict": "y",
    "step": "confirm", "person": "p_x", "binding": "bd_x", "key": "pk_x", "entity": "case",
    "file": "icon.svg", "form": "json", "layout": "165027",
}  # fmt: skip
PAGES = [
    (route.method, route.path, getattr(route.handler, OPERATION))
    for module in MODULES
    for route in module.pages.routes
]


@pytest.fixture
async def console(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Console]:
    server = TestServer(build_public_app(database, vault, clock, Settings(operator="Test")))
    async with running(server, database, vault, clock) as one:
        yield one


async def refusals(console: Console) -> list[tuple[str | None, str | None]]:
    """(reason, actor) of every refusal on record, oldest first; the whole history holds."""
    async with console.database.read() as session:
        assert await verify(session) == []
        rows = await session.scalars(select(Event).where(Event.entity == "refusal").order_by(Event.id))
        return [(row.reason, row.actor) for row in rows]


async def set_up(console: Console, browser: Browser, invitation: str, **changes: str) -> str:
    """Through the pages of an invitation; returns the authenticator's secret."""
    await browser.open("/join")
    page = await browser.send("/join", invitation=invitation)
    assert page.status == 200, page.text
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page.text)
    assert found is not None
    secret = found[1].replace(" ", "")
    form = {
        "invitation": page.hidden("invitation"),
        "sealed": page.hidden("sealed"),
        "name": "ming",
        "password": PASSWORD,
        "again": PASSWORD,
        "code": pyotp.TOTP(secret).at(console.clock()),
    } | changes
    await browser.send("/join/account", form)
    return secret


async def test_from_the_invitation_to_the_queues_and_back_in(console: Console) -> None:
    browser = console.browser()
    page = await browser.open("/queues/site/reported?after=x")
    assert page.path == "/console/log-in"
    secret = await set_up(console, browser, await console.invite("165", "cib"))
    assert browser.page is not None
    assert browser.page.path == "/console/"
    assert "ming" in browser.page.text
    page = await browser.send("/log-out")
    assert page.path == "/console/log-in"
    assert (await browser.open("/")).path == "/console/log-in"
    console.clock.move(minutes=1)
    page = await browser.open("/queues/site/reported?after=x")
    code = pyotp.TOTP(secret).at(console.clock())
    page = await browser.send("/log-in", name="Ming", password=PASSWORD, code=code, to=page.hidden("to"))
    assert (page.status, page.path) == (200, "/console/queues/site/reported")


async def test_an_invitation_is_good_once_and_a_wrong_one_says_nothing(console: Console) -> None:
    code = await console.invite("auditor", "audit")
    await set_up(console, console.browser(), code)
    other = console.browser()
    await other.open("/join")
    used = await other.send("/join", invitation=code)
    unknown = await other.send("/join", invitation="JOIN-0000-0000-0000")
    assert used.status == unknown.status == 404
    assert used.text == unknown.text


async def test_what_is_wrong_with_a_new_account_is_said(console: Console) -> None:
    browser, code = console.browser(), await console.invite("165", "cib")
    await set_up(console, browser, code, password="short", again="short")
    assert browser.page is not None
    assert browser.page.status == 422
    assert "密碼太短" in browser.page.text
    await set_up(console, browser, code, again="another long password")
    assert "兩次輸入的密碼不一樣" in browser.page.text
    await set_up(console, browser, code, name="<script>alert(1)</script>")
    assert "<script>" not in browser.page.text
    await set_up(console, browser, code)
    assert browser.page.path == "/console/"


async def test_the_page_of_an_invitation_opens_nothing_else_that_we_sealed(console: Console) -> None:
    browser, code = console.browser(), await console.invite("165", "cib")
    await set_up(console, browser, code, sealed=console.vault.encrypt("0912345678").decode())
    assert browser.page is not None
    assert (browser.page.status, browser.page.refusal) == (400, "bad_form")
    assert "0912345678" not in browser.page.text


@pytest.mark.parametrize("changes", [{"name": "nobody"}, {"password": "x"}, {"code": "000000"}])
async def test_a_wrong_log_in_says_the_same_whatever_was_wrong(
    console: Console, changes: dict[str, str]
) -> None:
    officer = await console.officer("165", name="ming")
    console.clock.move(minutes=1)
    browser = console.browser()
    await browser.open("/log-in")
    typed = {"name": "ming", "password": PASSWORD, "code": officer.code(console.clock)} | changes
    page = await browser.send("/log-in", typed)
    assert page.status == 401
    assert "帳號、密碼或數字不對" in page.text
    assert PASSWORD not in page.text


async def test_guessing_ends_in_a_page_that_says_when_to_come_back(console: Console) -> None:
    browser = console.browser()
    await browser.open("/log-in")
    for _ in range(MOST_FOR_NAME):
        page = await browser.send("/log-in", name="ming", password="x", code="000000")
        assert page.status == 401
    page = await browser.send("/log-in", name="ming", password="x", code="000000")
    assert (page.status, page.refusal) == (429, "too_many")
    assert "14:20" in page.text


async def test_behind_our_proxy_each_address_counts_for_itself(console: Console) -> None:
    browser = console.browser()
    await browser.open("/log-in")
    for number in range(MOST_FROM_ADDRESS + 1):
        page = await browser.send("/log-in", name=f"name{number}", password="x", code="0")
        assert page.status == (429 if number == MOST_FROM_ADDRESS else 401)
    browser.http.headers["X-Forwarded-For"] = "203.0.113.9, 198.51.100.4"
    page = await browser.send("/log-in", csrf=None, name="one-more", password="x", code="0")
    await browser.open("/log-in")
    assert (await browser.send("/log-in", name="one-more", password="x", code="0")).status == 401


async def test_a_form_without_this_browsers_token_changes_nothing(console: Console) -> None:
    officer, other = await console.officer("admin"), await console.officer("admin")
    await other.open("/invitations")
    stolen = await other.send("/invitations", role="165", organisation="cib")
    foreign = re.search(r'name="csrf" value="(\w+)"', stolen.text)
    assert foreign is not None
    for csrf in ("", "0" * 64, foreign[1]):
        page = await officer.send("/invitations", csrf=csrf, role="admin", organisation="evil")
        assert (page.status, page.refusal) == (403, "forged")
    page = await officer.open("/invitations")
    assert "evil" not in page.text
    assert await refusals(console) == [("forged", officer.person)] * 3


async def test_an_ended_session_changes_nothing(console: Console) -> None:
    officer = await console.officer("admin")
    await officer.open("/invitations")
    console.clock.move(minutes=61)
    page = await officer.send("/invitations", role="165", organisation="cib")
    assert (page.status, page.refusal) == (401, "not_logged_in")
    assert (await officer.open("/invitations")).path == "/console/log-in"
    assert ("not_logged_in", None) in await refusals(console)


async def test_strangers_cannot_fill_the_history(console: Console) -> None:
    browser = console.browser()
    for _ in range(MOST_FROM_ADDRESS + 10):
        page = await browser.send("/log-out", csrf="x")
        assert page.status == 403
    assert len(await refusals(console)) == MOST_FROM_ADDRESS


async def test_a_session_ends_everywhere_when_told(console: Console) -> None:
    officer = await console.officer("165", name="ming")
    console.clock.move(minutes=1)
    await console.enter(officer)
    page = await officer.open("/me")
    assert page.text.count("<tr>") == 2 + 1
    page = await officer.send("/me/sessions/end")
    assert page.text.count("<tr>") == 1 + 1
    page = await officer.send(
        "/me/password", old="wrong", new="another long password", again="another long password"
    )
    assert page.status == 422
    page = await officer.send(
        "/me/password", old=PASSWORD, new="another long password", again="another long password"
    )
    assert "密碼換好了" in page.text


def path_of(page: str) -> str:
    return page.format_map(EXAMPLES)


@pytest.mark.parametrize("role", [*sorted(CONSOLE_ROLES), "nobody"])
async def test_each_role_and_each_page(console: Console, role: str) -> None:
    """Every page and every form, tried by every role: refused exactly where the table does not name it."""
    officer = await console.officer("admin" if role == "nobody" else role)
    if role == "nobody":
        admin = await console.officer("admin")
        page = await admin.open(f"/accounts/{officer.person}")
        binding = re.search(r"/roles/(bd_\w+)/end", page.text)
        assert binding is not None
        await admin.send(f"/accounts/{officer.person}/roles/{binding[1]}/end")
    for method, path, operation in PAGES:
        if path in {"/log-out", "/join", "/join/account"}:
            continue
        page = await (officer.open if method == "GET" else officer.send)(path_of(path), follow=False)
        named = operation.format_map(EXAMPLES)
        is_allowed = operation == OPEN or role in OPERATIONS[named]
        assert (page.refusal == "not_permitted") is not is_allowed, (method, path)
        if not is_allowed:
            assert page.status == 403
        await officer.open("/indicators" if role == "nobody" else "/me")


async def test_strangers_are_sent_to_the_log_in(console: Console) -> None:
    for method, path, operation in PAGES:
        browser = console.browser()
        await browser.open("/log-in")
        if operation == OPEN:
            continue
        page = await (browser.open if method == "GET" else browser.send)(path_of(path))
        if method == "GET":
            assert page.path == "/console/log-in", path
        else:
            assert (page.status, page.refusal) == (401, "not_logged_in"), path


async def test_errors_are_pages(console: Console) -> None:
    officer = await console.officer("165")
    for path, status, code in (
        ("/nothing", 404, "not_found"),
        ("/cases/LF-0000-0000", 404, "not_found"),
        ("/queues/site/nothing", 404, "not_found"),
        ("/queues/nothing/reported", 403, "not_permitted"),
        ("/log-out", 405, "no_method"),
    ):
        page = await officer.open(path)
        assert (page.status, page.refusal) == (status, code), path
        assert "<html" in page.text


async def test_a_large_upload_is_a_page_too(console: Console) -> None:
    officer = await console.officer("165")
    data = FormData()
    data.add_field("csrf", "x")
    data.add_field("file", io.BytesIO(b"x" * 20_000_000), filename="big.png")
    async with officer.http.post(f"{console.base}/console/indicators", data=data) as answer:
        assert answer.status == 413
        assert "too_large" in await answer.text()
    assert ("too_large", officer.person) in await refusals(console)


async def test_what_every_answer_carries(console: Console) -> None:
    officer = await console.officer("165")
    for path in ("/", "/log-in", "/nothing"):
        headers = (await officer.open(path)).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"
    assert "immutable" in (await officer.open("/static/console.css")).headers["Cache-Control"]


async def test_no_page_brings_anything_of_others_along(console: Console) -> None:
    officer = await console.officer("auditor")
    for path in ("/", "/audit", "/campaigns", "/figures", "/indicators", "/accounts", "/partners", "/me"):
        page = await officer.open(path)
        loads = re.findall(r'(?:src|href|action)="([^"]*)"', page.text)
        assert all(one.startswith(("/console/", "#main")) for one in loads), path
        assert "<script" not in page.text


@pytest.mark.parametrize(
    ("settings", "secure"),
    [
        (Settings(), False),
        (Settings(public_url="https://lianfang.example"), True),
        (Settings(mode="production", public_url="http://x"), True),
    ],
)
async def test_cookies_are_for_this_site_and_not_for_scripts(
    database: Database, vault: Vault, clock: Hands, settings: Settings, secure: bool
) -> None:
    server = TestServer(build_public_app(database, vault, clock, settings))
    async with running(server, database, vault, clock) as console:
        browser = console.browser()
        page = await browser.open("/log-in")
        cookie = page.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/console" in cookie
        assert ("Secure" in cookie) is secure
        assert ("Strict-Transport-Security" in page.headers) is secure


async def test_the_language_is_the_browsers_until_one_is_chosen(console: Console) -> None:
    browser = console.browser()
    page = await browser.open("/log-in", headers={"Accept-Language": "en-GB"})
    assert '<html lang="en">' in page.text
    await browser.open("/log-in")
    page = await browser.send("/language", language="en", to="/join")
    assert page.path == "/console/join"
    assert '<html lang="en">' in page.text
    assert (await browser.send("/language", language="xx")).status == 400


async def test_one_role_more_for_somebody_known(console: Console) -> None:
    officer = await console.officer("165", "cib")
    await officer.open("/join")
    page = await officer.send("/join", invitation=await console.invite("registry_desk", "lianfang"))
    assert page.path == "/console/me"
    assert "登記處" in page.text
    await officer.open("/join")
    assert (await officer.send("/join", invitation=await console.invite("merchant", "shop"))).status == 404


async def test_a_suspended_officer_is_out_at_once(console: Console) -> None:
    admin, officer = await console.officer("admin"), await console.officer("165")
    page = await admin.open(f"/accounts/{officer.person}")
    page = await admin.send(f"/accounts/{officer.person}/suspend")
    assert "已停用" in page.text
    assert (await officer.open("/")).path == "/console/log-in"
    page = await admin.send(f"/accounts/{admin.person}/suspend")
    assert page.status == 409


async def test_a_lost_phone(console: Console) -> None:
    admin, officer = await console.officer("admin"), await console.officer("165", name="ming")
    await admin.open(f"/accounts/{officer.person}")
    page = await admin.send(f"/accounts/{officer.person}/recover")
    code = re.search(r"JOIN-[0-9A-Z-]{14}", page.text)
    assert code is not None
    browser = console.browser()
    await set_up(console, browser, code[0], password="another long password", again="another long password")
    assert browser.page is not None
    assert browser.page.path == "/console/"
    assert (await officer.open("/")).path == "/console/log-in"
    page = await admin.open(f"/accounts/{admin.person}")
    assert (await admin.send(f"/accounts/{admin.person}/recover")).status == 409


async def test_nothing_personal_is_on_record(console: Console) -> None:
    await set_up(console, console.browser(), await console.invite("165", "cib"), name="wang.xiaoming")
    async with console.database.read() as session:
        events = list(await session.scalars(select(Event)))
    written = "\n".join(str((event.actor, event.entity_id, event.reason, event.params)) for event in events)
    assert "wang" not in written
    assert PASSWORD not in written
