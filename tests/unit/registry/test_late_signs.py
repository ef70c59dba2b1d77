"""Late evidence in the one decision: what it weighs, what it shows, and that it takes nothing bad back."""

import json
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.settings import ROOT
from services.registry.decide import VERDICT_ORDER
from services.registry.evaluate import Outcome, evaluate
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.late.port import DOMAIN_AGE, SAFE_BROWSING, SHORT_LINK
from services.registry.late.signs import Found, expanded, judge_late, signs, with_targets
from services.registry.late.wanted import MOST_WANTED, Wanted, wanted
from services.registry.reading import Message, read_message
from tests.unit.registry.shipped import TODAY, directory

EVERYTHING = frozenset({SHORT_LINK, DOMAIN_AGE, SAFE_BROWSING})
FACTS = Facts(directory(), TODAY)
BARE = "https://picnic-2026.com.tw/map"
OFFICER = Evidence("officer_suspicious", Severity.STRONG, {"on": "11/22"}, "officer", TODAY)


def read(text: str) -> Message:
    return read_message(text, sender=None, last3=None, app=None, directory=directory())


def judged(text: str, *found: Found, officers: tuple[Evidence, ...] = ()) -> Outcome:
    message = read(text)
    return judge_late(message, with_targets(message, found, directory()), FACTS, found, officers)


def age(days: int) -> Found:
    return Found(DOMAIN_AGE, "picnic-2026.com.tw", (TODAY - timedelta(days=days)).isoformat(), TODAY)


def leads(target: str, link: str = "https://reurl.cc/abc") -> Found:
    return Found(SHORT_LINK, link, target, TODAY)


LISTED = Found(SAFE_BROWSING, "http://picnic-2026.com.tw/map", "MALWARE", TODAY)


@pytest.mark.parametrize(
    ("days", "counts"),
    [(-400, False), (-3, False), (-1, True), (0, True), (29, True), (30, False), (9999, False)],
)
def test_young_is_less_than_thirty_days(days: int, counts: bool) -> None:
    codes = [sign.code for sign in signs(read(BARE), [age(days)], FACTS)]
    assert codes == (["young_domain"] if counts else [])


def test_a_young_domain_weighs_by_who_speaks() -> None:
    [alone] = signs(read(BARE), [age(3)], FACTS)
    [spoken] = signs(read(f"【momo購物】活動 {BARE}"), [age(3)], FACTS)
    assert (alone.severity, spoken.severity) == (Severity.WEAK, Severity.STRONG)
    assert (alone.params, alone.as_of) == ({"address": "picnic-2026[.]com[.]tw", "on": "11/19"}, TODAY)
    assert judged(BARE, age(3)).decision.verdict == "unknown"


def test_a_third_partys_list_is_strong_and_no_proof() -> None:
    outcome = judged(BARE, LISTED)
    assert (outcome.decision.verdict, outcome.judged_by) == ("suspicious", "rules")
    [sign] = signs(read(BARE), [LISTED], FACTS)
    assert (sign.severity, sign.source, sign.as_of) == (Severity.STRONG, "google-safe-browsing", TODAY)


def test_an_opened_link_is_said_behind_the_first_reason() -> None:
    outcome = judged("【台灣自來水】您的水費單：https://reurl.cc/abc", leads("http://pay-bill.top/x"))
    assert outcome.decision.verdict == "fraud"
    assert [sign.code for sign in outcome.decision.reasons[:2]] == ["foreign_address_proven", "expanded_link"]
    [opened] = expanded([leads("http://pay-bill.top/x")])
    assert opened.params == {"from": "reurl[.]cc/abc", "to": "pay-bill[.]top/x"}


def test_a_target_adds_addresses_and_ids_and_changes_nothing_else() -> None:
    before = read("【台灣自來水】 https://reurl.cc/abc")
    after = with_targets(
        before, [leads("https://line.me/ti/p/~cash777x"), leads("http://momo-sale.top/")], directory()
    )
    assert [link.address.host for link in after.links] == ["reurl.cc", "line.me", "momo-sale.top"]
    assert "cash777x" in " ".join(after.line_ids)
    assert (after.speakers, after.named, after.plain, after.rest) == (
        before.speakers,
        before.named,
        before.plain,
        before.rest,
    )
    assert with_targets(before, [], directory()) is before


def test_who_judged() -> None:
    assert judged(BARE, age(3), officers=(OFFICER,)).judged_by == "officer"
    assert judged(BARE, LISTED, officers=(OFFICER,)).judged_by == "rules"
    assert judged(BARE).judged_by == "rules"


@cache
def examples() -> list[str]:
    """Some of the shipped examples, and bare questions."""
    lines = (ROOT / "services/registry/examples/genuine_a.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [str(json.loads(line)["text"]) for line in lines[::9]]
    return [
        *texts,
        BARE,
        "https://www.water.gov.tw",
        "這是真的嗎 https://reurl.cc/abc",
        "【台灣自來水】 reurl.cc/a",
    ]


TARGETS = (
    "https://www.water.gov.tw/",
    "http://evil.top/x",
    "https://line.me/ti/p/~abc",
    "http://8.8.8.8/",
    "https://reurl.cc/2",
)
FINDINGS = st.lists(
    st.one_of(
        st.sampled_from([leads(target) for target in TARGETS]),
        st.sampled_from([age(1), age(400), LISTED]),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(st.data(), FINDINGS)
def test_late_evidence_takes_nothing_bad_back(data: st.DataObject, found: list[Found]) -> None:
    text = data.draw(st.sampled_from(examples()))
    before = evaluate(read(text), FACTS).decision
    after = judged(text, *found).decision
    assert VERDICT_ORDER.index(after.verdict) >= VERDICT_ORDER.index(before.verdict)


def test_only_short_links_and_strangers_are_wanted() -> None:
    text = (
        "https://www.water.gov.tw/a https://www.facebook.com/x https://line.me/ti/p/x http://reurl.cc/Ab?u=1 "
        "https://reurl.cc https://a.b.evil.com.tw:8080/p?q=1 x@evil.top"
    )
    assert wanted(read(text), EVERYTHING) == [
        Wanted(SHORT_LINK, "http://reurl.cc/Ab"),
        Wanted(SAFE_BROWSING, "http://reurl.cc/Ab"),
        Wanted(SAFE_BROWSING, "http://reurl.cc/"),
        Wanted(DOMAIN_AGE, "evil.com.tw"),
        Wanted(SAFE_BROWSING, "http://a.b.evil.com.tw/p"),
    ]
    assert {one.kind for one in wanted(read(text), {DOMAIN_AGE})} == {DOMAIN_AGE}
    assert wanted(read(text), frozenset()) == []


def test_at_most_a_dozen_are_wanted() -> None:
    text = " ".join(f"https://evil-{number}.top/x" for number in range(40))
    assert len(wanted(read(text), EVERYTHING)) == MOST_WANTED


@given(st.text(alphabet="abc.:/?#%@&=[]0１。·\\ \udcff\u202e中", max_size=60))
def test_no_address_is_too_odd(text: str) -> None:
    for one in wanted(read(f"http://evil.top/{text} https://reurl.cc/{text}"), EVERYTHING):
        assert len(one.value) <= 512
        assert one.value.isascii()


def test_a_day_is_a_day() -> None:
    assert date.fromisoformat(age(0).told) == TODAY
