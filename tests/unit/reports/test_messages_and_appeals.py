"""Messages, numbers and ids are listed by two and found; whoever is listed appeals and is heard by others."""

from datetime import datetime, timedelta

import pytest

from lianfang.clock import TAIPEI
from services.reports.deciding import Refused
from services.reports.filing import TooManyReports
from services.reports.models import Target
from services.reports.releasing import MayNotRelease, release, room
from tests.unit.reports.bureau import EVIL, Bureau

PHONE = "0912-345-678"


async def listed_phone(bureau: Bureau) -> str:
    number = (await bureau.file(kind="phone", subject=PHONE)).case.number
    npa, desk = await bureau.officer("165", "npa"), await bureau.officer("registry_desk", "lianfang")
    await bureau.step(npa, number, "accept")
    await bureau.step(npa, number, "confirm")
    await bureau.step(desk, number, "list", until=bureau.later(days=90))
    return number


async def test_a_number_listed_by_two_organisations_is_found_and_stands_nowhere_in_clear(
    bureau: Bureau,
) -> None:
    assert await bureau.verdict(f"這支 {PHONE} 打來說我中獎") != "fraud"
    number = await listed_phone(bureau)
    found = await bureau.checked(f"這支 {PHONE} 打來說我中獎")
    assert found["verdict"] == "fraud"
    assert {reason["code"] for reason in found["reasons"]} >= {"listed_lianfang"}
    assert all("0912345678" not in one.key + one.shown for one in await bureau.all(Target))
    bureau.clock.move(days=90)
    await bureau.deadlines()
    assert await bureau.state(number) == "expired"
    assert await bureau.verdict(f"這支 {PHONE} 打來說我中獎") != "fraud"


async def test_a_number_needs_two_organisations_an_address_two_persons(bureau: Bureau) -> None:
    npa, colleague = await bureau.officer("165", "npa"), await bureau.officer("165", "npa", "second")
    phone = (await bureau.file(kind="phone", subject=PHONE)).case.number
    sms = (await bureau.file(kind="sms", subject=f"您的包裹 {EVIL}")).case.number
    for number in (phone, sms):
        await bureau.step(npa, number, "accept")
        await bureau.step(npa, number, "confirm")
    until = bureau.later(days=30)
    with pytest.raises(Refused) as refused:
        await bureau.step(npa, sms, "list", scope="host", until=until)
    assert refused.value.codes == ("same_person",)
    with pytest.raises(Refused) as refused:
        await bureau.step(colleague, phone, "list", until=until)
    assert refused.value.codes == ("same_organisation",)
    await bureau.step(colleague, sms, "list", scope="host", targets=("m[.]evil-shop[.]top",), until=until)
    assert await bureau.verdict(EVIL) == "fraud"


async def test_only_what_was_reported_is_listed(bureau: Bureau) -> None:
    number = (await bureau.file(kind="sms", subject=f"您的包裹 {EVIL} 加賴 wang88")).case.number
    npa, desk = await bureau.officer("165", "npa"), await bureau.officer("registry_desk", "lianfang")
    await bureau.step(npa, number, "accept")
    await bureau.step(npa, number, "confirm")
    plan = await bureau.try_step(
        desk, number, "list", scope="host", until=bureau.later(days=30), targets=("other-shop.top",)
    )
    assert [one.code for one in plan.objections] == ["not_in_this_case"]
    targets = ("m.evil-shop.top", "加賴 wang88")
    await bureau.step(desk, number, "list", scope="host", until=bureau.later(days=30), targets=targets)
    assert {(one.kind, one.key) for one in await bureau.targets(number)} == {
        ("host", "m.evil-shop.top"),
        ("line_id", "wang88"),
    }
    assert await bureau.verdict("加賴 wang88 領獎") == "fraud"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王小姐的花店 0912-345-678 要我到 https://zz-scam9.top/x 付款", "zz-scam9[.]top"),
        ("LINE @flowershop 叫我到 https://zz-scam77.top/x", "zz-scam77[.]top"),
    ],
)
async def test_who_lists_out_of_a_message_with_several_says_which(
    bureau: Bureau, text: str, shown: str
) -> None:
    filed = await bureau.file(kind="sms", subject=text)
    number = filed.case.number
    npa, desk = await bureau.officer("165", "npa"), await bureau.officer("registry_desk", "lianfang")
    await bureau.step(npa, number, "accept")
    await bureau.step(npa, number, "confirm")
    given = {"scope": "host", "until": bureau.later(days=90)}
    plan = await bureau.try_step(desk, number, "list", **given)
    assert filed.report.shown == shown
    assert plan.adds == (shown,)
    assert [one.code for one in plan.objections] == ["targets_needed"]
    with pytest.raises(Refused) as refused:
        await bureau.step(desk, number, "list", **given)
    assert refused.value.codes == ("targets_needed",)
    plan = await bureau.step(desk, number, "list", targets=(shown,), **given)
    assert [target.shown for target in await bureau.targets(number)] == [shown]


async def test_a_message_with_one_thing_lists_that_and_the_officer_sees_all_of_it(bureau: Bureau) -> None:
    number = (await bureau.file(kind="sms", subject="恭喜中獎，請打 0912-345-678 領取")).case.number
    npa, desk = await bureau.officer("165", "npa"), await bureau.officer("registry_desk", "lianfang")
    await bureau.step(npa, number, "accept")
    await bureau.step(npa, number, "confirm")
    plan = await bureau.step(desk, number, "list", until=bureau.later(days=90))
    assert plan.adds == ("0912345678",)
    assert "0912345678" not in repr(plan)
    assert [target.shown for target in await bureau.targets(number)] == ["0912***678"]


@pytest.mark.parametrize(
    ("subject", "asked"),
    [
        ("Telegram @tw_signal_free", "加入 t.me/tw_signal_free 領飆股"),
        ("Instagram @star_gift88", "私訊 IG：star_gift88 領獎"),
    ],
)
async def test_a_chat_is_listed_by_two_organisations_and_found_as_people_write_it(
    bureau: Bureau, subject: str, asked: str
) -> None:
    number = (await bureau.file(kind="chat", subject=subject)).case.number
    assert (await bureau.file(kind="chat", subject=subject.lower())).others == 1
    npa, desk = await bureau.officer("165", "npa"), await bureau.officer("registry_desk", "lianfang")
    colleague = await bureau.officer("165", "npa", "second")
    await bureau.step(npa, number, "accept")
    await bureau.step(npa, number, "confirm")
    given = {"scope": "host", "until": bureau.later(days=30)}
    plan = await bureau.try_step(colleague, number, "list", **given)
    assert [one.code for one in plan.objections] == ["same_organisation"]
    assert await bureau.verdict(asked) != "fraud"
    await bureau.step(desk, number, "list", **given)
    found = await bureau.checked(asked)
    assert found["verdict"] == "fraud"
    assert {"listed_lianfang"} <= {reason["code"] for reason in found["reasons"]}
    filed = await bureau.appeal(await bureau.person(), subject)
    assert filed.found


@pytest.mark.parametrize(
    ("subject", "fault"), [("Telegram @shopee", "registered_chat"), ("IG：admin", "common_word")]
)
async def test_a_name_of_an_organisation_or_of_everybody_is_listed_on_no_platform(
    bureau: Bureau, subject: str, fault: str
) -> None:
    number = (await bureau.file(kind="chat", subject=subject)).case.number
    npa, desk = await bureau.officer("165", "npa"), await bureau.officer("registry_desk", "lianfang")
    await bureau.step(npa, number, "accept")
    await bureau.step(npa, number, "confirm")
    plan = await bureau.try_step(desk, number, "list", scope="host", until=bureau.later(days=30))
    assert fault in [one.code for one in plan.objections]


async def test_a_registered_number_is_never_listed(bureau: Bureau) -> None:
    number = (await bureau.file(kind="phone", subject="1910")).case.number
    npa, desk = await bureau.officer("165", "npa"), await bureau.officer("registry_desk", "lianfang")
    await bureau.step(npa, number, "accept")
    await bureau.step(npa, number, "confirm")
    with pytest.raises(Refused) as refused:
        await bureau.step(desk, number, "list", until=bureau.later(days=90))
    assert refused.value.codes == ("registered_number",)
    assert await bureau.state(number) == "confirmed"


async def test_an_upheld_appeal_lifts_the_listing_and_tells_both(bureau: Bureau) -> None:
    reporter, owner, other = await bureau.person(), await bureau.person(), await bureau.person()
    number = (await bureau.file(reporter)).case.number
    await bureau.approve_all_the_way(number)
    filed = await bureau.appeal(owner, "http://evil-shop.top/ 上面什麼都沒有")
    assert filed.found
    assert await bureau.state(number) == "appealed"
    assert await bureau.verdict(EVIL) == "fraud"
    second = await bureau.appeal(other, "m.evil-shop.top")
    again = await bureau.appeal(owner, "www.evil-shop.top")
    assert (again.case.number, again.again) == (filed.case.number, True)

    for role, organisation in (("authority", "moda"), ("association", "tiea")):
        officer = await bureau.officer(role, organisation)
        with pytest.raises(Refused) as refused:
            await bureau.step(officer, filed.case.number, "uphold", reason="wrongly_listed")
        assert refused.value.codes == ("same_person",)
    desk = await bureau.officer("registry_desk", "lianfang")
    await bureau.step(desk, filed.case.number, "uphold", reason="wrongly_listed")

    assert await bureau.state(number) == "upheld"
    assert await bureau.state(second.case.number) == "upheld"
    assert await bureau.verdict(EVIL) != "fraud"
    assert await bureau.told(owner) == ["notice.appeal_upheld"]
    assert await bureau.told(other) == ["notice.appeal_upheld"]
    assert (await bureau.told(reporter))[-1] == "notice.report_lifted"

    anew = (await bureau.file()).case.number
    await bureau.step(await bureau.officer("165", "npa"), anew, "accept")
    plan = await bureau.try_step(await bureau.officer("association", "tiea"), anew, "verify", scope="host")
    assert [(one.code, one.about) for one in plan.objections] == [
        ("typed_confirmation_needed", "appeal_upheld_before")
    ]


async def test_a_denied_appeal_lets_the_case_go_on_where_it_was(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number, "accept", "verify")
    owner, other = await bureau.person(), await bureau.person()
    first, second = await bureau.appeal(owner, EVIL), await bureau.appeal(other, EVIL)
    desk = await bureau.officer("registry_desk", "lianfang")
    await bureau.step(desk, first.case.number, "deny", reason="evidence_stands")
    assert await bureau.state(number) == "appealed"
    await bureau.step(desk, second.case.number, "deny", reason="evidence_stands")
    assert await bureau.state(number) == "verified"
    assert await bureau.verdict(EVIL) == "fraud"
    await bureau.approve_all_the_way(number, "approve")


async def test_an_appeal_does_not_make_an_emergency_last_longer(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.step(await bureau.officer("165", "npa"), number, "accept")
    authority = await bureau.officer("authority", "moda")
    await bureau.step(
        authority, number, "approve_provisionally",
        reason="property_at_risk", scope="host", legal_basis="court_decision", unit="npa",
    )  # fmt: skip
    bureau.clock.move(hours=40)
    filed = await bureau.appeal(await bureau.person(), EVIL)
    desk = await bureau.officer("registry_desk", "lianfang")
    await bureau.step(desk, filed.case.number, "deny", reason="no_new_facts")
    assert await bureau.state(number) == "approved_provisionally"
    bureau.clock.move(hours=8)
    await bureau.deadlines()
    assert await bureau.state(number) == "lapsed"


async def test_undoing_a_confirmation_does_not_begin_the_emergency_anew(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.step(await bureau.officer("165", "npa"), number, "accept")
    await bureau.step(
        await bureau.officer("authority", "moda"), number, "approve_provisionally",
        reason="property_at_risk", scope="host", legal_basis="court_decision", unit="npa",
    )  # fmt: skip
    association = await bureau.officer("association", "tiea")
    bureau.clock.move(hours=40)
    await bureau.step(association, number, "confirm", until=bureau.later(days=30))
    bureau.clock.move(hours=2)
    await bureau.back(association, number)
    assert (await bureau.row(number)).due_at == bureau.later(hours=6)
    bureau.clock.move(hours=6)
    await bureau.deadlines()
    assert await bureau.state(number) == "lapsed"


async def test_an_appeal_about_what_others_list_has_a_number_and_a_clock(bureau: Bureau) -> None:
    filed = await bureau.appeal(await bureau.person(), "my-shop.tw", "verdict")
    assert not filed.found
    assert filed.case.due_at == bureau.later(hours=72)
    bureau.clock.move(hours=72)
    await bureau.deadlines()
    assert (await bureau.row(filed.case.number)).late
    person = await bureau.person()
    for number in range(10):
        await bureau.appeal(person, f"my-shop-{number}.tw")
    with pytest.raises(TooManyReports):
        await bureau.appeal(person, "one-more.tw")


async def test_a_dry_run_says_exactly_what_changes_and_changes_nothing(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.file()
    await bureau.step(await bureau.officer("165", "npa"), number, "accept")
    officer = await bureau.officer("association", "tiea")
    tried = await bureau.try_step(officer, number, "verify", scope="host")
    assert await bureau.state(number) == "accepted"
    assert await bureau.targets(number) == []
    done = await bureau.step(officer, number, "verify", scope="host")
    assert tried == done
    assert (tried.adds, tried.removes, tried.tells, tried.after) == (
        ("m[.]evil-shop[.]top",),
        (),
        2,
        "verified",
    )
    assert tried.room is not None
    assert tried.room.listed_today == 0
    [target] = await bureau.targets(number)
    assert (target.key, target.scope, target.listed, target.until) == (
        "m.evil-shop.top",
        "host",
        True,
        tried.until,
    )


async def test_whole_domain_or_sub_domain_is_decided(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.step(await bureau.officer("165", "npa"), number, "accept")
    officer = await bureau.officer("association", "tiea")
    with pytest.raises(Refused) as refused:
        await bureau.step(officer, number, "verify")
    assert refused.value.codes == ("scope_needed",)
    with pytest.raises(Refused) as refused:
        await bureau.step(officer, number, "verify", scope="domain")
    assert refused.value.codes == ("typed_confirmation_needed",)
    await bureau.step(officer, number, "verify", scope="domain", typed="evil-shop.top")
    assert await bureau.verdict("http://www.evil-shop.top/") == "fraud"


async def test_another_decision_replaces_what_was_listed(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number, "accept", "verify")
    officer = await bureau.officer("association", "tiea")
    await bureau.back(officer, number)
    await bureau.step(officer, number, "verify", scope="domain", typed="evil-shop.top")
    await bureau.back(officer, number)
    await bureau.step(officer, number, "verify", scope="host")
    assert await bureau.verdict("http://www.evil-shop.top/") != "fraud"
    assert await bureau.verdict(EVIL) == "fraud"


async def test_a_page_that_moved_on_is_not_decided_blindly(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    officer = await bureau.officer("165", "npa")
    seen = len(await bureau.history(number))
    await bureau.step(officer, number, "accept", seen=seen)
    with pytest.raises(Refused) as refused:
        await bureau.step(
            await bureau.officer("association", "tiea"), number, "verify", scope="host", seen=seen
        )
    assert refused.value.codes == ("moved_on",)


async def test_a_day_has_its_limit_until_an_admin_looked_again(bureau: Bureau) -> None:
    npa, association = await bureau.officer("165", "npa"), await bureau.officer("association", "tiea")
    numbers = [(await bureau.file(subject=f"http://evil-{one}.top")).case.number for one in range(22)]
    for number in numbers:
        await bureau.step(npa, number, "accept")
    for number in numbers[:20]:
        await bureau.step(association, number, "verify", scope="host")
    with pytest.raises(Refused) as refused:
        await bureau.step(association, numbers[20], "verify", scope="host")
    assert refused.value.codes == ("limit_reached",)
    with pytest.raises(MayNotRelease):
        await bureau.do(lambda session: release(session, association, 1, bureau.clock()))
    admin = await bureau.officer("admin", "lianfang")
    await bureau.bind(admin, "association", "tesa")
    await bureau.do(lambda session: release(session, admin, 1, bureau.clock()))
    with pytest.raises(Refused) as refused:  # his own release is not for himself
        await bureau.step(admin, numbers[20], "verify", scope="host")
    assert refused.value.codes == ("limit_reached",)
    await bureau.step(association, numbers[20], "verify", scope="host")
    bureau.clock.move(days=1)
    await bureau.step(association, numbers[21], "verify", scope="host")


async def test_a_day_of_the_limit_begins_and_ends_at_midnight_in_taipei(bureau: Bureau) -> None:
    npa, association = await bureau.officer("165", "npa"), await bureau.officer("association", "tiea")

    async def list_one(subject: str) -> None:
        number = (await bureau.file(subject=subject)).case.number
        await bureau.step(npa, number, "accept")
        await bureau.step(association, number, "verify", scope="host")

    async def counted(at: datetime) -> tuple[int, int]:
        found = await bureau.database.look(lambda session: room(session, "list", association, at))
        return found.listed_today, found.standing

    midnight = datetime(2026, 11, 23, tzinfo=TAIPEI)
    last, first = midnight - timedelta(milliseconds=1), midnight
    bureau.clock.now = last
    await list_one("http://evil-1.top")
    assert await counted(last) == (1, 0)
    assert await counted(first) == (0, 1)
    bureau.clock.now = first
    await list_one("http://evil-2.top")
    await list_one("http://evil-3.top")
    assert await counted(first) == (2, 1)
    assert await counted(last) == (
        1,
        0,
    )  # an officer whose clock is behind: what follows is no part of that day
    assert await counted(midnight + timedelta(days=1)) == (0, 3)
