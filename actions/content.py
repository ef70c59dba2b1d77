"""Is there something in this text that can be checked, or is it a mere question? Pure rules."""

import re

from lianfang.text.find import find_all
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.normalise import normalise

INDICATORS = frozenset({"url", "phone", "line_id", "telegram", "account", "short_code", "payment_code"})
JUDGED = frozenset({"url", "line_id", "telegram", "account"})
SHORTEST_PHONE = 8  # digits; 165 or 0800 in a sentence is no number to look up
LONG_ENOUGH = 40  # characters of Chinese; a question about a message is shorter than the message
LONG_ENOUGH_LATIN = 110


# Speaks to "you" and of nobody else, or wants codes handed to "me": nobody says this to a bot.
_TO_YOU = re.compile(
    r"^\W*(?:您(?!好|們)|貴(?:戶|用戶|客戶|賓)|親愛的|尊敬的|dear (?:customer|user|member|client)|your (?:\w+ ){0,2}(?:account|card|parcel|order|package|bill))",
    re.IGNORECASE,
)
_HAND_IT_TO_ME = re.compile(
    r"(?:拍|傳|念|唸|報|告訴|提供)(?:一下|照|下)?.{0,4}(?:序號|密碼|卡號|驗證碼|認證碼).{0,4}(?:給我|過來)"
    r"|(?:send|tell|give|show) me (?:the |your |a )?(?:photo of the |picture of the )?(?:codes?|pins?|serials?|otp|password)",
    re.IGNORECASE,
)
_MYSELF = re.compile(r"我(?:要|想|的|剛|被|收|有|該|可)|[?？]|嗎|\b(?:i|my|is this|is it)\b", re.IGNORECASE)


def is_somebody_elses(text: str) -> bool:
    """Whether somebody else's message was pasted, and nothing of one's own said about it."""
    if looks_forwarded(text):
        return True
    plain = normalise(text)
    return not _MYSELF.search(plain) and bool(_TO_YOU.search(plain) or _HAND_IT_TO_ME.search(plain))


def has_indicator(text: str) -> bool:
    return any(found.kind in INDICATORS for found in find_all(text))


def has_checkable(text: str) -> bool:
    """Something a list can be asked about, whatever the sentence around it wants."""
    return any(
        found.kind in JUDGED
        or (found.kind == "phone" and sum(map(str.isdigit, found.value)) >= SHORTEST_PHONE)
        for found in find_all(text)
    )


def has_content(text: str) -> bool:
    """An address, number or account, the shape of a forwarded message, or simply much text."""
    length = len(normalise(text).strip())
    limit = LONG_ENOUGH_LATIN if text.isascii() else LONG_ENOUGH
    return length > limit or is_somebody_elses(text) or has_indicator(text)


def is_surely_pasted(text: str, intent: str) -> bool:
    """Whether a text that answers "please paste it" is the message itself, whatever goal it sounds like."""
    if is_somebody_elses(text):
        return True
    return intent != "already_scammed" and has_indicator(text)
