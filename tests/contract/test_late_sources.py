"""RDAP and Google's list against small real servers that refuse what the real ones refuse."""

import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from services.registry.late.domain_age import KEEP, DomainAge, read_servers
from services.registry.late.fetching import MOST_BYTES
from services.registry.late.port import Finding, TryLater
from services.registry.late.safe_browsing import LONGEST, SHORTEST, SafeBrowsing
from tests.fakes.rdap import FakeRdap, domain_object
from tests.fakes.safe_browsing import FakeSafeBrowsing
from tests.fakes.strange_web import LOOPBACK, Names

URL = "http://evil.top/x"


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


async def test_the_day_a_domain_was_registered_is_taipeis(rdap: FakeRdap) -> None:
    rdap.registered["evil.top"] = "2026-11-19T23:30:00Z"
    found = await DomainAge({"": await rdap.start()}).look("evil.top")
    assert found == Finding("domain_age", "evil.top", "2026-11-20", KEEP)


async def test_an_unknown_domain_is_an_answer(rdap: FakeRdap) -> None:
    assert await DomainAge({"": await rdap.start()}).look("evil.top") is None


async def test_an_ending_has_its_own_server_and_others_none(rdap: FakeRdap) -> None:
    rdap.registered["evil.com.tw"] = "2026-11-01T00:00:00"
    age = DomainAge(read_servers(f"tw={await rdap.start()}/"))
    found = await age.look("evil.com.tw")
    assert found is not None
    assert found.told == "2026-11-01"
    assert await age.look("evil.top") is None
    assert rdap.asked == ["evil.com.tw"]


def test_servers_are_read_from_the_setting() -> None:
    assert read_servers("https://rdap.org/, TW = https://ccrdap.example/tw/") == {
        "": "https://rdap.org",
        "tw": "https://ccrdap.example/tw",
    }
    assert read_servers("") == {}


async def test_a_server_that_sends_us_on_goes_through_the_guard(rdap: FakeRdap) -> None:
    registry = FakeRdap(registered={"evil.top": "2026-11-01T00:00:00Z"})
    there = await registry.start()
    port = int(there.rpartition(":")[2])
    base = await rdap.start()
    rdap.elsewhere["evil.top"] = "http://rdap.registry.top"
    followed = DomainAge({"": base}, resolver=lambda: Names(port, {}), allowed={LOOPBACK})
    found = await followed.look("evil.top")
    assert found is not None
    assert found.told == "2026-11-01"
    refused = DomainAge({"": base}, resolver=lambda: Names(port, {}))
    with pytest.raises(TryLater, match="Refused"):
        await refused.look("evil.top")
    rdap.elsewhere["evil.top"] = there
    with pytest.raises(TryLater, match="Refused"):
        await DomainAge({"": base}, allowed={LOOPBACK}).look("evil.top")
    await registry.stop()
    assert (registry.asked, registry.violations) == (["evil.top"], [])


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
async def test_what_is_no_answer_is_for_later(rdap: FakeRdap, google: FakeSafeBrowsing, status: int) -> None:
    rdap.status = google.status = status
    with pytest.raises(TryLater):
        await DomainAge({"": await rdap.start()}).look("evil.top")
    with pytest.raises(TryLater):
        await SafeBrowsing(await google.start(), google.key).look(URL)


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", "null", "[" * 100_000, '{"a":"' + "x" * MOST_BYTES + '"}']
)
async def test_what_is_no_object_is_for_later(rdap: FakeRdap, body: str) -> None:
    rdap.body = body
    with pytest.raises(TryLater):
        await DomainAge({"": await rdap.start()}).look("evil.top")


@pytest.mark.parametrize(
    "told",
    [
        domain_object("other.top", "2026-11-01T00:00:00Z"),
        {**domain_object("evil.top", "2026-11-01T00:00:00Z"), "objectClassName": "entity"},
        {**domain_object("evil.top", "2026-11-01T00:00:00Z"), "events": None},
        {**domain_object("evil.top", "2026-11-01T00:00:00Z"), "events": ["registration"]},
        domain_object("evil.top", "yesterday"),
        {},
    ],
)
async def test_an_answer_about_something_else_tells_nothing(rdap: FakeRdap, told: object) -> None:
    rdap.body = json.dumps(told)
    assert await DomainAge({"": await rdap.start()}).look("evil.top") is None


async def test_a_listed_address_and_how_long_that_may_be_told(google: FakeSafeBrowsing) -> None:
    google.listed["evil.top"] = "SOCIAL_ENGINEERING"
    browsing = SafeBrowsing(await google.start(), google.key)
    assert await browsing.look(URL) == Finding(
        "safe_browsing", URL, "SOCIAL_ENGINEERING", timedelta(seconds=300)
    )
    assert await browsing.look("http://good.tw/") is None
    assert google.violations == []
    # The address and a name of ours: nothing else is told.
    assert {key for body in google.bodies for key in body} == {"client", "threatInfo"}
    assert [body["threatInfo"]["threatEntries"] for body in google.bodies] == [
        [{"url": URL}],
        [{"url": "http://good.tw/"}],
    ]


@pytest.mark.parametrize(
    ("told", "keep"),
    [("593.440s", timedelta(seconds=593)), ("1s", SHORTEST), ("999999s", LONGEST), ("soon", SHORTEST)],
)
async def test_the_time_google_gives_is_kept_within_reason(
    google: FakeSafeBrowsing, told: str, keep: timedelta
) -> None:
    google.listed["evil.top"], google.cache_duration = "MALWARE", told
    found = await SafeBrowsing(await google.start(), google.key).look(URL)
    assert found is not None
    assert found.keep == keep


async def test_a_wrong_key_is_for_later_and_says_nothing_of_itself(google: FakeSafeBrowsing) -> None:
    with pytest.raises(TryLater) as later:
        await SafeBrowsing(await google.start(), "wrong-key").look(URL)
    assert str(later.value) == "400"
    assert google.violations == ["API key not valid. Please pass a valid API key."]


async def test_silence_costs_the_deadline(rdap: FakeRdap, google: FakeSafeBrowsing) -> None:
    rdap.silent = google.silent = True
    began = time.monotonic()
    with pytest.raises(TryLater):
        await DomainAge({"": await rdap.start()}, deadline=0.2).look("evil.top")
    with pytest.raises(TryLater):
        await SafeBrowsing(await google.start(), google.key, deadline=0.2).look(URL)
    assert time.monotonic() - began < 3


async def test_nobody_there_is_for_later() -> None:
    with pytest.raises(TryLater):
        await DomainAge({"": "http://127.0.0.1:1"}).look("evil.top")
    with pytest.raises(TryLater):
        await SafeBrowsing("http://127.0.0.1:1", "key").look(URL)
