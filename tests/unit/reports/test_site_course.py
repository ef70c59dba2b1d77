"""A reported site on its way through three organisations, back by one step, through an emergency, and listed."""

import pytest

from lianfang import events
from services.reports.deciding import Refused
from tests.unit.reports.bureau import EVIL, Bureau


async def test_a_site_is_found_by_the_next_check_once_two_organisations_looked(bureau: Bureau) -> None:
    person = await bureau.person()
    filed = await bureau.file(person)
    assert (filed.state, filed.others, filed.again) == ("reported", 0, False)
    number = filed.case.number

    await bureau.approve_all_the_way(number, "accept")
    assert await bureau.verdict(EVIL) != "fraud"
    await bureau.approve_all_the_way(number, "verify")
    assert await bureau.verdict(EVIL) == "fraud"
    await bureau.approve_all_the_way(number, "approve", "hand_over")

    assert await bureau.state(number) == "handed_over"
    assert await bureau.told(person) == [
        "notice.site_accepted",
        "notice.site_verified",
        "notice.site_approved",
        "notice.site_handed_over",
    ]
    row = await bureau.row(number)
    assert (row.legal_basis, row.unit) == ("fraud_act_42", "moda-adi")
    case = await bureau.case(number)
    assert (case.due_at, case.due_event) == (bureau.later(days=300), "expire")
    async with bureau.database.read() as session:
        assert await events.verify(session) == []


async def test_a_listing_ends_by_itself(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number)
    bureau.clock.move(days=300)
    assert await bureau.deadlines() == 1
    assert await bureau.state(number) == "expired"
    assert await bureau.verdict(EVIL) != "fraud"


async def test_one_step_leads_back_and_takes_the_listing_with_it(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number, "accept", "verify")
    officer = await bureau.officer("association", "tiea")
    plan = await bureau.back(officer, number)
    assert plan.removes == ("m[.]evil-shop[.]top",)
    assert await bureau.state(number) == "accepted"
    assert await bureau.verdict(EVIL) != "fraud"
    with pytest.raises(Refused) as refused:
        await bureau.back(officer, number)
    assert refused.value.codes == ("nothing_to_undo",)


async def test_an_undone_rejection_lists_again(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number, "accept", "verify")
    authority = await bureau.officer("authority", "moda")
    await bureau.step(authority, number, "reject", reason="not_fraud")
    assert await bureau.verdict(EVIL) != "fraud"
    await bureau.back(authority, number)
    assert await bureau.state(number) == "verified"
    assert await bureau.verdict(EVIL) == "fraud"


async def test_an_emergency_ends_after_two_days_unless_another_organisation_confirms_it(
    bureau: Bureau,
) -> None:
    confirmed, left = [
        (await bureau.file(subject=site)).case.number for site in ("http://a-evil.top", "http://b-evil.top")
    ]
    authority = await bureau.officer("authority", "moda")
    urgent = {
        "reason": "property_at_risk",
        "scope": "host",
        "legal_basis": "emergency_self_regulation",
        "unit": "npa",
    }
    for number in (confirmed, left):
        await bureau.step(await bureau.officer("165", "npa"), number, "accept")
        await bureau.step(authority, number, "approve_provisionally", **urgent)
    assert await bureau.verdict("http://b-evil.top") == "fraud"
    with pytest.raises(Refused) as refused:
        await bureau.step(authority, confirmed, "confirm", until=bureau.later(days=30))
    assert "same_person" in refused.value.codes
    association = await bureau.officer("association", "tiea")
    await bureau.step(association, confirmed, "confirm", until=bureau.later(days=30))

    bureau.clock.move(hours=47)
    await bureau.deadlines()
    assert await bureau.state(left) == "approved_provisionally"
    bureau.clock.move(hours=1)
    await bureau.deadlines()
    assert (await bureau.state(confirmed), await bureau.state(left)) == ("approved", "lapsed")
    assert await bureau.verdict("http://a-evil.top") == "fraud"
    assert await bureau.verdict("http://b-evil.top") != "fraud"
    await bureau.step(association, left, "verify", scope="host")
    assert await bureau.verdict("http://b-evil.top") == "fraud"


async def test_a_page_under_a_shared_host_goes_to_its_platform(bureau: Bureau) -> None:
    page = "https://sites.google.com/view/evil-gift"
    number = (await bureau.file(subject=page)).case.number
    await bureau.approve_all_the_way(number, "accept", "verify", scope="page")
    authority = await bureau.officer("authority", "moda")
    with pytest.raises(Refused) as refused:
        await bureau.step(
            authority,
            number,
            "approve",
            legal_basis="fraud_act_42",
            unit="moda-adi",
            until=bureau.later(days=30),
        )
    assert refused.value.codes == ("page_cannot_be_blocked",)
    await bureau.step(authority, number, "hand_to_platform")
    assert await bureau.verdict(page) == "fraud"
    assert await bureau.verdict("https://sites.google.com/view/another") != "fraud"


async def test_what_stands_still_is_late_and_comes_first(bureau: Bureau) -> None:
    person = await bureau.person()
    number = (await bureau.file(person)).case.number
    before = (await bureau.row(number)).rank
    bureau.clock.move(hours=4)
    assert await bureau.deadlines() == 1
    row = await bureau.row(number)
    assert (row.state, row.late) == ("reported", True)
    assert row.rank < before
    assert row.due_at == bureau.later(hours=4)
    await bureau.approve_all_the_way(number, "accept")
    bureau.clock.move(hours=24)
    await bureau.deadlines()
    assert await bureau.told(person) == ["notice.site_accepted"]
