"""A verdict passes within one case: the same indicators from the same class of sender, whatever the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.campaigns.fingerprint import Fingerprint, fingerprint_of, same_case
from services.registry.campaigns.likeness import words_of
from services.registry.reading import read_message
from tests.unit.registry.shipped import directory

NAMES = st.sampled_from(["a.top", "b.top", "0912345678", "a,b", "]", '"', "\x1f"])
INDICATORS = st.frozensets(st.tuples(st.sampled_from(["domain", "phone", "line_id", "account"]), NAMES))
PRINTS = st.builds(
    Fingerprint,
    indicators=INDICATORS,
    sender=st.sampled_from(["none", "mobile", "short_code 111", "latin fetc"]),
    speakers=st.frozensets(st.sampled_from(["water", "fetc"])),
    words=st.lists(st.sampled_from(["水", "費", "0"]), max_size=3).map(tuple),
    is_whole=st.booleans(),
)


@given(PRINTS, PRINTS)
def test_the_same_case_is_what_the_rule_says(judged: Fingerprint, copy: Fingerprint) -> None:
    whole = judged.is_whole and copy.is_whole
    same_way = judged.indicators == copy.indicators and judged.sender == copy.sender
    named = bool(judged.speakers) and (judged.speakers, judged.words) == (copy.speakers, copy.words)
    assert same_case(judged, copy) == (whole and same_way and (bool(judged.indicators) or named))
    assert same_case(judged, copy) == same_case(copy, judged)


def case_of(text: str, sender: str | None = None) -> str | None:
    message = read_message(text, sender=sender, last3=None, app=None, directory=directory())
    return fingerprint_of(message, words_of(message.rest)).case()


WATER = "【台灣自來水】貴戶水費逾期412元，將終止供水，請至 {} 繳納"
PLAIN = "【台電】您的電費{}元已逾期，請儘速繳納"


@pytest.mark.parametrize(
    ("judged", "copy"),
    [
        (WATER.format("https://water-tw.top/a"), WATER.format("http://m.water-tw.top/b?c=1")),
        (WATER.format("water-tw.top"), "您的水費未繳，water-tw.top"),
        (PLAIN.format("1,200"), PLAIN.format("38")),
        ("加LINE：Cash777x 領取補助款項", "加賴 @cash777X 領取補助款項喔"),
    ],
)
def test_the_same_case(judged: str, copy: str) -> None:
    assert case_of(judged) is not None
    assert case_of(judged) == case_of(copy)


@pytest.mark.parametrize(
    ("judged", "copy"),
    [
        (WATER.format("https://www.water.gov.tw"), WATER.format("https://water-tw.top")),
        (WATER.format("https://www.water.gov.tw"), WATER.format("https://www.water.gov.tw 或 water-tw.top")),
        (WATER.format("https://www.water.gov.tw"), WATER.format("本公司")),
        (WATER.format("https://reurl.cc/abc123"), WATER.format("https://reurl.cc/abc124")),
        (WATER.format("02-8792-1234 "), WATER.format("02-8792-1235 ")),
        (PLAIN.format("1,200"), PLAIN.format("1,200").replace("台電", "台灣自來水")),
        (PLAIN.format("1,200"), PLAIN.format("1,200") + "，請私訊客服"),
    ],
)
def test_another_case(judged: str, copy: str) -> None:
    assert case_of(judged) is not None
    assert case_of(judged) != case_of(copy)


def test_the_class_of_sender_counts() -> None:
    text = PLAIN.format("1,200")
    senders = (None, "111", "68017", "0912345678", "0800000123", "+85261234567", "TAIPOWER", "a@mail.top")
    assert len({case_of(text, sender) for sender in senders}) == len(senders)
    assert case_of(text, "0912345678") == case_of(text, "0987654321")


def test_without_anything_to_hold_on_to_there_is_no_case() -> None:
    assert case_of("媽，我手機壞了，先用同學的號碼傳給你") is None


def test_more_links_than_are_read_are_no_case() -> None:
    links = " ".join(f"a{number}.evil{number}.top" for number in range(60))
    assert case_of("您的包裹已送達門市，請查詢 " + links) is None
