"""Accounts of other messengers and networks (Telegram, Instagram, Facebook, WeChat), named beside their platform; pure.

WhatsApp knows people by their telephone numbers, LINE has readers of its own: neither is here.
"""

import re
from collections.abc import Iterable

from lianfang.text.find import Found
from lianfang.text.normalise import normalise

TELEGRAM = "telegram"
NAMES = {TELEGRAM: "Telegram", "instagram": "Instagram", "facebook": "Facebook", "wechat": "WeChat"}
_ACCOUNT = re.compile(
    r"(?<![a-z])(?:(?P<instagram>IG(?![a-z])|instagram)|(?P<facebook>FB(?![a-z])|facebook|臉書|粉絲專頁|粉專)|(?P<wechat>wechat|微信))"
    r"\s?(?:上的?|的)?\s?(?:帳號|ID|account|page|profile|粉絲專頁|粉專|專頁|號)?\s?(?P<mark>[:=是叫「『\"(@][\s「『\"(@]{0,3})?"
    r"(?P<name>[a-z0-9][a-z0-9._-]{2,39})(?![a-z0-9])",
    re.IGNORECASE,
)


def find_chats(text: str, found: Iterable[Found]) -> list[str]:
    """Each as `platform:name`, both in small letters; `found`: what `find_all` sees in the text."""
    chats = [f"{TELEGRAM}:{one.value.lower()}" for one in found if one.kind == "telegram"]
    for match in _ACCOUNT.finditer(normalise(text)):
        name = match["name"].lower().rstrip("._-")
        is_word = name.isalpha() and not match["mark"]  # facebook messenger, IG account hacked
        if not is_word and any(sign.isalpha() for sign in name):
            chats.append(f"{_platform(match)}:{name}")
    return list(dict.fromkeys(chats))


def _platform(match: re.Match[str]) -> str:
    return next(one for one in NAMES if one != TELEGRAM and match[one])


def chat_in_words(chat: str) -> str:
    """`Telegram @name`, as people read it and as it is read again."""
    platform, _, name = chat.partition(":")
    return f"{NAMES.get(platform, platform)} @{name}"
