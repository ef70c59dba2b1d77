"""A picture that was copied as text is no message."""

import pytest

from lianfang.text.stand_ins import is_stand_in


@pytest.mark.parametrize(
    "text", ["[圖片]", "［貼圖］", " [照片] [照片]\n", "【语音讯息】", "[Photo]!", "(sticker)"]
)
def test_nothing_but_a_picture(text: str) -> None:
    assert is_stand_in(text)


@pytest.mark.parametrize("text", ["圖片", "[圖片] 您的包裹已到 evil.top", "【台電】您的電費逾期", "", "!?"])
def test_words(text: str) -> None:
    assert not is_stand_in(text)
