"""165 behind its port: our own desk, its own system that is slow, down or odd, and the export."""

import csv
import io
import json
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.orm import Session

from lianfang import events
from services.partners.delivering import Delivering
from services.partners.joining import add_partner, set_status, set_webhook
from services.registry.layouts import read_rpz
from services.reports.filing import Filing
from services.reports.hotline import handlers
from services.reports.packages import as_165027, as_176455, package_of, rows_in
from services.reports.told import Contact
from tests.contract.reporting import Office
from tests.fakes.hotline import FakeHotline
from tests.unit.reports.bureau import EVIL, Bureau


@pytest.fixture
async def hotline(office: Office) -> AsyncIterator[FakeHotline]:
    one = FakeHotline(office.bureau.clock)
    url = await one.start()
    bureau = office.bureau

    def join(session: Session) -> None:
        add_partner(session, "165", kind="hotline", name_zh="165", name_en="165", now=bureau.clock())
        set_status(session, "165", "live", bureau.clock())
        one.secret = set_webhook(session, bureau.vault, "165", url, bureau.clock(), loopback=True)

    await bureau.do(join)
    yield one
    assert one.violations == []
    await one.stop()


@pytest.fixture
async def worker(office: Office) -> AsyncIterator[Delivering]:
    bureau = office.bureau
    answered = handlers(bureau.vault, bureau.clock)
    one = Delivering(bureau.database, bureau.vault, bureau.clock, answered, loopback=True)
    yield one
    await one.close()


async def test_a_report_is_saved_first_and_165s_number_comes_back(
    office: Office, hotline: FakeHotline, worker: Delivering
) -> None:
    filed = await office.bureau.file(contact=Contact("王小明", "0987654321"), text="騙我付錢")
    assert hotline.calls == 0  # nothing leaves inside the transaction
    await worker.send_due()
    told = hotline.reports[filed.case.number]
    assert told["url"] == "hxxps://m[.]evil-shop[.]top/pay?x=1"
    assert told["reporter"] == {"name": "王小明", "phone": "0987654321", "mail": None}
    row = await office.bureau.row(filed.case.number)
    assert (row.hotline_number, row.state) == ("165-000001", "reported")
    await worker.send_due()
    assert hotline.calls == 1


async def test_a_lost_answer_is_asked_for_again_and_counts_once(
    office: Office, hotline: FakeHotline, worker: Delivering
) -> None:
    hotline.faults, hotline.state = [503, 500], "accepted"
    filed = await office.bureau.file()
    for _ in range(4):
        await worker.send_due()
        office.bureau.clock.move(minutes=1)
    assert (hotline.calls, len(hotline.reports)) == (3, 1)
    row = await office.bureau.row(filed.case.number)
    assert (row.hotline_number, row.state) == ("165-000001", "accepted")


async def shown_of(office: Office, person: str, filed: Filing) -> tuple[str, str, str, bool]:
    """What the owner can be told of 165."""
    told = await office.call("GET", f"/v1/cases/{filed.case.number}", person)
    shown = told["shown"]
    return told["state"], shown["status"], shown["hotline"], shown["by_165"]


async def test_what_our_own_officer_does_is_not_said_to_be_165s(
    office: Office, hotline: FakeHotline, worker: Delivering
) -> None:
    person = await office.bureau.person()
    filed = await office.bureau.file(person)
    await worker.send_due()
    assert await shown_of(office, person, filed) == ("reported", "live", "165-000001", True)
    await office.bureau.approve_all_the_way(filed.case.number, "accept")
    assert await shown_of(office, person, filed) == ("accepted", "live", "165-000001", False)


async def test_165_accepting_counts_as_its_own_organisation(
    office: Office, hotline: FakeHotline, worker: Delivering
) -> None:
    hotline.state = "accepted"
    bureau, person = office.bureau, await office.bureau.person()
    filed = await bureau.file(person)
    assert await shown_of(office, person, filed) == ("reported", "live", "", False)
    await worker.send_due()
    assert await bureau.told(person) == ["notice.site_accepted"]
    assert await shown_of(office, person, filed) == ("accepted", "live", "165-000001", True)
    own = await bureau.officer("association", "165")
    assert [
        one.code for one in (await bureau.try_step(own, filed.case.number, "verify", scope="host")).objections
    ] == ["same_organisation"]
    await bureau.approve_all_the_way(filed.case.number, "verify", "approve")
    async with bureau.database.read() as session:
        assert await events.verify(session) == []


async def test_nonsense_and_refusals_leave_the_case_at_our_own_desk(
    office: Office, hotline: FakeHotline, worker: Delivering
) -> None:
    hotline.nonsense = True
    filed = await office.bureau.file()
    await worker.send_due()
    row = await office.bureau.row(filed.case.number)
    assert (row.hotline_number, row.state) == (None, "reported")
    hotline.nonsense, hotline.state = False, "thinking about it"
    office.bureau.clock.move(minutes=5)
    await worker.send_due()
    assert (await office.bureau.row(filed.case.number)).state == "reported"
    await office.bureau.approve_all_the_way(filed.case.number, "accept")


async def test_an_answer_that_comes_too_late_changes_nothing(
    office: Office, hotline: FakeHotline, worker: Delivering
) -> None:
    hotline.state = "rejected"
    filed = await office.bureau.file()
    await office.bureau.approve_all_the_way(filed.case.number, "accept", "verify")
    await worker.send_due()
    row = await office.bureau.row(filed.case.number)
    assert (row.hotline_number, row.state) == ("165-000001", "verified")


async def test_without_consent_nothing_leaves_and_a_joined_report_goes_once(
    office: Office, hotline: FakeHotline, worker: Delivering
) -> None:
    await office.bureau.file(subject="http://quiet-evil.top", consent=False)
    await office.bureau.file()
    await office.bureau.file()
    await worker.send_due()
    assert [told["fqdn"] for told in hotline.reports.values()] == ["m[.]evil-shop[.]top"]


async def test_while_165_has_not_joined_a_report_waits_in_our_queue(
    office: Office, worker: Delivering
) -> None:
    filed = await office.bureau.file()
    assert await worker.send_due() == 0
    assert (await office.bureau.row(filed.case.number)).state == "reported"


async def approved(bureau: Bureau) -> None:
    one = (await bureau.file()).case.number
    await bureau.file(subject="http://=evil-two.top/")
    await bureau.approve_all_the_way(one)


async def test_the_export_has_the_layouts_of_the_official_lists(office: Office) -> None:
    bureau = office.bureau
    await approved(bureau)
    desk = await bureau.desk()
    rows = await bureau.database.look(lambda session: rows_in(session, "site", ["approved", "handed_over"]))
    moda = await bureau.database.look(lambda session: as_165027(session, desk, rows))
    assert moda.splitlines() == [
        "網域名稱,偽冒網址,停止解析日期,接獲通報日期,詐騙網站創建日期",
        f"m.evil-shop.top,{EVIL},2026/11/22,2026/11/22,",
    ]
    [entry] = read_rpz(io.BytesIO(moda.encode()))
    assert (entry.text, str(entry.as_of)) == ("m.evil-shop.top", "2026-11-22")
    stopped = list(
        csv.reader(io.StringIO(await bureau.database.look(lambda session: as_176455(session, rows))))
    )
    assert stopped == [
        ["民國年月", "網域", "網站性質", "法律依據", "聲請單位"],
        ["11511", "m.evil-shop.top", "詐騙網站", "詐欺犯罪危害防制條例第42條", "moda-adi"],
    ]


async def test_the_package_is_json_and_defanged(office: Office) -> None:
    filed = await office.bureau.file(subject="http://10.0.0.1/x", brand="某某商店")
    desk, row = await office.bureau.desk(), await office.bureau.row(filed.case.number)
    package = await office.bureau.database.look(lambda session: package_of(session, desk, row))
    assert json.loads(json.dumps(package)) == package
    assert (package["fqdn"], package["ip"]) == (None, "10.0.0.1")
    assert package["url"] == "hxxp://10[.]0[.]0[.]1/x"
    assert package["imitates"] == {"name": "某某商店", "genuine_site": None}
    assert package["seen_at"] == "2026-11-22T14:05+08:00"
