"""Officers work their queues: from a report to an approved decision, by different hands, and what is refused on the way."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from lianfang.clock import TAIPEI, UTC
from lianfang.events import SYSTEM, Event
from services.cases.officers import look_at
from services.console.figures.adding import last_months
from services.console.figures.counting import count_day, figures_job
from services.reports.attachments import AttachmentStore
from services.reports.told import Contact
from tests.conftest import Hands
from tests.contract.consoling import Desks

HOSTILE = 'http://evil.top/<script>alert(1)</script>"onload="x'


def in_a_month(clock: Hands) -> str:
    return (clock().astimezone(UTC).date() + timedelta(days=30)).isoformat()


async def test_from_a_report_to_an_approved_decision_by_three_hands(desks: Desks) -> None:
    number = await desks.report(brand="台灣自來水公司", money_lost=30000)
    hotline = await desks.officer("165", "cib")
    association = await desks.officer("association", "tiea")
    authority = await desks.officer("authority", "moda")
    home = await hotline.open("/")
    assert "/console/queues/site/reported" in home.text
    queue = await hotline.open("/queues/site/reported")
    assert number in queue.text
    assert "water-tw[.]top" in queue.text
    assert "NT$30,000" in queue.text
    page = await desks.take(hotline, number, "accept", note="看起來是釣魚")
    assert page.status == 200
    assert "已完成：受理" in page.text
    assert "看起來是釣魚" in page.text
    assert number not in (await hotline.open("/queues/site/reported")).text
    preview = await desks.take(association, number, "verify", scope="host", do="preview")
    assert "列入" in preview.text
    assert await desks.state(number) == "已受理，待查證"
    page = await desks.take(association, number, "verify", scope="host")
    assert "已完成：查證屬實" in page.text
    given = {"legal_basis": "fraud_act_42", "unit": "數位發展部", "until": in_a_month(desks.clock)}
    page = await desks.take(authority, number, "approve", **given)
    assert "已完成：核定" in page.text, page.text
    assert await desks.state(number) == "已核定，待移交"
    search = await hotline.open("/indicators")
    search = await hotline.send("/indicators", text="https://water-tw.top/other")
    assert "聯防承辦列入" in search.text
    assert await desks.refusals() == []


async def test_what_was_shown_is_what_is_done(desks: Desks) -> None:
    number = await desks.report()
    hotline, association = await desks.officer("165", "cib"), await desks.officer("association", "tiea")
    await desks.take(hotline, number, "accept")
    preview = await desks.take(association, number, "verify", scope="host", do="preview")
    form = {"seen": preview.hidden("seen"), "seen_with": preview.hidden("seen_with"), "do": "take"}
    page = await association.send(f"/cases/{number}/steps/verify", form, scope="domain")
    assert "已完成" not in page.text
    assert await desks.state(number) == "已受理，待查證"
    await association.open(f"/cases/{number}")
    page = await association.send(f"/cases/{number}/steps/verify", form, scope="host")
    assert "已完成：查證屬實" in page.text


async def test_nobody_takes_both_steps(desks: Desks) -> None:
    number = await desks.report()
    one = await desks.officer("165", "cib", name="one")
    await one.open("/join")
    await one.send("/join", invitation=await desks.invite("association", "tiea"))
    same_house = await desks.officer("association", "cib")
    await desks.take(one, number, "accept")
    for officer in (one, same_house):
        page = await officer.open(f"/cases/{number}")
        assert "這一步要由另一個單位的人處理" in page.text
        page = await desks.take(officer, number, "verify", scope="host")
        assert (page.status, page.refusal) in {(403, "second_person"), (409, "changed_meanwhile")}
        seen = re.search(r'name="seen" value="(\d+)"', (await officer.open(f"/cases/{number}")).text)
        page = await officer.send(
            f"/cases/{number}/steps/verify", seen=seen[1] if seen else "2", scope="host", do="take"
        )
        assert (page.status, page.refusal) == (403, "second_person")
    assert await desks.state(number) == "已受理，待查證"
    assert "second_person" in await desks.refusals()


async def test_whoever_has_the_wrong_role_changes_nothing(desks: Desks) -> None:
    number = await desks.report()
    for role, status, code in (
        ("association", 403, "not_permitted"),
        ("auditor", 403, "not_permitted"),
        ("issuer", 404, "not_found"),
    ):
        officer = await desks.officer(role)
        await officer.open("/me")
        page = await officer.send(f"/cases/{number}/steps/accept", seen="1", do="take")
        assert (page.status, page.refusal) == (status, code), role
    assert await desks.state(number) == "待受理"
    assert await desks.refusals() == ["not_permitted", "not_permitted", "not_found"]


async def test_a_case_one_may_not_see_looks_like_one_that_never_was(desks: Desks) -> None:
    number = await desks.report()
    issuer = await desks.officer("issuer")
    there, never = await issuer.open(f"/cases/{number}"), await issuer.open("/cases/LF-0000-0000")
    assert there.status == never.status == 404
    assert there.text.replace(number, "LF-0000-0000") == never.text


async def test_two_officers_at_once(desks: Desks) -> None:
    number = await desks.report()
    one, other = await desks.officer("165", "cib"), await desks.officer("165", "npa")
    await one.open(f"/cases/{number}")
    page = await other.open(f"/cases/{number}")
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen is not None
    await desks.take(one, number, "reject", reason="test")
    page = await other.send(f"/cases/{number}/steps/accept", seen=seen[1], do="take")
    assert (page.status, page.refusal) == (409, "not_now")
    assert await desks.state(number) == "不成立"


async def test_one_step_back(desks: Desks) -> None:
    number = await desks.report()
    hotline = await desks.officer("165", "cib")
    await desks.take(hotline, number, "reject", reason="not_fraud")
    page = await hotline.open(f"/cases/{number}")
    assert "退回「待受理」" in page.text
    assert "退回「已受理」" not in page.text
    page = await desks.take(hotline, number, "back_to_reported")
    assert page.status == 200
    assert await desks.state(number) == "待受理"


async def test_what_is_missing_is_said_and_kept(desks: Desks) -> None:
    number = await desks.report()
    hotline = await desks.officer("165", "cib")
    for reason in ("", "nonsense"):
        page = await desks.take(hotline, number, "reject", reason=reason, note="我的備註")
        assert page.status == 422
        assert "請選理由" in page.text
        assert "我的備註" in page.text
    assert await desks.state(number) == "待受理"


async def test_the_guard_is_shown_before_and_holds(desks: Desks) -> None:
    number = await desks.report("https://www.water.gov.tw/pay")
    hotline, association = await desks.officer("165", "cib"), await desks.officer("association", "tiea")
    await desks.take(hotline, number, "accept")
    preview = await desks.take(association, number, "verify", scope="host", do="preview")
    assert "登記機構的正式名稱" in preview.text
    page = await desks.take(association, number, "verify", scope="host")
    assert page.status == 422
    assert await desks.state(number) == "已受理，待查證"


async def test_a_number_is_listed_as_itself_and_seen_in_full_before(desks: Desks) -> None:
    number = await desks.report("0912-345-678", kind="phone")
    hotline, registry = await desks.officer("165", "cib"), await desks.officer("registry_desk", "lianfang")
    await desks.take(hotline, number, "accept")
    await desks.take(hotline, number, "confirm")
    given = {"scope": "exact", "until": in_a_month(desks.clock)}
    preview = await desks.take(registry, number, "list", do="preview", **given)
    assert "0912345678" in preview.text
    await desks.take(registry, number, "list", **given)
    assert await desks.state(number) == "已列入名單"


async def test_out_of_a_message_with_several_the_officer_says_which(desks: Desks) -> None:
    number = await desks.report("花店 0912-345-678 要我到 https://zz-scam9.top/x 付款", kind="sms")
    hotline, registry = await desks.officer("165", "cib"), await desks.officer("registry_desk", "lianfang")
    await desks.take(hotline, number, "accept")
    await desks.take(hotline, number, "confirm")
    given = {"scope": "host", "until": in_a_month(desks.clock)}
    preview = await desks.take(registry, number, "list", do="preview", **given)
    assert "請寫明要列入哪一項" in preview.text
    page = await desks.take(registry, number, "list", **given)
    assert page.status == 422
    await desks.take(registry, number, "list", targets="zz-scam9[.]top", **given)
    assert await desks.state(number) == "已列入名單"


async def test_what_people_wrote_is_shown_and_not_run(desks: Desks) -> None:
    number = await desks.report(text=HOSTILE, brand='<img src=x onerror="x">')
    hotline = await desks.officer("165", "cib")
    await desks.take(hotline, number, "accept", note="<b>note</b>")
    page = await hotline.open(f"/cases/{number}")
    assert "<script>" not in page.text
    assert "<img" not in page.text
    assert "<b>note" not in page.text
    assert "hxxp://evil[.]top/" in page.text
    assert "http://evil" not in page.text


async def test_contact_is_shown_on_asking_and_that_is_on_record(desks: Desks) -> None:
    number = await desks.report(contact=Contact("王小明", "0912345678", None))
    hotline, auditor = await desks.officer("165", "cib"), await desks.officer("auditor")
    page = await hotline.open(f"/cases/{number}")
    assert "0912345678" not in page.text
    page = await hotline.send(f"/cases/{number}/contact")
    assert "0912345678" in page.text
    await auditor.open(f"/cases/{number}")
    page = await auditor.send(f"/cases/{number}/contact")
    assert (page.status, page.refusal) == (403, "not_permitted")
    async with desks.database.read() as session:
        shown = (await session.scalars(select(Event).where(Event.entity == "case_contact"))).one()
    assert (shown.actor, shown.params) == (hotline.person, {"number": number})


async def test_others_who_reported_the_same_follow_the_first(desks: Desks) -> None:
    first = await desks.report(name="U1")
    second = await desks.report(name="U2")
    hotline = await desks.officer("165", "cib")
    queue = await hotline.open("/queues/site/reported")
    assert first in queue.text
    assert second not in queue.text
    assert "另有 1 人" in queue.text
    page = await hotline.open(f"/cases/{second}")
    assert f"/console/cases/{first}" in page.text
    page = await hotline.send(f"/cases/{second}/steps/accept", seen="2", do="take")
    assert page.status in {403, 409}


async def test_a_queue_goes_on_behind_its_first_page(desks: Desks) -> None:
    numbers = [
        await desks.report(f"https://evil-{number}.top/", name=f"U{number % 4}") for number in range(53)
    ]
    hotline = await desks.officer("165", "cib")
    page = await hotline.open("/queues/site/reported")
    seen = re.findall(r"/console/cases/(LF-[0-9A-Z-]+)", page.text)
    following = re.search(r'href="/console(/queues/site/reported\?after=[^"]+)"', page.text)
    assert following is not None
    page = await hotline.open(following[1].replace("&amp;", "&"))
    seen += re.findall(r"/console/cases/(LF-[0-9A-Z-]+)", page.text)
    assert sorted(seen) == sorted(numbers)


async def test_a_case_is_found_by_its_number_however_it_is_typed(desks: Desks) -> None:
    number = await desks.report()
    hotline = await desks.officer("165", "cib")
    for typed in (number, number.lower(), number.replace("-", ""), f" {number} "):
        page = await hotline.open(f"/cases?number={typed}")
        assert number in page.text, typed
    assert (await hotline.open("/cases?number=../../x")).path == "/console/"


async def test_a_queue_as_a_sheet_and_the_export_on_record(desks: Desks) -> None:
    number = await desks.report()
    hotline = await desks.officer("165", "cib")
    page = await hotline.open("/queues/site/reported/export.csv")
    assert page.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in page.headers["Content-Disposition"]
    assert f"{number},water-tw[.]top" in page.text
    async with desks.database.read() as session:
        export = (await session.scalars(select(Event).where(Event.entity == "export"))).one()
    assert (export.actor, export.params["rows"]) == (hotline.person, 1)


async def test_figures_count_what_happened_once(desks: Desks) -> None:
    number = await desks.report()
    await desks.report("https://another.top/")
    hotline = await desks.officer("165", "cib")
    desks.clock.move(hours=2)
    await desks.enter(hotline)
    await desks.take(hotline, number, "accept")
    day = date(2026, 11, 22)
    for _ in range(2):
        await desks.database.together(lambda session: count_day(session, day))
    months = await desks.database.look(lambda session: last_months(session, day))
    assert months.total("opened", "site") == 2
    assert months.total("entered", "site.accepted") == 1
    assert months.total("stayed", "site.reported") == 1
    assert round(months.hours("stayed", "site.reported")) == 2
    assert len(months.months) == 12
    assert months.months[-1] == "2026-11"
    await figures_job(desks.database, desks.clock).run()
    page = await hotline.open("/figures")
    assert "每月新案件" in page.text
    assert "<svg" in page.text


async def approved(desks: Desks, number: str) -> None:
    for role, organisation, event, given in (
        ("165", "cib", "accept", {}),
        ("association", "tiea", "verify", {"scope": "host"}),
        (
            "authority",
            "moda",
            "approve",
            {"legal_basis": "fraud_act_42", "unit": "數位發展部", "until": in_a_month(desks.clock)},
        ),
    ):
        page = await desks.take(await desks.officer(role, organisation), number, event, **given)
        assert page.status == 200, page.text


async def test_what_leaves_as_a_file_is_on_record(desks: Desks) -> None:
    number = await desks.report(contact=Contact("王小明", "0912345678", None))
    await approved(desks, number)
    authority, auditor = await desks.officer("authority"), await desks.officer("auditor")
    text = await authority.open(f"/cases/{number}/evidence.txt")
    assert text.headers["Content-Type"].startswith("text/plain")
    assert number in text.text
    assert "0912345678" in (await authority.open(f"/cases/{number}/evidence.json")).text
    assert (await authority.open(f"/cases/{number}/evidence.exe")).status == 404
    assert (await auditor.open(f"/cases/{number}/evidence.json")).refusal == "not_permitted"
    for layout, header in (("165027", "網域名稱,偽冒網址"), ("176455", "民國年月,網域,網站性質,法律依據")):
        page = await auditor.open(f"/exports/{layout}.csv")
        assert header in page.text
        assert "water-tw.top" in page.text
    assert (await auditor.open("/exports/nothing.csv")).status == 404
    hotline = await desks.officer("165")
    assert (await hotline.open("/exports/165027.csv")).refusal == "not_permitted"
    async with desks.database.read() as session:
        exports = await session.scalars(select(Event).where(Event.entity == "export").order_by(Event.id))
        assert [event.params["what"] for event in exports] == [
            "evidence_txt",
            "evidence_json",
            "layout_165027",
            "layout_176455",
        ]


async def test_pictures_are_shown_to_those_who_see_the_case(desks: Desks, tmp_path: Path) -> None:
    number = await desks.report()
    case = await desks.database.look(lambda session: look_at(session, desks.vault, number))
    assert case is not None
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(raw, "PNG")
    store = AttachmentStore(tmp_path / "attachments", desks.database, desks.vault, desks.clock)
    kept = await store.keep(raw.getvalue(), actor=SYSTEM, case_of=lambda _session: case.id)
    hotline = await desks.officer("165")
    page = await hotline.open(f"/cases/{number}")
    assert f"/console/cases/{number}/pictures/{kept.id}" in page.text
    async with hotline.http.get(f"{desks.base}/console/cases/{number}/pictures/{kept.id}") as answer:
        assert answer.status == 200
        assert answer.content_type == kept.media_type
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    other = await desks.report("https://other.top/")
    for path in (f"/cases/{other}/pictures/{kept.id}", f"/cases/{number}/pictures/at_nothing"):
        assert (await hotline.open(path)).status == 404
    issuer = await desks.officer("issuer")
    assert (await issuer.open(f"/cases/{number}/pictures/{kept.id}")).status == 404


async def test_what_our_list_rests_on(desks: Desks) -> None:
    number = await desks.report()
    await approved(desks, number)
    hotline = await desks.officer("165")
    await hotline.open("/indicators")
    page = await hotline.send("/indicators", text="water-tw.top", kind="address")
    assert f"/console/cases/{number}" in page.text
    end = desks.clock() + timedelta(days=31)
    assert f"{end.astimezone(TAIPEI):%m/%d} 00:00</time>" in page.text
    page = await hotline.send("/indicators", text="【台水】水費逾期，請至 https://water-tw.top/x 繳納")
    assert f"/console/cases/{number}" in page.text
    assert f"{end.astimezone(TAIPEI):%m/%d} 00:00</time>" in page.text
    page = await hotline.send("/indicators", text="www.water.gov.tw", kind="address")
    assert "/registry/organisations/taiwan-water-corporation" in page.text
    assert "沒有名單列入這一項" in page.text


async def test_an_admin_gives_room_and_takes_a_step_back(desks: Desks) -> None:
    number = await desks.report()
    await approved(desks, number)
    admin, hotline = await desks.officer("admin"), await desks.officer("165")
    await admin.open("/limits")
    for more in ("0", "501", "x", ""):
        assert (await admin.send("/limits", more=more)).status == 422
    page = await admin.send("/limits", more="10")
    assert "已放行" in page.text
    await hotline.open("/limits")
    assert (await hotline.send("/limits", more="10")).refusal == "not_permitted"
    page = await desks.take(admin, number, "back_to_verified")
    assert page.status == 200
    assert await desks.state(number) == "已查證，待核定"


async def test_the_first_page_tells_of_waiting_proposals(desks: Desks) -> None:
    desk = await desks.officer("registry_desk", "lianfang")
    assert "件提案等人核准" not in (await desk.open("/")).text
    await desk.open("/registry")
    change = {
        "kind": "number",
        "operation": "add",
        "about_number": "1973",
        "name_zh": "測試熱線",
        "name_en": "Test hotline",
        "use": "hotline",
        "confirmed": "yes",
        "evidence": "來函",
        "verified_on": "2026-11-20",
    }
    page = await desk.send("/registry/change", change, do="take")
    assert page.status == 200, page.text
    assert "有 1 件提案等人核准" in (await desk.open("/")).text
