"""Admins, auditors and the judges of campaigns at their pages."""

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select, update

from lianfang.database import Database
from lianfang.events import Event, seal
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_public_app
from services.partners import joining, keys
from services.people.accounts.models import Invitation
from services.people.memory import Contact, recognise
from services.registry.checking import Asker, run_check
from services.registry.requests import CheckRequest
from services.registry.seeding import load_seed
from tests.conftest import Hands
from tests.contract.consoling import Console, running

SMS = "【中華郵政】您的包裹因地址不完整無法投遞，請於24小時內更新 https://post-tw-{n}.top/a"


@pytest.fixture
async def console(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Console]:
    await load_seed(database, clock)
    server = TestServer(build_public_app(database, vault, clock, Settings(operator="Test")))
    async with running(server, database, vault, clock) as one:
        yield one


async def test_an_admin_invites_and_takes_back(console: Console) -> None:
    admin = await console.officer("admin")
    await admin.open("/invitations")
    page = await admin.send("/invitations", role="association", organisation="TiEA")
    code = re.search(r"JOIN-[0-9A-Z-]{14}", page.text)
    assert code is not None
    assert code[0] not in (await admin.open("/invitations")).text
    withdraw = re.search(
        r'action="/console(/invitations/inv_\w+/withdraw)"', (await admin.open("/invitations")).text
    )
    assert withdraw is not None
    page = await admin.send(withdraw[1])
    assert "已收回" in page.text
    assert (await admin.send(withdraw[1])).status == 409
    browser = console.browser()
    await browser.open("/join")
    assert (await browser.send("/join", invitation=code[0])).status == 404
    async with console.database.read() as session:
        one = (await session.scalars(select(Invitation).where(Invitation.role == "association"))).one()
    assert (one.organisation, one.invited_by, one.state) == ("tiea", admin.person, "withdrawn")


@pytest.mark.parametrize(("role", "organisation"), [("king", "x"), ("165", "刑事局"), ("165", ""), ("", "x")])
async def test_a_bad_invitation_is_not_made(console: Console, role: str, organisation: str) -> None:
    admin = await console.officer("admin")
    await admin.open("/invitations")
    page = await admin.send("/invitations", role=role, organisation=organisation)
    assert page.status == 422
    assert "JOIN-" not in page.text


async def test_a_role_ends_at_once(console: Console) -> None:
    admin, officer = await console.officer("admin"), await console.officer("165")
    page = await admin.open(f"/accounts/{officer.person}")
    end = re.search(r'action="/console(/accounts/\w+/roles/bd_\w+/end)"', page.text)
    assert end is not None
    await admin.send(end[1])
    assert (await officer.open("/queues/site/reported")).status == 403
    assert "/roles/" not in (await admin.open(f"/accounts/{admin.person}")).text


async def test_accounts_are_found_by_their_beginning(console: Console) -> None:
    admin = await console.officer("admin", name="admin")
    await console.officer("165", name="zhang")
    page = await admin.open("/accounts?name=ZH")
    assert "zhang" in page.text
    assert page.text.count('scope="row"') == 1
    assert (await admin.open("/accounts?name=%25")).text.count('scope="row"') == 0


async def test_a_partner_joins_gets_keys_and_loses_them(console: Console) -> None:
    admin = await console.officer("admin")
    await admin.open("/partners")
    for bad in ({"id": "Gash!"}, {"kind": "king"}, {"name_zh": ""}):
        form = {"id": "gash", "kind": "issuer", "name_zh": "GASH", "name_en": "GASH"} | bad
        assert (await admin.send("/partners", form)).status == 422
    page = await admin.send("/partners", id="gash", kind="issuer", name_zh="GASH", name_en="GASH")
    assert page.path == "/console/partners/gash"
    assert (await admin.send("/partners", id="gash", kind="issuer", name_zh="G", name_en="G")).status == 422
    await admin.open("/partners/gash")
    page = await admin.send("/partners/gash/status", status="sandbox")
    assert "狀態已更改" in page.text
    assert (await admin.send("/partners/gash/keys")).status == 422
    page = await admin.send("/partners/gash/keys", {"cards:write": "on"})
    key = re.search(r"lfk_\w+", page.text)
    assert key is not None
    caller = await console.database.look(lambda s: keys.find_caller(s, key[0], console.clock()))
    assert caller is not None
    assert (caller.partner, caller.scopes) == ("gash", frozenset({"cards:write"}))
    page = await admin.open("/partners/gash")
    assert key[0] not in page.text
    revoke = re.search(r'action="/console(/partners/gash/keys/pk_\w+/revoke)"', page.text)
    assert revoke is not None
    assert "lfk_" in (await admin.send("/partners/gash/keys/rotate")).text
    await admin.send(revoke[1])
    assert (await admin.send(revoke[1])).status == 409
    assert await console.database.look(lambda s: keys.find_caller(s, key[0], console.clock())) is None
    page = await admin.send("/partners/gash/webhook", url="http://evil.top/")
    assert page.status == 422
    page = await admin.send("/partners/gash/webhook", url="https://gash.example/hook")
    assert "lfw_" in page.text
    async with console.database.read() as session:
        actors = set(await session.scalars(select(Event.actor).where(Event.entity.like("partner%"))))
    assert actors == {admin.person}


async def test_an_unknown_partner_is_not_there(console: Console) -> None:
    admin = await console.officer("admin")
    await admin.open("/partners")
    for path in ("/status", "/webhook", "/keys", "/keys/rotate", "/keys/pk_x/revoke"):
        page = await admin.send(
            f"/partners/nobody{path}", {"cards:write": "on"}, status="live", url="https://x.example"
        )
        assert page.status in {404, 409}, path
    assert await console.database.look(joining.all_partners) == []


async def test_a_campaign_is_judged_by_two_organisations(console: Console) -> None:
    for number in range(3):
        async with console.database.write() as session:
            known = await session.run_sync(
                recognise, console.vault, Contact("line", f"U{number}", f"in_{number}"), console.clock()
            )
        asker = Asker(known.person, f"in_{number}")
        await run_check(
            console.database, console.vault, console.clock, CheckRequest(text=SMS.format(n=number)), asker
        )
    desk = await console.officer("registry_desk", "lianfang")
    hotline = await console.officer("165", "cib")
    auditor = await console.officer("auditor")
    page = await desk.open("/campaigns")
    campaign = re.search(r'href="/console(/campaigns/cp_\w+)"', page.text)
    assert campaign is not None
    page = await desk.open(campaign[1])
    check = re.search(r'name="check" value="(\w+)"', page.text)
    assert check is not None
    assert "post-tw-" in page.text
    assert "https://post" not in page.text
    assert "說是「中華郵政」" in page.text
    assert "<code>foreign_address" not in page.text
    page = await desk.send(f"{campaign[1]}/verdicts", check=check[1], verdict="fraud", reason="seen_by_desk")
    assert "等另一個單位確認" in page.text
    page = await desk.send(f"{campaign[1]}/verdicts", check=check[1], verdict="fraud", reason="seen_by_desk")
    assert page.status == 409
    confirm = re.search(r'action="/console(/campaigns/\w+/verdicts/cv_\w+/confirm)"', page.text)
    assert confirm is not None
    page = await desk.send(confirm[1])
    assert (page.status, page.refusal) == (403, "second_person")
    await auditor.open(campaign[1])
    assert (await auditor.send(confirm[1])).refusal == "not_permitted"
    await hotline.open(campaign[1])
    page = await hotline.send(confirm[1])
    assert "已確認" in page.text
    page = await desk.open(campaign[1])
    page = await desk.send(confirm[1].replace("/confirm", "/undo"))
    assert "已撤回" in page.text
    for path, form in (
        (f"{campaign[1]}/verdicts", {"check": check[1], "verdict": "safe", "reason": "seen_by_desk"}),
        (confirm[1].replace("/confirm", "/delete"), {}),
        ("/campaigns/cp_nothing/verdicts", {"check": "x", "verdict": "fraud", "reason": "seen_by_desk"}),
    ):
        assert (await desk.send(path, form)).status in {400, 404}


async def test_an_auditor_finds_who_did_what_and_sees_a_break(console: Console) -> None:
    admin, auditor = await console.officer("admin", name="boss"), await console.officer("auditor")
    await admin.open("/invitations")
    await admin.send("/invitations", role="165", organisation="cib")
    page = await auditor.open(f"/audit?actor={admin.person}&entity=invitation")
    assert "boss" in page.text
    assert page.text.count("data-label=") % 5 == 0
    chain = re.search(r'href="/console(/audit/invitation/inv_\w+)"', page.text)
    assert chain is not None
    assert "完整" in (await auditor.open(chain[1])).text
    async with console.database.write() as session:
        await seal(session, console.clock())
    await auditor.open("/audit")
    assert "所有紀錄鏈和封條都完整" in (await auditor.send("/audit/check")).text
    async with console.database.write() as session:
        await session.execute(
            update(Event).where(Event.entity_id == chain[1].rpartition("/")[2]).values(reason="forged")
        )
    assert "對不上" in (await auditor.open(chain[1])).text
    await auditor.open("/audit")
    assert "對不上" in (await auditor.send("/audit/check")).text
    assert (await auditor.open("/audit/invitation/inv_nothing")).status == 404


async def test_the_history_goes_on_behind_its_first_page(console: Console) -> None:
    auditor, admin = await console.officer("auditor"), await console.officer("admin")
    await admin.open("/invitations")
    for number in range(60):
        console.clock.move(seconds=1)
        await admin.send("/invitations", role="165", organisation=f"org-{number}")
    page = await auditor.open("/audit?entity=invitation&since=2026-11-22&until=2026-11-22")
    seen = re.findall(r"/audit/invitation/(inv_\w+)", page.text)
    following = re.search(r'href="/console(/audit\?[^"]*before=[^"]+)"', page.text)
    assert following is not None
    page = await auditor.open(following[1].replace("&amp;", "&"))
    seen += re.findall(r"/audit/invitation/(inv_\w+)", page.text)
    assert len(seen) == len(set(seen)) + 2  # two were used: made and used are two events each
    assert len(set(seen)) == 62
    assert "沒有符合的紀錄" in (await auditor.open("/audit?until=2026-11-21")).text
    assert (await auditor.open("/audit?since=nonsense&before=nonsense")).status == 200
