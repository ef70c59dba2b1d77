"""The first typed sentence decides; pasted content, serials and pictures in letters never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("這是真的嗎", "zh-TW"),
        ("帮我看看这个", "zh-TW"),
        ("Is this real?", "en"),
        ("Is this real? 【台灣自來水】貴戶水費逾期395元，請至 https://water-tw.top/pay", "en"),
        ("I got a message from 台灣電力公司, is it legit?", "en"),
        ("seller給的account是台新，pay之前想check一下", "zh-TW"),
        ("幫我查 https://evil.top/is/this/real", "zh-TW"),
        ("please help", "en"),
        ("hello", None),
        ("Help!", None),
        ("/start", None),
        ("Hi. Is this a real number?", "en"),
        ("hello there", "en"),
        ("我看不懂英文", "zh-TW"),
        ("Hi dad, I broke my phone, please message me on this number", None),
        (
            "Good day, my name is Kevin from the recruitment team. We are hiring people to work from home",
            None,
        ),
        ("Hi I'm Tom from Taipei and I need help", "en"),
        ("ㄏㄏ 怎麼用", "zh-TW"),
        ("MCAB1234567890", None),
        ("https://evil.top/please-help-me", None),
        ("👍👍", None),
        ("12345", None),
        ("", None),
        ("ok", None),
        ("【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay", None),
        ("Your parcel has been held. Please update your address: https://post-tw.fix.com", None),
        ("Saya mau tanya, ini penipuan?", None),
        ("Tin nhắn này có thật không", None),
        ("ข้อความนี้จริงไหม", None),
    ],
)
def test_guess_language(text: str, language: str | None) -> None:
    assert language == guess_language(text)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_anything_can_be_read(text: str) -> None:
    assert guess_language(text) in ("zh-TW", "en", None)
