"""Reports on one matter: joined, counted, placed in the queue, taken back, and kept private."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from lianfang import retention
from lianfang.events import Actor
from services.cases.finding import find_own
from services.cases.queues import Queue
from services.cases.walking import lock_case, walk
from services.reports.deciding import Refused
from services.reports.filing import MOST_A_DAY, TooManyReports
from services.reports.lanes import LANES
from services.reports.models import Report
from services.reports.queues import look_over, queue, waiting_in
from services.reports.subjects import Unreadable
from services.reports.told import Contact
from tests.unit.reports.bureau import EVIL, Bureau


async def own_act(bureau: Bureau, person: str, number: str, event: str) -> None:
    def change(session: Any) -> None:
        case = find_own(session, person, number)
        assert case is not None
        walk(
            session, bureau.vault, LANES[case.lane], lock_case(session, case.id), event,
            actor=Actor("person", person), now=bureau.clock(), tell=False, reason=event,
        )  # fmt: skip

    await bureau.do(change)


async def test_a_later_reporter_gets_a_number_of_his_own_and_the_first_ones_course(bureau: Bureau) -> None:
    first, second = await bureau.person(), await bureau.person()
    one = await bureau.file(first)
    await bureau.approve_all_the_way(one.case.number, "accept")
    two = await bureau.file(second, "http://www.evil-shop.top/another")
    assert two.case.number != one.case.number
    assert (two.state, two.others, two.again) == ("accepted", 1, False)
    await bureau.approve_all_the_way(one.case.number, "verify")
    assert await bureau.told(first) == ["notice.site_accepted", "notice.site_verified"]
    assert await bureau.told(second) == ["notice.site_verified"]
    assert (await bureau.row(one.case.number)).reporters == 2
    assert (await bureau.row(two.case.number)).state == "joined"
    bureau.clock.move(days=3)
    await bureau.deadlines()
    assert (await bureau.case(two.case.number)).state == "reported"  # no deadline of its own


async def test_an_officer_may_use_the_number_of_any_of_them(bureau: Bureau) -> None:
    one, two = await bureau.file(), await bureau.file()
    plan = await bureau.step(await bureau.officer("165", "npa"), two.case.number, "accept")
    assert (plan.number, plan.tells) == (one.case.number, 2)


async def test_the_same_person_again_gets_the_same_number(bureau: Bureau) -> None:
    person = await bureau.person()
    one = await bureau.file(person)
    two = await bureau.file(person, text="他又傳了一次")
    assert (two.case.number, two.again, two.others) == (one.case.number, True, 0)
    assert (await bureau.row(one.case.number)).reporters == 1


async def test_a_matter_that_is_over_is_not_joined(bureau: Bureau) -> None:
    one = await bureau.file()
    await bureau.step(await bureau.officer("165", "npa"), one.case.number, "reject", reason="not_fraud")
    two = await bureau.file()
    assert (two.state, two.others) == ("reported", 0)


@pytest.mark.parametrize(
    ("kind", "first", "second", "same"),
    [
        ("site", "http://a.evil.top", "https://b.evil.top/x", True),
        ("site", "http://a.github.io", "https://b.github.io", False),
        ("site", "https://sites.google.com/view/a", "https://sites.google.com/view/b", False),
        ("site", "https://sites.google.com/view/a?utm_source=x", "http://sites.google.com/view/a", True),
        ("phone", "0912-345-678", "+886912345678", True),
        ("phone", "0912-345-678", "0912-345-679", False),
        ("line_id", "@Wang88", "https://line.me/ti/p/~wang88", True),
        ("account", "808-0123456789012", "0123456789012", True),
        ("sms", "您的包裹異常 http://evil.top/a", "【物流】http://evil.top/b 請點", True),
        ("sms", "媽我手機壞了換這支", "媽 我手機壞了 換這支", True),
        ("sms", "媽我手機壞了換這支", "恭喜中獎，請回覆", False),
    ],
)
async def test_what_is_one_matter(bureau: Bureau, kind: str, first: str, second: str, same: bool) -> None:
    await bureau.file(kind=kind, subject=first)
    assert (await bureau.file(kind=kind, subject=second)).others == int(same)


@pytest.mark.parametrize(
    ("kind", "subject"), [("site", "不是網址"), ("phone", "abc"), ("account", "12"), ("sms", "  ")]
)
async def test_what_cannot_be_read_is_no_report(bureau: Bureau, kind: str, subject: str) -> None:
    with pytest.raises(Unreadable):
        await bureau.file(kind=kind, subject=subject)


async def test_numbers_are_kept_as_keyed_indexes_and_masked(bureau: Bureau) -> None:
    phone = await bureau.file(kind="phone", subject="0912-345-678", contact=Contact("王小明", "0987654321"))
    account = await bureau.file(kind="account", subject="0123456789012")
    for filed in (phone, account):
        row = await bureau.row(filed.case.number)
        kept = " ".join(str(value) for value in vars(row).values())
        assert "0912345678" not in kept
        assert "0123456789012" not in kept
        case = await bureau.case(filed.case.number)
        assert "王小明".encode() not in (case.details or b"")
    assert (await bureau.row(phone.case.number)).shown == "0912***678"


async def test_secrets_are_not_kept_with_a_report(bureau: Bureau) -> None:
    filed = await bureau.file(
        kind="sms", subject="您的驗證碼是 482913 請勿告訴他人", text="我的密碼是 abcd1234"
    )
    case = await bureau.case(filed.case.number)
    told = bureau.vault.decrypt_json(case.details or b"")
    assert "482913" not in told["subject"]
    assert "abcd1234" not in told["text"]


async def test_the_owner_takes_it_back_and_others_keep_it(bureau: Bureau) -> None:
    first, second = await bureau.person(), await bureau.person()
    one = await bureau.file(first, contact=Contact(phone="0987654321"))
    two = await bureau.file(second)
    await bureau.approve_all_the_way(one.case.number, "accept")
    await own_act(bureau, first, one.case.number, "withdraw")
    row = await bureau.row(one.case.number)
    assert (row.state, row.reporters, row.left_at) == ("accepted", 1, bureau.clock())
    told = bureau.vault.decrypt_json((await bureau.case(one.case.number)).details or b"")
    assert told["contact"] is None
    await own_act(bureau, second, two.case.number, "wrong")
    assert (await bureau.row(two.case.number)).state == "withdrawn"
    assert (await bureau.row(one.case.number)).reporters == 0


async def test_the_only_one_takes_it_back_and_it_is_over(bureau: Bureau) -> None:
    person = await bureau.person()
    one = await bureau.file(person)
    await own_act(bureau, person, one.case.number, "wrong")
    assert await bureau.state(one.case.number) == "withdrawn"
    assert (await bureau.file()).others == 0
    with pytest.raises(Refused) as refused:
        await bureau.step(await bureau.officer("165", "npa"), one.case.number, "accept")
    assert refused.value.codes == ("not_open",)


async def test_the_queue_shows_first_what_weighs_most(bureau: Bureau) -> None:
    plain = await bureau.file(subject="http://plain.top")
    many = await bureau.file(subject="http://many.top")
    for _ in range(3):
        await bureau.file(subject="http://many.top")
    lost = await bureau.file(subject="http://lost.top", money_lost=300_000)
    merchant = await bureau.person()
    brand = next(iter((await bureau.desk()).directory.organisations.values()))
    await bureau.bind(merchant, "merchant", brand.id)
    own = await bureau.file(merchant, "http://brand.top", brand=brand.name_zh)
    stranger = await bureau.file(subject="http://other.top", brand=brand.name_zh)
    page = await bureau.database.look(lambda session: queue(session, "site", "165"))
    wanted = [own, lost, many, plain, stranger]
    assert [one.number for one in page.cases] == [one.case.number for one in wanted]
    assert [one.merchant for one in page.cases] == [True, False, False, False, False]
    assert page.cases[2].others == 3


async def test_a_queue_is_read_page_by_page_without_a_gap(bureau: Bureau) -> None:
    for number in range(7):
        await bureau.file(subject=f"http://evil-{number}.top", money_lost=number % 3 * 10_000)
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        page = await bureau.database.look(partial(queue, lane="site", role="165", after=cursor, limit=3))
        seen += [one.number for one in page.cases]
        cursor = page.next
    assert cursor is None
    assert len(seen) == len(set(seen)) == 7
    one = await bureau.database.look(lambda session: waiting_in(session, "site", "reported", limit=7))
    assert [row.number for row in one.cases] == seen
    assert (await bureau.database.look(lambda session: queue(session, "site", "165", after="junk"))).cases


async def test_queues_are_looked_over_whatever_comes_first_in_them(bureau: Bureau) -> None:
    await bureau.file(subject="http://first.top")
    begun = bureau.clock()
    bureau.clock.move(hours=1)
    await bureau.file(subject="http://worse.top", money_lost=900_000)
    await bureau.file(subject="http://worse.top")  # joined: it does not wait by itself
    found = await bureau.database.look(lambda session: look_over(session, "site", ("accepted", "reported")))
    assert found == [
        Queue("site", "accepted", 0, None, None),
        Queue("site", "reported", 2, begun, begun + timedelta(hours=4)),
    ]


async def test_a_person_reports_so_much_a_day(bureau: Bureau) -> None:
    person = await bureau.person()
    for number in range(MOST_A_DAY["anybody"]):
        await bureau.file(person, f"http://evil-{number}.top")
    with pytest.raises(TooManyReports):
        await bureau.file(person, "http://one-more.top")
    bureau.clock.move(days=1, seconds=1)
    await bureau.file(person, "http://one-more.top")


async def test_erasing_a_reporter_leaves_the_course_and_nothing_of_the_person(bureau: Bureau) -> None:
    person = await bureau.person()
    filed = await bureau.file(person, contact=Contact(mail="a@b.tw"))
    async with bureau.database.write() as session:
        await retention.erase(session, person, except_rows={})
    row = await bureau.row(filed.case.number)
    assert (row.person, row.state) == (None, "reported")
    await bureau.approve_all_the_way(filed.case.number, "accept")
    officer = await bureau.officer("association", "tiea")
    with pytest.raises(Refused) as refused:  # what was reported is gone with the person
        await bureau.step(officer, filed.case.number, "verify", scope="host")
    assert refused.value.codes == ("nothing_to_list",)
    await bureau.step(officer, filed.case.number, "reject", reason="not_enough_evidence")
    assert await bureau.all(Report, Report.person == person) == []
    assert EVIL  # the address itself belongs to nobody
