"""An appeal holds a case for as long as somebody looks again, and by itself takes nothing off the list for good."""

import pytest

from services.reports.deciding import Refused
from tests.unit.reports.bureau import EVIL, Bureau

ABOVE = "top"  # a public suffix: everybody's name stands below it


async def emergency(bureau: Bureau, reporter: str | None = None) -> str:
    number = (await bureau.file(reporter)).case.number
    await bureau.step(await bureau.officer("165", "npa"), number, "accept")
    await bureau.step(
        await bureau.officer("authority", "moda"), number, "approve_provisionally",
        reason="property_at_risk", scope="host", legal_basis="court_decision", unit="npa",
    )  # fmt: skip
    return number


async def verified(bureau: Bureau) -> str:
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number, "accept", "verify")
    return number


async def deny(bureau: Bureau, appeal: str) -> None:
    desk = await bureau.officer("registry_desk", "lianfang")
    await bureau.step(desk, appeal, "deny", reason="evidence_stands")


async def uphold(bureau: Bureau, appeal: str) -> None:
    desk = await bureau.officer("registry_desk", "lianfang")
    await bureau.step(desk, appeal, "uphold", reason="wrongly_listed")


async def test_an_emergency_that_is_appealed_lapses_and_can_still_be_verified(bureau: Bureau) -> None:
    number = await emergency(bureau)
    bureau.clock.move(hours=10)
    appeal = (await bureau.appeal(await bureau.person(), EVIL)).case.number
    assert await bureau.state(number) == "appealed_provisionally"
    assert await bureau.verdict(EVIL) == "fraud"
    assert (await bureau.row(number)).due_at == bureau.later(hours=38)
    bureau.clock.move(hours=38)
    await bureau.deadlines()
    assert await bureau.state(number) == "lapsed"
    await bureau.step(await bureau.officer("association", "tiea"), number, "verify", scope="host")
    assert await bureau.verdict(EVIL) == "fraud"
    await uphold(bureau, appeal)
    assert await bureau.state(number) == "upheld"
    assert await bureau.verdict(EVIL) != "fraud"


async def test_an_appeal_upheld_after_the_emergency_ended_ends_the_case(bureau: Bureau) -> None:
    reporter = await bureau.person()
    number = await emergency(bureau, reporter)
    appeal = (await bureau.appeal(await bureau.person(), EVIL)).case.number
    bureau.clock.move(hours=48)
    await bureau.deadlines()
    await uphold(bureau, appeal)
    assert await bureau.state(number) == "upheld"
    assert "notice.report_lifted" not in await bureau.told(reporter)  # nothing was listed any more


async def test_an_emergency_that_is_appealed_is_confirmed_by_another_organisation(bureau: Bureau) -> None:
    number = await emergency(bureau)
    appeal = (await bureau.appeal(await bureau.person(), EVIL)).case.number
    until, association = bureau.later(days=30), await bureau.officer("association", "tiea")
    with pytest.raises(Refused) as refused:
        await bureau.step(await bureau.officer("authority", "moda", "two"), number, "confirm", until=until)
    assert refused.value.codes == ("same_organisation",)
    await bureau.step(association, number, "confirm", until=until)
    assert await bureau.state(number) == "appealed"
    bureau.clock.move(hours=50)
    await bureau.deadlines()
    assert await bureau.verdict(EVIL) == "fraud"
    assert (await bureau.row(number)).due_at == until
    await deny(bureau, appeal)
    assert await bureau.state(number) == "approved"
    assert (await bureau.row(number)).due_at is not None


async def test_a_confirmation_taken_back_leaves_the_appeal_to_be_denied(bureau: Bureau) -> None:
    number = await emergency(bureau)
    appeal = (await bureau.appeal(await bureau.person(), EVIL)).case.number
    association = await bureau.officer("association", "tiea")
    await bureau.step(association, number, "confirm", until=bureau.later(days=30))
    await bureau.back(association, number)
    assert await bureau.state(number) == "appealed_provisionally"
    assert (await bureau.row(number)).due_at == bureau.later(hours=48)
    await deny(bureau, appeal)
    assert await bureau.state(number) == "approved_provisionally"
    assert (await bureau.row(number)).due_at == bureau.later(hours=48)


async def test_an_upheld_appeal_lifts_an_emergency(bureau: Bureau) -> None:
    number = await emergency(bureau)
    await uphold(bureau, (await bureau.appeal(await bureau.person(), EVIL)).case.number)
    assert await bureau.state(number) == "upheld"
    assert await bureau.verdict(EVIL) != "fraud"


@pytest.mark.parametrize("subject", [ABOVE, "com.tw", "github.io"])
async def test_a_name_that_nobody_registered_concerns_nothing(bureau: Bureau, subject: str) -> None:
    sites = [f"https://evil-shop.{end}" for end in (ABOVE, "com.tw", "github.io")]
    numbers = [(await bureau.file(subject=site)).case.number for site in sites]
    for number in numbers:
        await bureau.approve_all_the_way(number, "accept", "verify")
    filed = await bureau.appeal(await bureau.person(), subject)
    assert (filed.found, filed.case.state) == (False, "filed")
    assert [await bureau.state(number) for number in numbers] == ["verified"] * 3


async def test_a_person_has_one_appeal_against_a_case_whatever_name_it_is_called_by(bureau: Bureau) -> None:
    number, person = await verified(bureau), await bureau.person()
    first = await bureau.appeal(person, EVIL)
    other = await bureau.appeal(person, "https://evil-shop.top")
    assert (other.case.number, other.again) == (first.case.number, True)
    assert await bureau.state(number) == "appealed"


async def test_a_person_holds_a_case_once(bureau: Bureau) -> None:
    number, person = await verified(bureau), await bureau.person()
    await deny(bureau, (await bureau.appeal(person, EVIL)).case.number)
    bureau.clock.move(hours=1)
    await bureau.approve_all_the_way(number, "approve")
    again = await bureau.appeal(person, EVIL)
    assert (again.found, again.again, again.case.state) == (True, False, "filed")
    assert await bureau.state(number) == "approved"
    await bureau.appeal(await bureau.person(), EVIL)  # another one, after a further step
    assert await bureau.state(number) == "appealed"


async def test_after_one_was_denied_others_wait_and_hold_nothing_until_the_next_step(bureau: Bureau) -> None:
    number = await verified(bureau)
    bureau.clock.move(hours=1)
    await deny(bureau, (await bureau.appeal(await bureau.person(), EVIL)).case.number)
    waiting = await bureau.appeal(await bureau.person(), EVIL)
    assert (waiting.found, waiting.case.state) == (True, "filed")
    assert await bureau.state(number) == "verified"
    bureau.clock.move(hours=1)
    await bureau.approve_all_the_way(number, "approve")
    bureau.clock.move(hours=1)
    holding = await bureau.appeal(await bureau.person(), EVIL)
    assert await bureau.state(number) == "appealed"
    await deny(bureau, holding.case.number)  # the one that only waits holds nothing now either
    assert await bureau.state(number) == "approved"
    await uphold(bureau, waiting.case.number)
    assert await bureau.state(number) == "upheld"
    assert await bureau.verdict(EVIL) != "fraud"
