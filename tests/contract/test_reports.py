"""Reports and appeals over HTTP: a number at once, repeats change nothing, what others own is not there."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lianfang.client import ServiceRefused
from lianfang.clock import rfc3339
from services.cases.walking import follow
from services.partners.joining import add_partner, set_status
from services.reports.client import Contact
from services.reports.models import Report
from tests.contract.reporting import Office
from tests.unit.reports.bureau import EVIL


async def test_a_report_in_full(office: Office) -> None:
    bureau = office.bureau
    person = await bureau.person()
    filed = await office.reports.report(
        person,
        kind="site",
        subject="hxxps://m.evil-shop[.]top/pay?x=1",
        event="in_1",
        channel="line",
        brand="台灣自來水",
        found="sms",
        money_lost=3000,
        text="簡訊說我欠水費",
        sender="0912345678",
        seen_at="2026-11-22T05:00:00Z",
        contact=Contact(name="王小明", phone="0987654321"),
    )
    assert (filed.lane, filed.state, filed.others, filed.again) == ("site", "reported", 0, False)
    assert (filed.status, filed.way.phone, filed.way.url) == ("none", "165", "https://165.npa.gov.tw")
    assert filed.evidence_text.splitlines() == [
        "檢舉：詐騙網站",
        "網址：hxxps://m[.]evil-shop[.]top/pay?x=1",
        "網域：m[.]evil-shop[.]top",
        "假冒：台灣自來水公司",
        "真正的網站：water.gov.tw",
        "在哪裡看到：簡訊",
        "看到的時間：2026-11-22 13:00",
        "發送者：0912345678",
        "說明：簡訊說我欠水費",
        "損失金額：NT$3,000",
        f"聯防案號：{filed.number}",
    ]
    assert "王小明" not in filed.evidence_text
    row = await bureau.row(filed.number)
    assert (row.money_lost, row.shown) == (3000, "m[.]evil-shop[.]top")
    assert row.brand is not None
    [event] = await bureau.history(filed.number)
    assert "evil" not in str(event.params)
    assert event.trace == "in_1"


async def test_a_repeated_turn_files_once(office: Office) -> None:
    person = await office.bureau.person()
    first = await office.reports.report(person, kind="site", subject=EVIL, event="in_1")
    again = await office.reports.report(person, kind="site", subject=EVIL, event="in_1")
    assert again == first
    later = await office.reports.report(person, kind="site", subject=EVIL, event="in_2")
    assert (later.number, later.again) == (first.number, True)
    other = await office.reports.report(person, kind="site", subject="http://another-evil.top", event="in_2")
    assert other.number != first.number


async def test_many_at_once_are_one_matter(office: Office) -> None:
    people = [await office.bureau.person() for _ in range(8)]
    filed = await asyncio.gather(
        *(office.reports.report(person, kind="site", subject=EVIL, event=f"in_{person}") for person in people)
    )
    assert len({one.number for one in filed}) == 8
    assert sorted(one.others for one in filed) == list(range(8))

    def leaders(session: Session) -> int | None:
        return session.scalar(select(func.count()).where(Report.leader.is_(None)))

    assert await office.bureau.database.look(leaders) == 1


@pytest.mark.parametrize(("status", "said"), [("none", "none"), ("sandbox", "sandbox"), ("live", "live")])
async def test_the_words_follow_what_165_is(office: Office, status: str, said: str) -> None:
    bureau = office.bureau

    def join(session: Session) -> None:
        add_partner(session, "165", kind="hotline", name_zh="165", name_en="165", now=bureau.clock())
        set_status(session, "165", status, bureau.clock())  # type: ignore[arg-type]

    await bureau.do(join)
    filed = await office.reports.report(
        await bureau.person(), kind="phone", subject="0912345678", event="in_1"
    )
    assert filed.status == said
    assert await office.reports.hotline() == said


async def test_contact_and_text_only_of_own_reports(office: Office) -> None:
    owner, stranger = await office.bureau.person(), await office.bureau.person()
    filed = await office.reports.report(owner, kind="line_id", subject="@wang88", event="in_1")
    await office.reports.give_contact(owner, filed.number, Contact(mail="a@b.tw"), event="in_2")
    await office.reports.give_contact(owner, filed.number, Contact(phone="0987654321"), event="in_3")
    case = await office.bureau.case(filed.number)
    told = office.bureau.vault.decrypt_json(case.details or b"")
    assert told["contact"] == {"mail": "a@b.tw", "phone": "0987654321"}
    assert "wang88" in await office.reports.evidence_text(owner, filed.number)
    for number in (filed.number, "LF-0000-0000"):
        with pytest.raises(ServiceRefused) as refused:
            await office.reports.evidence_text(stranger, number)
        assert (refused.value.status, refused.value.code) == (404, "case_not_found")
        with pytest.raises(ServiceRefused):
            await office.reports.give_contact(stranger, number, Contact(name="x"), event="in_4")


async def test_who_only_follows_a_case_does_not_write_its_contact(office: Office) -> None:
    bureau = office.bureau
    owner, follower = await bureau.person(), await bureau.person()
    filed = await office.reports.report(owner, kind="line_id", subject="@wang88", event="in_1")
    case = await bureau.case(filed.number)
    await bureau.do(lambda session: follow(session, case, follower, bureau.clock()))
    appeal = await office.reports.appeal(
        owner, about="listing", subject="@wang88", why="這是我的帳號", event="in_2"
    )
    for person, number in ((follower, filed.number), (owner, appeal.number)):
        with pytest.raises(ServiceRefused) as refused:
            await office.reports.give_contact(person, number, Contact(name="x"), event="in_3")
        assert (refused.value.status, refused.value.code) == (404, "case_not_found")
        with pytest.raises(ServiceRefused) as refused:
            await office.reports.evidence_text(person, number)
        assert (refused.value.status, refused.value.code) == (404, "case_not_found")


async def test_what_cannot_be_read_is_refused_by_its_code(office: Office) -> None:
    person = await office.bureau.person()
    with pytest.raises(ServiceRefused) as refused:
        await office.reports.report(person, kind="site", subject="不知道", event="in_1")
    assert (refused.value.status, refused.value.code) == (422, "subject_unreadable")
    answer = await office.call(
        "POST", "/v1/reports", person, {"lane": "message", "kind": "site", "subject": EVIL}
    )
    assert (answer["status_code"], answer["code"]) == (422, "invalid_request")
    assert (
        await office.call("POST", "/v1/reports", None, {"lane": "site", "kind": "site", "subject": EVIL})
    )["code"] == "person_required"


async def test_an_appeal_gets_a_number_and_a_clock(office: Office) -> None:
    bureau = office.bureau
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number, "accept", "verify")
    owner = await bureau.person()
    filed = await office.reports.appeal(
        owner, about="listing", subject="m[.]evil-shop[.]top", why="這是我的店", event="in_9"
    )
    assert (filed.state, filed.found, filed.due_at) == ("filed", True, rfc3339(bureau.later(hours=72)))
    assert await bureau.state(number) == "appealed"
    cases = await office.call("GET", f"/v1/cases/{filed.number}", owner)
    assert (cases["state"], cases["may"], cases["shown"]["what"]) == (
        "filed",
        ["withdraw"],
        "m[.]evil-shop[.]top",
    )
    await office.call("POST", f"/v1/cases/{filed.number}/acts", owner, {"act": "withdraw"})
    assert await bureau.state(number) == "verified"


async def test_the_owner_sees_the_course_and_takes_it_back(office: Office) -> None:
    bureau = office.bureau
    first, second = await bureau.person(), await bureau.person()
    one = await office.reports.report(first, kind="site", subject=EVIL, event="in_1")
    two = await office.reports.report(second, kind="site", subject=EVIL, event="in_2")
    await bureau.approve_all_the_way(one.number, "accept")
    shown = await office.call("GET", f"/v1/cases/{two.number}", second)
    assert (shown["state"], shown["joined"], shown["shown"]["others"]) == ("accepted", True, 1)
    left = await office.call("POST", f"/v1/cases/{one.number}/acts", first, {"act": "wrong"})
    assert (left["state"], left["shown"]["left"], left["shown"]["others"]) == ("accepted", True, 1)
    await office.call("POST", f"/v1/cases/{one.number}/evidence", first, {"body": "補充：還有一個網址"})
    assert "還有一個網址" in await office.reports.evidence_text(first, one.number)
