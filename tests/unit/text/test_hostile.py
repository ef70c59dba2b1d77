"""Inputs made to break readers: results are checked here, times by hand (each well under 50 ms for 5,000 characters)."""

from collections.abc import Callable

import pytest

from lianfang.text.distress import find_distress
from lianfang.text.find import find_all
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.language import guess_language
from lianfang.text.normalise import normalise
from lianfang.text.redact import redact

BAIT = {
    "commas": "," * 5000,
    "dots": "." * 5000,
    "letters and dots": "a." * 2500,
    "digits and dots": "1." * 2500,
    "single digits": "4 " * 2500,
    "zeros and hyphens": "0-" * 2500,
    "one number": "1" * 5000,
    "schemes": "http://" * 700,
    "at signs": "a@" * 2500,
    "opening brackets": "【" * 5000,
    "disguised dots": "a(.)" * 1200,
    "ideographic dots": "a。" * 2500,
    "otp words": "驗證碼" * 1600,
    "pin words": "密碼 " * 1600,
    "transfers": "我把錢" * 1600,
    "numerals": "一二三十百千萬" * 700,
    "line words": "LINE" * 1250,
    "accents": "e" + "\u0301" * 4999,
    "jamo": "\u1100\u1161" * 2500,
    "lone surrogates": "\ud800" * 5000,
    "zero width": "\u200b" * 5000,
    "newlines": "\n" * 5000,
    "a word that is also a dot": "http://" + "點" * 4990,
    "emoji host": "http://" + "😀" * 4990,
    "glued hosts": "ab.tw,." * 700,
    "marks of LINE": "LINE👉👉👉" * 700,
}


@pytest.mark.parametrize("text", BAIT.values(), ids=BAIT.keys())
@pytest.mark.parametrize("read", [normalise, find_all, find_distress, looks_forwarded, guess_language])
def test_bait_is_read(read: Callable[[str], object], text: str) -> None:
    assert read(text) == read(text)


@pytest.mark.parametrize("name", [name for name in BAIT if name != "single digits"])
def test_bait_holds_no_secret(name: str) -> None:
    assert BAIT[name] == redact(BAIT[name])


def test_the_secret_at_the_end_of_bait_is_found() -> None:
    assert redact("驗證碼" * 1600 + " 123456").endswith("驗證碼 ［已隱藏:otp］")
    assert redact("," * 5000 + "A123456789") == "," * 5000 + "［已隱藏:id］"


def test_five_hundred_addresses() -> None:
    text = " ".join(f"https://evil{number}.top/p?x={number}" for number in range(500))
    assert [found.value for found in find_all(text)] == text.split()
    assert text == redact(text)
