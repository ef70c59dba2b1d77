"""Accounts of other platforms are read beside their platform, and nothing that only mentions one."""

import pytest

from lianfang.text.chats import chat_in_words, find_chats
from lianfang.text.find import find_all


@pytest.mark.parametrize(
    ("text", "chats"),
    [
        ("Telegram @tw_signal_free", ["telegram:tw_signal_free"]),
        ("t.me/tw_signal_free", ["telegram:tw_signal_free"]),
        ("IG 帳號 Star_Gift88", ["instagram:star_gift88"]),
        ("ＩＧ：star_gift88 私訊", ["instagram:star_gift88"]),
        ("instagram @starbuckslady", ["instagram:starbuckslady"]),
        ("粉專「goldshop88」", ["facebook:goldshop88"]),
        ("FB粉專 taiwanwater99", ["facebook:taiwanwater99"]),
        ("微信號 wx_abc123", ["wechat:wx_abc123"]),
        ("IG star_a1 跟微信 wx_b2b", ["instagram:star_a1", "wechat:wx_b2b"]),
        ("臉書 5000 元", []),
        ("facebook messenger", []),
        ("IG account hacked", []),
        ("the IG is down", []),
        ("big 5items", []),
        ("LINE ID star_gift88", []),
        ("我的 WhatsApp 0912345678", []),
    ],
)
def test_chats(text: str, chats: list[str]) -> None:
    assert find_chats(text, find_all(text)) == chats


@pytest.mark.parametrize(
    "chat", ["telegram:goldsignal", "instagram:star.gift_88", "facebook:goldshop", "wechat:wx-abc"]
)
def test_as_it_is_shown_it_is_read_again(chat: str) -> None:
    for written in (chat, chat_in_words(chat)):
        assert find_chats(written, find_all(written)) == [chat]
