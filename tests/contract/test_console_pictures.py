"""Pictures as evidence: who adds one and when, what is refused, and how it is served to whoever sees the case."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import func, select

from lianfang.events import Event
from services.reports.attachments import MOST_OF_A_CASE
from services.reports.models import Attachment
from services.reports.pictures import MOST_BYTES
from tests.contract.consoling import Desks, Page

# What is kept is the same on either database (test_reports_attachments.py); so are these pages.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(raw, "JPEG", exif=exif)
    return raw.getvalue()


def shown_in(page: Page) -> list[str]:
    return re.findall(r'<img src="/console([^"]+)"', page.text)


async def kept(desks: Desks) -> int:
    return await desks.database.look(lambda s: s.scalar(select(func.count()).select_from(Attachment)) or 0)


async def test_an_officer_adds_a_picture_and_whoever_sees_the_case_sees_it(desks: Desks) -> None:
    number = await desks.report()
    hotline, auditor = await desks.officer("165", "cib"), await desks.officer("auditor")
    await hotline.open(f"/cases/{number}")
    page = await hotline.upload(f"/cases/{number}/pictures", photograph())
    assert (page.status, page.path) == (200, f"/console/cases/{number}")
    assert "已完成：加入圖片" in page.text
    page = await auditor.open(f"/cases/{number}")
    [path] = shown_in(page)
    assert 'name="picture"' not in page.text
    async with auditor.http.get(f"{desks.base}/console{path}") as answer:
        content = await answer.read()
        assert (answer.status, answer.content_type) == (200, "image/jpeg")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == "inline"
        assert answer.headers["Cache-Control"] == "no-store"
    assert b"taken at home" not in content
    assert (await (await desks.officer("issuer")).open(path)).status == 404
    async with desks.database.read() as session:
        event = (await session.scalars(select(Event).where(Event.entity == "attachment"))).one()
    assert (event.actor_kind, event.actor) == ("officer", hotline.person)


async def test_what_is_too_large_is_a_page_and_on_record(desks: Desks) -> None:
    number = await desks.report()
    hotline = await desks.officer("165", "cib")
    for size in (MOST_BYTES + 1, 2 * MOST_BYTES):
        await hotline.open(f"/cases/{number}")
        page = await hotline.upload(f"/cases/{number}/pictures", b"x" * size)
        assert (page.status, page.refusal) == (413, "too_large")
        assert "圖片 10 MB" in page.text
    assert await desks.refusals() == ["too_large", "too_large"]
    assert await kept(desks) == 0


async def test_a_stranger_may_not_send_what_is_large(desks: Desks) -> None:
    number = await desks.report()
    browser = desks.browser()
    await browser.open("/log-in")
    page = await browser.upload(f"/cases/{number}/pictures", b"x" * (MOST_BYTES // 2))
    assert (page.status, page.refusal) == (413, "too_large")


async def test_what_is_no_picture_or_missing_or_one_too_many_is_said(desks: Desks) -> None:
    number = await desks.report()
    hotline = await desks.officer("165", "cib")
    await hotline.open(f"/cases/{number}")
    page = await hotline.upload(f"/cases/{number}/pictures", b"<svg onload='alert(1)'></svg>")
    assert page.status == 422
    assert "不是 JPEG" in page.text
    page = await hotline.send(f"/cases/{number}/pictures")
    assert page.status == 422
    assert "請選一張圖片" in page.text
    for _ in range(MOST_OF_A_CASE):
        assert (await hotline.upload(f"/cases/{number}/pictures", photograph())).status == 200
    page = await hotline.upload(f"/cases/{number}/pictures", photograph())
    assert page.status == 422
    assert "已經有 20 張圖片" in page.text


async def test_only_who_works_on_the_case_adds_pictures_and_only_by_our_form(desks: Desks) -> None:
    number = await desks.report()
    for role, status, code in (
        ("auditor", 403, "not_permitted"),
        ("admin", 403, "not_permitted"),
        ("issuer", 404, "not_found"),
    ):
        officer = await desks.officer(role)
        await officer.open("/me")
        page = await officer.upload(f"/cases/{number}/pictures", photograph())
        assert (page.status, page.refusal) == (status, code), role
    hotline = await desks.officer("165", "cib")
    page = await hotline.upload(f"/cases/{number}/pictures", photograph(), csrf="x")
    assert (page.status, page.refusal) == (403, "forged")
    assert await kept(desks) == 0


async def test_a_case_that_has_ended_takes_no_picture(desks: Desks) -> None:
    number = await desks.report()
    hotline = await desks.officer("165", "cib")
    page = await desks.take(hotline, number, "reject", reason="test")
    assert 'name="picture"' not in page.text
    page = await hotline.upload(f"/cases/{number}/pictures", photograph())
    assert (page.status, page.refusal) == (409, "not_now")
    assert await kept(desks) == 0
