"""What officers see at a glance: the longest wait, whose card a lock is of, what was decided, where to go."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import delete, insert

from services.cases.deadlines import run_deadlines
from services.cases.walking import lock_case
from services.console.figures.models import Figure
from services.reports.appeals import Objected, file_appeal
from services.reports.desk import desk_of
from services.reports.lanes import LANES
from tests.contract.consoling import Desks, Officer, Page
from tests.contract.locking import Counter, Json


def rows_of(page: Page) -> dict[str, list[str]]:
    """Of the first page: the cells of a queue as plain text, by its path."""
    found = re.findall(r'<th scope="row"><a href="/console([^"]+)">.*?</tr>', page.text, re.DOTALL)
    parts = re.split(r'<th scope="row">', page.text)[1:]
    return dict(
        zip(found, (plain(re.findall(r"<td.*?</td>", part, re.DOTALL)) for part in parts), strict=True)
    )


def plain(cells: list[str]) -> list[str]:
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def part_of(page: Page, heading: str) -> dict[str, str]:
    """The facts under a heading of a case's page."""
    found = re.search(rf"<h2>{heading}</h2>\s*<dl class=\"facts\">(.*?)</dl>", page.text, re.DOTALL)
    assert found is not None, page.text
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", found[1], re.DOTALL)
    return {plain([name])[0]: plain([value])[0] for name, value in pairs}


def history_of(page: Page) -> list[list[str]]:
    """Its lines, the latest first."""
    table = page.text.partition("<h2>歷程</h2>")[2].partition("</table>")[0]
    return [plain(re.findall(r"<td.*?</td>", row, re.DOTALL)) for row in table.split("<tr>")[2:]]


async def test_the_first_page_tells_the_longest_wait_and_the_nearest_deadline(desks: Desks) -> None:
    await desks.report("https://first.top/", name="U1")
    desks.clock.move(minutes=90)
    await desks.report("https://second.top/", name="U2", money_lost=900_000)  # the most pressing
    desks.clock.move(minutes=10)
    page = await (await desks.officer("165")).open("/")
    assert rows_of(page)["/queues/site/reported"] == ["2", "1 小時", "剩 2 小時"]
    assert rows_of(page)["/queues/message/reported"] == ["0", "–", "–"]


async def test_an_emergency_shows_whoever_confirms_it_what_was_blocked_on_which_ground(desks: Desks) -> None:
    number = await desks.report()
    await desks.take(await desks.officer("165", "cib"), number, "accept")
    association = await desks.officer("association", "tiea")
    assert "<h2>決定</h2>" not in (await association.open(f"/cases/{number}")).text
    given = {
        "reason": "property_at_risk",
        "scope": "host",
        "legal_basis": "emergency_self_regulation",
        "unit": "數位發展部",
    }
    page = await desks.take(
        await desks.officer("authority", "moda"), number, "approve_provisionally", **given
    )
    assert page.status == 200, page.text
    page = await association.open(f"/cases/{number}")
    assert part_of(page, "決定") == {
        "核定停止解析": "water-tw[.]top (只有這個主機名稱)",
        "到期": "11/24 14:05",
        "法律依據": "DNS RPZ 緊急處置（業者自律）",
        "請求單位": "數位發展部",
    }
    assert history_of(page)[0][2:] == ["緊急核定（48 小時）", "緊急核定，待確認", "財產有立即危險"]


async def listed(desks: Desks, subject: str = "https://water-tw.top/pay") -> str:
    number = await desks.report(subject)
    await desks.take(await desks.officer("165", "cib"), number, "accept")
    association = await desks.officer("association", "tiea")
    page = await desks.take(association, number, "verify", scope="domain")
    assert "已完成：查證屬實" in page.text, page.text
    return number


async def test_what_is_only_listed_is_not_called_blocked_and_what_ended_is_said_to_be(desks: Desks) -> None:
    number = await listed(desks)
    hotline = await desks.officer("165")
    until = f"{desks.clock() + timedelta(days=180, hours=8):%Y/%m/%d %H:%M}"
    assert part_of(await hotline.open(f"/cases/{number}"), "決定") == {
        "列入名單": "water-tw[.]top (整個網域)",
        "到期": until,
    }
    await desks.take(await desks.officer("authority", "moda"), number, "reject", reason="wrongly_listed")
    assert part_of(await hotline.open(f"/cases/{number}"), "決定") == {
        "已移除": "water-tw[.]top (整個網域)",
        "移除時間": "11/22 14:05",
    }


async def test_an_appeal_shows_the_decision_it_is_against_and_who_appeals(desks: Desks) -> None:
    number = await listed(desks)
    ground = await desk_of(desks.database, desks.vault, desks.clock)
    objected = Objected("listing", "https://water-tw.top/", "這是我的網站 water-tw.top")
    filed = await desks.database.together(lambda s: file_appeal(s, ground, "p_shop", objected))
    appeal = await desks.database.look(lambda s: lock_case(s, filed.case.id).number)
    desk = await desks.officer("registry_desk", "lianfang")
    page = await desk.open(f"/cases/{appeal}")
    decision = part_of(page, "決定")
    assert (decision["決定的案件"], decision["列入名單"]) == (number, "water-tw[.]top (整個網域)")
    assert f'href="/console/cases/{number}"' in page.text
    assert part_of(page, "申訴內容")["申訴理由"] == "這是我的網站 water-tw[.]top"
    assert history_of(page)[0][1] == "申訴人"
    page = await desk.open(f"/cases/{number}")
    assert history_of(page)[0][1:] == ["申訴人", "申訴", "申訴中", "不服列入名單"]
    assert history_of(page)[-1][1] == "通報人"
    await desks.take(desk, appeal, "deny", reason="evidence_stands")
    page = await desk.open(f"/cases/{number}")
    assert history_of(page)[0][2:] == ["申訴不成立，回到「已查證」", "已查證，待核定", "–"]


async def test_what_a_reporter_wrote_is_set_as_text_and_only_its_address_apart(desks: Desks) -> None:
    number = await desks.report(text="收到簡訊 3.5 萬，點 water-tw.top 要刷卡")
    page = await (await desks.officer("165")).open(f"/cases/{number}")
    assert (
        '<span class="quoted">收到簡訊 3.5 萬，點 <span class="address">water-tw[.]top</span> 要刷卡</span>'
        in page.text
    )


async def test_whoever_has_no_queue_is_shown_where_to_go_and_nothing_to_search(desks: Desks) -> None:
    for role in ("issuer", "store"):
        page = await (await desks.officer(role)).open("/")
        assert "你可以用這些頁面" in page.text
        assert "/console/announcements" in page.text
        assert 'role="search"' not in page.text
    page = await (await desks.officer("auditor")).open("/")
    assert "/console/audit" in page.text
    assert 'role="search"' in page.text


async def test_a_chart_draws_few_lines_and_the_numbers_tell_all(desks: Desks) -> None:
    states = ("reported", "accepted", "verified", "approved", "handed_over", "rejected", "expired", "upheld")
    rows = [
        {
            "day": date(2026, month, 3),
            "name": "entered",
            "key": f"site.{state}",
            "count": 9 - place,
            "seconds": 0,
        }
        for place, state in enumerate(states)
        for month in (10, 11)
    ]
    stayed = [
        {"day": date(2026, 11, 3), "name": "stayed", "key": key, "count": 1, "seconds": 3600}
        for key in (
            "site.reported",
            "site.handed_over",
            "message.listed",
            "lock.confirmed",
            "lock.provisional",
        )
    ]

    def fill(session: Any) -> None:
        session.execute(delete(Figure))
        session.execute(insert(Figure), [*rows, *stayed])

    await desks.database.together(fill)
    page = await (await desks.officer("auditor")).open("/figures")
    chart = page.text.partition("每月進入各狀態：詐騙網站</h2>")[2].partition("</section>")[0]
    assert chart.count('class="swatch') == 6
    assert chart.count("<rect") == 12
    assert "最多的 6 項" in chart
    assert chart.count('<th scope="row">') == len(states)
    assert re.findall(r'<th scope="col" class="number">([^<]+)<', chart) == ["26/10", "26/11"]
    hops = page.text.partition("花多少時間</h2>")[2]
    assert [plain([hop])[0] for hop in re.findall(r'<th scope="row">.*?</th>', hops)] == [
        "詐騙網站: 待受理",
        "點數卡鎖定: 暫時鎖定",
    ]


@pytest.fixture
async def offices(counter: Counter) -> AsyncIterator[Desks]:
    """The console of the town of the locks."""
    served = counter.public.server
    assert isinstance(served, TestServer)
    console = Desks(served, counter.database, counter.vault, counter.clock)
    yield console
    for http in console.browsers:
        await http.close()


async def test_what_is_overdue_shows_its_next_reminder_until_somebody_moves_it(desks: Desks) -> None:
    number = await desks.report()
    desks.clock.move(hours=5)
    await run_deadlines(desks.database, desks.vault, desks.clock, LANES)
    desks.clock.move(hours=1)
    officer = await desks.officer("165", "cib")
    for path in ("/queues/site/reported", f"/cases/{number}"):
        page = await officer.open(path)
        assert ("3 小時後再提醒" in page.text, "剩 3 小時" in page.text) == (True, False), path

    await officer.send(f"/cases/{number}/steps/accept", seen="2", do="take")
    assert "剩 24 小時" in (await officer.open(f"/cases/{number}")).text


@pytest.fixture
async def hotline(offices: Desks) -> Officer:
    """An officer of 165 there."""
    return await offices.officer("165", "cib")


async def test_a_queue_of_locks_tells_whose_cards_they_are(counter: Counter, hotline: Officer) -> None:
    await counter.sell()
    live = await counter.lock()
    await counter.sell("GA00001234", "gash", ref="r2")
    sandbox = await counter.lock("p_2", "GA00001234", "gash")
    page = await hotline.open("/queues/lock/provisional")
    rows = rows_of(page)
    assert rows[f"/cases/{live['number']}"][0] == "MyCard ····7890"
    assert rows[f"/cases/{sandbox['number']}"][0] == "GASH ····1234 示範"


async def disputed(counter: Counter, **holder: Any) -> Json:
    """A card that p_1 has locked with the receipt and p_2, who holds it, wants."""
    await counter.sell(invoice_number="AB12345678", total=1000, store="中山店", face_value=1000)
    case = await counter.lock()
    receipt = {"invoice": "AB12345678", "amount": 1000}
    confirmed = await counter.tell("p_1", f"/v1/locks/{case['number']}/confirm", receipt)
    assert confirmed["outcome"] == "confirmed", confirmed
    counter.clock.move(minutes=5)
    card = {"issuer": "mycard", "serial": "MCAB1234567890", "chain": "familymart"}
    told = {**card, "bought_at": counter.hours_ago(50), **holder}
    objected = await counter.tell("p_2", "/v1/locks/objections", told)
    assert objected["case"]["outcome"] == "objected", objected
    return case


async def test_an_objection_shows_who_holds_which_receipt(counter: Counter, hotline: Officer) -> None:
    case = await disputed(counter, invoice="AB99999999")
    page = await hotline.open(f"/cases/{case['number']}")
    assert part_of(page, "申請鎖卡的人") == {
        "申請時間": "11/22 14:05",
        "說得出": "序號、通路、購買時間、發票號碼、金額",
        "發票": "與售出紀錄相符",
    }
    assert part_of(page, "提出異議的人") == {
        "異議時間": "11/22 14:10",
        "說得出": "序號、通路、購買時間、發票號碼",
        "發票": "與售出紀錄不符",
    }
    sale = part_of(page, "發行商登記的售出紀錄")
    assert (sale["通路"], sale["門市"], sale["金額"], sale["卡片現況"]) == (
        "全家",
        "中山店",
        "NT$1,000",
        "已鎖定",
    )
    assert part_of(page, "鎖定")["正式鎖定的依據"] == "發票與售出紀錄相符"
    assert [line[1:] for line in history_of(page)[:3]] == [
        ["提出異議的人", "異議", "有人提出異議", "–"],
        ["申請鎖卡的人", "補上佐證", "正式鎖定", "–"],
        ["申請鎖卡的人", "確認", "正式鎖定", "–"],
    ]
    assert "AB99999999" not in page.text


async def test_those_who_decided_an_objection_may_decide_the_next(counter: Counter, offices: Desks) -> None:
    case = await disputed(counter)
    number, (one, other) = case["number"], [await offices.officer("165", "cib") for _ in range(2)]
    for officer, holder in ((one, "p_3"), (other, "p_4"), (one, "p_5")):
        page = await offices.take(officer, number, "keep", reason="receipt_seen")
        assert page.status == 200, page.text
        told = {"issuer": "mycard", "serial": "MCAB1234567890", "invoice": "AB12345678"}
        objected = await counter.tell(holder, "/v1/locks/objections", told)
        assert objected["case"]["outcome"] == "objected", objected


async def test_whoever_confirmed_a_lock_leaves_the_objection_to_another_person(
    counter: Counter, offices: Desks
) -> None:
    await counter.sell()
    case = await counter.lock()
    number, (one, other) = case["number"], [await offices.officer("165", "cib") for _ in range(2)]
    await offices.take(one, number, "confirm", reason="receipt_seen")
    told = {"issuer": "mycard", "serial": "MCAB1234567890", "chain": "familymart"}
    await counter.tell("p_2", "/v1/locks/objections", {**told, "bought_at": counter.hours_ago(50)})

    page = await one.open(f"/cases/{number}")
    assert "這一步要由另一個人處理" in page.text
    assert "另一個單位的人" not in page.text
    seen = (await other.open(f"/cases/{number}")).hidden("seen")
    page = await one.send(f"/cases/{number}/steps/keep", seen=seen, do="take", reason="receipt_seen")
    assert (page.status, page.refusal) == (403, "other_person")
    page = await offices.take(other, number, "keep", reason="receipt_seen")
    assert page.status == 200, page.text


async def test_a_holder_who_asked_for_a_lock_too_is_shown_with_that_case(
    counter: Counter, hotline: Officer
) -> None:
    await counter.sell()
    first = await counter.lock()
    second = await counter.lock("p_2")
    objected = await counter.tell("p_2", f"/v1/locks/{second['number']}/object")
    assert objected["outcome"] == "objected"
    page = await hotline.open(f"/cases/{first['number']}")
    holder = part_of(page, "提出異議的人")
    assert (holder["自己的案件"], holder["發票"]) == (second["number"], "沒有提供")
    page = await hotline.open(f"/cases/{second['number']}")
    assert history_of(page)[0][2:] == ["這張卡已經鎖住，排隊等候", "已申請", "–"]
