"""Late evidence from the stored check to the notice, on both databases, against small real servers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from sqlalchemy import func, select

from bot.speech import Speech
from lianfang.database import Database
from lianfang.jobs import run_due
from lianfang.notices import Notice
from lianfang.privacy import Vault
from lianfang.retention import enforce
from lianfang.settings import ROOT, Settings
from lianfang.words import Words
from services.people.memory import Contact, erase, last_check, recognise
from services.registry.checking import Asker, check_again, forget_event, run_check
from services.registry.late.domain_age import DomainAge
from services.registry.late.models import LateAnswer, LateLookUp
from services.registry.late.port import DOMAIN_AGE, SAFE_BROWSING, SHORT_LINK, Adapter, Finding, TryLater
from services.registry.late.queue import AFTER_THE_ANSWER
from services.registry.late.rejudging import Tools, judge_found
from services.registry.late.short_links import ShortLinks
from services.registry.late.switches import adapters_of, enabled_kinds, late_jobs
from services.registry.late.working import WAITS, look_up_due
from services.registry.models import Check
from services.registry.models import CheckRequest as StoredRequest
from services.registry.requests import AgainRequest, CheckRequest
from services.registry.seeding import load_seed
from tests.conftest import Hands
from tests.fakes.rdap import FakeRdap
from tests.fakes.safe_browsing import FakeSafeBrowsing
from tests.fakes.strange_web import LOOPBACK, StrangeWeb

SHORT = "【台灣自來水】您的水費單：http://reurl.cc/abc"
FOREIGN = "https://picnic-2026.com.tw/map"  # nothing else, so that nothing but late evidence speaks
WORDS = Words.load(ROOT / "domain.yml")


@dataclass
class Town:
    """One person who asks, and the job that works the queue off."""

    database: Database
    vault: Vault
    clock: Hands
    person: str
    adapters: dict[str, Adapter] = field(default_factory=dict)

    async def ask(self, text: str, event: str = "in_1", sender: str | None = None) -> dict[str, Any]:
        return await run_check(
            self.database,
            self.vault,
            self.clock,
            CheckRequest(text=text, via="forwarded", sender=sender),
            Asker(self.person, event),
            late=frozenset(self.adapters),
        )

    async def again(self, check: str, event: str = "in_again", **told: str) -> dict[str, Any]:
        return await check_again(
            self.database,
            self.vault,
            self.clock,
            check,
            told=AgainRequest.model_validate(told),
            asker=Asker(self.person, event),
            late=frozenset(self.adapters),
        )

    async def work(self, rounds: int = 1) -> int:
        """The job, after the time an answer takes; returns how many verdicts changed."""
        changed = 0
        for _ in range(rounds):
            self.clock.move(seconds=AFTER_THE_ANSWER.total_seconds() + 1)
            await look_up_due(self.database, self.clock, self.adapters)
            changed += await judge_found(self.tools())
        return changed

    def tools(self) -> Tools:
        return Tools(self.database, self.vault, self.clock, frozenset(self.adapters))

    async def checks(self) -> list[Check]:
        async with self.database.read() as session:
            return list(await session.scalars(select(Check).order_by(Check.checked_at, Check.id)))

    async def rows(self) -> dict[tuple[str, str], str]:
        async with self.database.read() as session:
            rows = await session.scalars(select(LateLookUp))
            return {(row.kind, row.value): row.state for row in rows}

    async def notices(self, language: str = "zh-TW") -> list[str]:
        async with self.database.read() as session:
            rows = (await session.scalars(select(Notice).order_by(Notice.id))).all()
        speech = Speech(WORDS, language, "Lianfang")
        return [speech.plain(row.key, self.vault.decrypt_json(row.params)).text for row in rows]


@pytest.fixture
async def town(database: Database, vault: Vault, clock: Hands) -> Town:
    await load_seed(database, clock)
    async with database.write() as session:
        known = await session.run_sync(recognise, vault, Contact("line", "U1", "in_0"), clock())
    return Town(database, vault, clock, known.person)


@pytest.fixture
async def web() -> AsyncIterator[StrangeWeb]:
    one = StrangeWeb()
    await one.start()
    yield one
    await one.stop()


@pytest.fixture
async def rdap() -> AsyncIterator[FakeRdap]:
    one = FakeRdap()
    yield one
    await one.stop()
    assert one.violations == []


@pytest.fixture
async def google() -> AsyncIterator[FakeSafeBrowsing]:
    one = FakeSafeBrowsing()
    yield one
    await one.stop()
    assert one.violations == []


def opens_links(town: Town, web: StrangeWeb) -> None:
    town.adapters[SHORT_LINK] = ShortLinks(resolver=web.names(), allowed={LOOPBACK})


@dataclass
class Source:
    """A source of one kind whose answers a test gives; `asked` is what it was asked."""

    told: Finding | None = None
    fault: Exception | None = None
    asked: list[str] = field(default_factory=list)
    kind: ClassVar[str] = SAFE_BROWSING
    keep_nothing: ClassVar[timedelta] = timedelta(minutes=30)

    async def look(self, address: str) -> Finding | None:
        self.asked.append(address)
        if self.fault is not None:
            raise self.fault
        return self.told


LISTED = Finding(SAFE_BROWSING, "http://picnic-2026.com.tw/map", "MALWARE", timedelta(hours=1))


async def test_a_short_link_is_opened_and_its_asker_told_once(town: Town, web: StrangeWeb) -> None:
    opens_links(town, web)
    web.redirects["reurl.cc/abc"] = "http://pay-bill.top/x?who=me"
    first = await town.ask(SHORT)
    assert first["verdict"] in {"unknown", "suspicious"}
    assert await town.work(3) == 1
    [before, after] = await town.checks()
    assert (after.verdict, after.supersedes, after.judged_by) == ("fraud", before.id, "rules")
    assert (after.person, after.event, after.campaign) == (before.person, before.event, before.campaign)
    codes = [reason["code"] for reason in after.reasons]
    assert codes[:2] == ["foreign_address_proven", "expanded_link"]
    assert after.reasons[1]["params"] == {"from": "reurl[.]cc/abc", "to": "pay-bill[.]top/x"}
    assert after.reasons[1]["as_of"] == "2026-11-22"
    async with town.database.read() as session:
        assert await last_check(session, town.person) == after.id
    [notice] = await town.notices()
    assert "11/22 14:05" in notice
    assert "🔴 這是詐騙" in notice
    assert "短網址 reurl[.]cc/abc 會轉到 pay-bill[.]top/x" in notice
    assert "水費單" not in notice
    assert "{" not in notice
    [english] = await town.notices("en")
    assert "Then: " in english
    assert "leads to pay-bill[.]top/x" in english
    assert "{" not in english


async def test_what_a_short_link_leads_to_is_looked_up_next(
    town: Town, web: StrangeWeb, rdap: FakeRdap
) -> None:
    opens_links(town, web)
    town.adapters[DOMAIN_AGE] = DomainAge({"": await rdap.start()})
    web.redirects["reurl.cc/abc"] = "http://picnic-2026.com.tw/x"
    rdap.registered["picnic-2026.com.tw"] = "2026-11-18T00:00:00Z"
    await town.ask("http://reurl.cc/abc")
    await town.work(3)
    assert await town.rows() == {
        (SHORT_LINK, "http://reurl.cc/abc"): "judged",
        (DOMAIN_AGE, "picnic-2026.com.tw"): "judged",
    }
    # A young domain alone means little: nothing changes, nobody is told.
    assert [check.verdict for check in await town.checks()] == ["unknown"]
    assert await town.notices() == []


async def test_a_young_domain_counts_where_an_organisation_speaks(town: Town, rdap: FakeRdap) -> None:
    town.adapters[DOMAIN_AGE] = DomainAge({"": await rdap.start()})
    rdap.registered["picnic-2026.com.tw"] = "2026-11-18T00:00:00Z"
    before = await town.ask(FOREIGN, sender="財政部關務署")
    assert before["verdict"] == "unknown"
    assert await town.work() == 1
    latest = (await town.checks())[-1]
    assert latest.verdict == "suspicious"
    young = next(reason for reason in latest.reasons if reason["code"] == "young_domain")
    assert young["params"] == {"address": "picnic-2026[.]com[.]tw", "on": "11/18"}
    assert (young["source"], young["as_of"]) == ("rdap", "2026-11-22")


async def test_googles_list_by_its_base_url_alone(
    town: Town, rdap: FakeRdap, google: FakeSafeBrowsing
) -> None:
    google.listed["picnic-2026.com.tw"] = "SOCIAL_ENGINEERING"
    settings = Settings(
        rdap_url=await rdap.start(), safe_browsing_key=google.key, safe_browsing_base=await google.start()
    )
    town.adapters = adapters_of(settings)
    assert set(town.adapters) == enabled_kinds(settings) == {DOMAIN_AGE, SAFE_BROWSING}
    await town.ask(FOREIGN)
    town.clock.move(seconds=13)
    jobs = late_jobs(settings, town.database, town.vault, town.clock)
    assert await run_due(town.database, town.clock, jobs) == ["late_evidence"]
    [before, after] = await town.checks()
    assert (before.verdict, after.verdict) == ("unknown", "suspicious")  # never fraud: a third party's list
    listed = next(reason for reason in after.reasons if reason["code"] == "safe_browsing_listed")
    assert (listed["source"], listed["as_of"]) == ("google-safe-browsing", "2026-11-22")
    assert google.asked == ["http://picnic-2026.com.tw/map"]
    [notice] = await town.notices()
    assert "警示由 Google 提供" in notice


async def test_before_the_answer_nothing_is_looked_up(town: Town) -> None:
    source = Source(LISTED)
    town.adapters[SAFE_BROWSING] = source
    await town.ask(FOREIGN)
    town.clock.move(seconds=AFTER_THE_ANSWER.total_seconds() - 1)
    assert await look_up_due(town.database, town.clock, town.adapters) == 0
    assert source.asked == []


@pytest.mark.disable_socket
async def test_off_there_is_no_row_no_job_and_no_socket(
    sqlite_template: Any, vault: Vault, clock: Hands, tmp_path: Any
) -> None:
    path = tmp_path / "lianfang.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite+aiosqlite:///{path}")
    await load_seed(database, clock)
    settings = Settings()
    assert enabled_kinds(settings) == frozenset()
    assert late_jobs(settings, database, vault, clock) == ()
    await run_check(
        database,
        vault,
        clock,
        CheckRequest(text=SHORT, via="typed"),
        Asker("p_1", "in_1"),
        late=enabled_kinds(settings),
    )
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(LateLookUp)) == 0
    await database.close()


async def test_nobody_to_tell_nothing_to_look_up(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    town.person = None  # type: ignore[assignment]
    await town.ask(FOREIGN)
    assert await town.rows() == {}


async def test_what_is_fraud_already_is_not_looked_up(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    answer = await town.ask("【台灣自來水】貴戶水費逾期412元，請至 https://twwater-pay.cc/x 繳納")
    assert answer["verdict"] == "fraud"
    assert await town.rows() == {}


async def test_the_next_who_asks_is_served_from_the_cache(town: Town) -> None:
    source = Source(LISTED)
    town.adapters[SAFE_BROWSING] = source
    await town.ask(FOREIGN)
    await town.work()
    await town.ask(FOREIGN, event="in_2")
    assert await town.work() == 1
    assert source.asked == ["http://picnic-2026.com.tw/map"]
    town.clock.move(hours=2)
    await town.ask(FOREIGN, event="in_3")
    await town.work()
    assert len(source.asked) == 2
    async with town.database.read() as session:
        assert list(await session.scalars(select(LateAnswer.key))) == ["picnic-2026.com.tw/map"]


async def test_trouble_is_tried_again_with_growing_waits_and_is_no_verdict(town: Town) -> None:
    source = Source(fault=TryLater("503"))
    town.adapters[SAFE_BROWSING] = source
    await town.ask(FOREIGN)
    await town.work(2)
    assert len(source.asked) == 1
    for wait in WAITS:
        town.clock.move(seconds=wait.total_seconds())
        await town.work()
    assert len(source.asked) == len(WAITS) + 1
    assert set((await town.rows()).values()) == {"given_up"}
    town.clock.move(hours=5)
    await town.work()
    assert len(source.asked) == len(WAITS) + 1
    assert [check.verdict for check in await town.checks()] == ["unknown"]


async def test_a_source_that_breaks_does_not_stop_the_others(town: Town, web: StrangeWeb) -> None:
    town.adapters[SAFE_BROWSING] = Source(fault=ZeroDivisionError())
    opens_links(town, web)
    web.redirects["reurl.cc/abc"] = "http://pay-bill.top/"
    await town.ask(SHORT)
    assert await town.work() == 1


async def test_killed_between_look_up_and_store_it_repeats_harmlessly(town: Town) -> None:
    source = Source(LISTED)
    town.adapters[SAFE_BROWSING] = source
    await town.ask(FOREIGN)
    town.clock.move(seconds=13)
    asked, hang = asyncio.Event(), asyncio.Event()

    class Dying(Source):
        async def look(self, address: str) -> Finding | None:
            asked.set()
            await hang.wait()
            return LISTED

    first = asyncio.create_task(look_up_due(town.database, town.clock, {SAFE_BROWSING: Dying()}))
    await asked.wait()
    first.cancel()
    await asyncio.wait([first])
    assert set((await town.rows()).values()) == {"waiting"}
    # Killed once more, after the answer was noted and before the check was judged again.
    await look_up_due(town.database, town.clock, town.adapters)
    assert set((await town.rows()).values()) == {"found"}
    assert [await judge_found(town.tools()) for _ in range(3)] == [1, 0, 0]
    assert len(await town.checks()) == 2
    assert len(await town.notices()) == 1


async def test_two_at_once_tell_once(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    await town.ask(FOREIGN)
    town.clock.move(seconds=13)
    await look_up_due(town.database, town.clock, town.adapters)
    changed = await asyncio.gather(*(judge_found(town.tools()) for _ in range(4)))
    assert sorted(changed) == [0, 0, 0, 1]
    assert len(await town.checks()) == 2
    assert len(await town.notices()) == 1


async def test_a_repeated_turn_and_more_told_leave_one_notice(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    first = await town.ask(FOREIGN)
    assert (await town.ask(FOREIGN))["id"] == first["id"]
    second = await town.again(first["id"], sender="0912345678")
    await town.work(2)
    checks = await town.checks()
    # The first check was replaced by what the person told; only the newer one is judged again.
    assert [check.supersedes for check in checks] == [None, first["id"], second["id"]]
    assert len(await town.notices()) == 1


async def test_what_was_found_counts_when_more_is_told(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    first = await town.ask(FOREIGN)
    assert await town.work() == 1
    late = (await town.checks())[-1]
    for card in (late.id, first["id"]):  # the newest check, and the card that was shown first
        answer = await town.again(card, event=f"in_{card}", sender="0912345678")
        assert answer["verdict"] == "suspicious"
        assert "safe_browsing_listed" in [reason["code"] for reason in answer["reasons"]]
    await town.work(2)
    assert len(await town.notices()) == 1


async def test_somebody_who_moved_on_keeps_the_last_check(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    await town.ask(FOREIGN)
    other = await town.ask("請問這是真的嗎", event="in_2")
    assert await town.work() == 1
    async with town.database.read() as session:
        assert await last_check(session, town.person) == other["id"]


async def test_deleting_my_data_ends_all_of_it(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    await town.ask(FOREIGN)
    await town.work()
    await town.ask(SHORT, event="in_2")
    async with town.database.write() as session:
        await erase(session, town.person, event=None, now=town.clock())
    assert await town.rows() == {}
    assert await town.checks() == []
    assert await town.notices() == []
    assert await town.work(2) == 0


async def test_deleted_while_it_is_looked_up_stays_deleted(town: Town) -> None:
    class Erasing(Source):
        async def look(self, address: str) -> Finding | None:
            async with town.database.write() as session:
                await erase(session, town.person, event=None, now=town.clock())
            return LISTED

    town.adapters[SAFE_BROWSING] = Erasing()
    await town.ask(FOREIGN)
    assert await town.work(2) == 0
    assert (await town.rows(), await town.checks(), await town.notices()) == ({}, [], [])


async def test_a_message_taken_back_is_not_looked_up(town: Town) -> None:
    source = Source(LISTED)
    town.adapters[SAFE_BROWSING] = source
    await town.ask(FOREIGN)
    await forget_event(town.database, "in_1")
    await town.work()
    assert (await town.rows(), source.asked) == ({}, [])


async def test_a_message_taken_back_later_takes_the_new_check_with_it(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    await town.ask(FOREIGN)
    assert await town.work() == 1
    await forget_event(town.database, "in_1")
    assert await town.checks() == []
    async with town.database.read() as session:
        assert (await session.scalars(select(StoredRequest))).all() == []


async def test_texts_and_queue_end_after_a_day_the_cache_when_it_is_stale(town: Town) -> None:
    town.adapters[SAFE_BROWSING] = Source(LISTED)
    await town.ask(FOREIGN)
    await town.work()
    town.clock.move(hours=23, minutes=58)
    assert "registry_late_answers" in await enforce(town.database, town.clock)
    assert len(await town.rows()) == 1
    town.clock.move(minutes=3)
    touched = await enforce(town.database, town.clock)
    # The new check's copy of the text goes with the first one's, a day after it was given.
    assert (touched["registry_check_requests"], touched["registry_late_look_ups"]) == (2, 2)


async def test_nothing_of_the_message_is_in_the_queue_but_its_addresses(town: Town) -> None:
    town.adapters = {kind: Source() for kind in (SHORT_LINK, DOMAIN_AGE, SAFE_BROWSING)}
    await town.ask(
        "王小明您好，請看 https://reurl.cc/Zz9?u=wang 和 https://a.evil.top/wang/A123456789?phone=0912345678 "
        "還有 https://water.gov.tw/x https://evil.pages.dev/p http://203.0.113.9/q"
    )
    assert set(await town.rows()) == {
        (SHORT_LINK, "https://reurl.cc/Zz9"),
        (SAFE_BROWSING, "http://reurl.cc/Zz9"),
        (DOMAIN_AGE, "evil.top"),
        (SAFE_BROWSING, "http://a.evil.top/"),
        (SAFE_BROWSING, "http://evil.pages.dev/p"),
        (SAFE_BROWSING, "http://203.0.113.9/q"),
    }
