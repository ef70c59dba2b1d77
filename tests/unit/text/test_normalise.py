"""The normal form, its way back to the original, and what it must never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.normalise import cap, normalise, normalise_with_offsets, original_span, to_traditional

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))  # lone surrogates included


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("ｅｖｉｌ．ｃｏｍ／１２", "evil.com/12"),
        ("免\u200b聯\u2060徵", "免聯徵"),
        ("e\u0301", "é"),
        ("第一行\r\n第二行\u2028第三行", "第一行\n第二行\n第三行"),
        ("a\tb\x07c", "a bc"),
        ("壞\ud800字", "壞\ufffd字"),
        ("①②③ ⓛⓘⓝⓔ 𝟏𝟎𝟎", "123 line 100"),
        ("。，「」", "。,「」"),
    ],
)
def test_normalise(given_text: str, expected: str) -> None:
    assert expected == normalise(given_text)


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert once == normalise(once)


@given(ANY_TEXT)
def test_offsets_lead_back_into_the_original(text: str) -> None:
    plain, offsets = normalise_with_offsets(text)
    assert len(offsets) == len(plain) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    for place in range(len(plain)):
        start, end = original_span(text, offsets, place, place + 1)
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("钱转过去了", "錢轉過去了"),
        ("账户 验证码", "帳戶 驗證碼"),
        ("公里、皇后、台北", "公里、皇后、台北"),
        ("一万八", "一萬八"),
    ],
)
def test_to_traditional(simplified: str, traditional: str) -> None:
    assert traditional == to_traditional(simplified)


@given(ANY_TEXT)
def test_to_traditional_keeps_every_place(text: str) -> None:
    assert len(text) == len(to_traditional(text))
    assert to_traditional(text) == to_traditional(to_traditional(text))


def test_cap_does_not_cut_a_character_from_its_accent() -> None:
    assert cap("abc", 5) == "abc"
    assert cap("abcdef", 3) == "abc"
    assert cap("abe\u0301d", 3) == "ab"


@given(ANY_TEXT, st.integers(min_value=0, max_value=20))
def test_cap_is_a_beginning_of_the_text(text: str, limit: int) -> None:
    capped = cap(text, limit)
    assert len(capped) <= limit
    assert text.startswith(capped)
