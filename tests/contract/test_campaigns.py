"""Who asks about near-identical messages is counted: each person once, and only while the check is remembered."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.retention import enforce
from services.people.memory import erase
from services.registry.campaigns.models import Campaign, CampaignBand
from services.registry.checking import Asker, judge_request, run_check
from services.registry.models import Check
from services.registry.requests import CheckRequest
from services.registry.seeding import load_seed
from tests.conftest import Hands
from tests.contract.campaigning import Town

PARCEL = "您的包裹{number}已送達門市，請於三日內憑證件取貨，逾期將退回寄件人 {link}"
WATER = "【台灣自來水】明日上午9時至下午5時進行管線維修，該時段將暫停供水，敬請儲水備用，詳見 {}"
GENUINE, CLONE = WATER.format("https://www.water.gov.tw"), WATER.format("https://water-tw.top/pay")


async def counts(town: Town) -> list[int]:
    async with town.database.read() as session:
        tables = (Campaign, CampaignBand, Check)
        return [await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


async def test_each_person_counts_once(town: Town) -> None:
    one, two = await town.person("one"), await town.person("two")
    first = await town.ask(one, PARCEL.format(number=1, link="https://a.top/1"))
    town.clock.move(hours=2)
    again = await town.ask(one, PARCEL.format(number=22, link=""))
    copy = await town.ask(two, PARCEL.format(number="333", link="https://b.top"))
    nobody = await town.ask(None, PARCEL.format(number=4, link=""))
    asked = [answer["campaign"] for answer in (first, again, copy, nobody)]
    assert len({campaign["id"] for campaign in asked}) == 1
    assert [campaign["askers"] for campaign in asked] == [1, 1, 2, 2]
    assert {campaign["first_seen"] for campaign in asked} == {"2026-11-22T06:05:00.000Z"}
    assert (await counts(town))[:2] == [1, 20]


async def test_counts_never_change_a_verdict(town: Town) -> None:
    answers = [
        await town.ask(await town.person(f"p{number}"), PARCEL.format(number=number, link=""))
        for number in range(6)
    ]
    assert answers[-1]["campaign"]["askers"] == 6
    judged = [(one["verdict"], one["score"], one["reasons"], one["judged_by"]) for one in answers]
    assert judged == [judged[0]] * 6


async def test_a_genuine_message_and_its_clone_share_a_campaign(town: Town) -> None:
    one, two = await town.person("one"), await town.person("two")
    genuine = await town.ask(one, GENUINE)
    clone = await town.ask(two, CLONE)
    assert genuine["campaign"]["id"] == clone["campaign"]["id"]
    assert clone["campaign"]["askers"] == 2
    assert (genuine["verdict"], clone["verdict"]) == ("unknown", "fraud")


@pytest.mark.parametrize("text", ["https://evil.top/pay", "0912-345-678", "好的", "," * 5000])
async def test_what_has_hardly_a_word_is_not_counted(town: Town, text: str) -> None:
    answer = await town.ask(await town.person("one"), text)
    assert answer["campaign"] == {"id": None, "askers": None, "first_seen": None}
    assert (await counts(town))[0] == 0


async def test_a_repeated_turn_counts_once(town: Town) -> None:
    one = await town.person("one")
    text = PARCEL.format(number=1, link="")
    first = await town.ask(one, text, event="in_1")
    repeat = await town.ask(one, text, event="in_1")
    assert (first["id"], first["campaign"]) == (repeat["id"], repeat["campaign"])
    assert await counts(town) == [1, 20, 1]


async def test_asking_again_with_the_sender_counts_once(town: Town) -> None:
    one = await town.person("one")
    first = await town.ask(one, PARCEL.format(number=1, link="https://a.top"))
    second = await town.again(one, first["id"], sender="0912345678")
    assert second["campaign"] == first["campaign"]


async def test_a_person_erased_is_counted_no_more(town: Town) -> None:
    persons = [await town.person(name) for name in ("one", "two", "three")]
    for person in persons:
        await town.ask(person, PARCEL.format(number=1, link=""))
    async with town.database.write() as session:
        await erase(session, persons[0], event=None, now=town.clock())
    later = await town.ask(await town.person("four"), PARCEL.format(number=1, link=""))
    assert later["campaign"]["askers"] == 3


async def test_a_message_taken_back_leaves_nothing(town: Town) -> None:
    one, two = await town.person("one"), await town.person("two")
    await town.ask(one, PARCEL.format(number=1, link=""), event="in_1")
    await town.ask(two, PARCEL.format(number=1, link=""), event="in_2")
    await town.call("POST", "/v1/checks/forget", None, {"event": "in_1"})
    assert await counts(town) == [1, 20, 1]
    await town.call("POST", "/v1/checks/forget", None, {"event": "in_2"})
    assert await counts(town) == [0, 0, 0]


async def test_a_month_later_all_of_it_is_gone(town: Town) -> None:
    await town.ask(await town.person("one"), PARCEL.format(number=1, link=""))
    town.clock.now += timedelta(days=20)
    late = await town.ask(await town.person("two"), PARCEL.format(number=1, link=""))
    town.clock.now += timedelta(days=15)
    await enforce(town.database, town.clock)
    assert await counts(town) == [1, 20, 1]
    later = await town.ask(await town.person("three"), PARCEL.format(number=1, link=""))
    assert later["campaign"] == {**late["campaign"], "askers": 2}
    town.clock.now += timedelta(days=31)
    await enforce(town.database, town.clock)
    assert await counts(town) == [0, 0, 0]


async def test_many_at_once_in_two_processes_make_one_campaign(
    database: Database, vault: Vault, clock: Hands
) -> None:
    await load_seed(database, clock)
    other = Database(database.url.render_as_string(hide_password=False))
    request = CheckRequest(text=PARCEL.format(number=1, link="https://a.top"), via="forwarded")
    answers = await asyncio.gather(
        *(
            run_check(
                [database, other][number % 2], vault, clock, request, Asker(f"p_{number}", f"in_{number}")
            )
            for number in range(12)
        )
    )
    async with database.read() as session:
        campaigns = set(await session.scalars(select(Check.campaign)))
        assert await session.scalar(select(func.count()).select_from(Check)) == 12
    assert campaigns == {answer["campaign"]["id"] for answer in answers}
    assert len(campaigns) == 1
    last = await run_check(other, vault, clock, request, Asker("p_x", "in_x"))
    assert last["campaign"]["askers"] == 13
    await other.close()


async def test_keys_that_rotate_keep_the_count(database: Database, vault: Vault, clock: Hands) -> None:
    await load_seed(database, clock)
    secret = ["0" * 43 + "="]
    before, after = Vault(secret, ["k1:one"]), Vault(secret, ["k2:two", "k1:one"])
    request = CheckRequest(text=PARCEL.format(number=1, link="https://a.top"), via="forwarded")
    first = await run_check(database, before, clock, request, Asker("p_1", "in_1"))
    second = await run_check(database, after, clock, request, Asker("p_2", "in_2"))
    assert second["campaign"] == {**first["campaign"], "askers": 2}


async def test_the_command_line_counts_nothing(database: Database, clock: Hands) -> None:
    await load_seed(database, clock)
    answer = await judge_request(database, CheckRequest(text=PARCEL.format(number=1, link="")), clock())
    assert answer["campaign"] == {"id": None, "askers": None, "first_seen": None}
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Campaign)) == 0


async def test_of_a_text_nothing_readable_is_stored(town: Town) -> None:
    text = "【台灣自來水】貴戶水費逾期，請匯款至帳號 013-123456789012 或洽 LINE：cash777x"
    await town.ask(await town.person("one"), text)
    async with town.database.read() as session:
        check = (await session.scalars(select(Check))).one()
        campaign = (await session.scalars(select(Campaign))).one()
        bands = set(await session.scalars(select(CampaignBand.band)))
    kept = " ".join([check.case_key or "", check.wording_key or "", *bands]) + repr(campaign.signature)
    assert check.case_key is not None
    assert not [word for word in ("123456789012", "cash777x", "水費", "逾期") if word in kept]
