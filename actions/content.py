"""Is there something in this text that can be checked, or is it a mere question? Pure rules."""

from lianfang.text.find import find_all
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.normalise import normalise

INDICATORS = frozenset({"url", "phone", "line_id", "telegram", "account", "short_code", "payment_code"})
JUDGED = frozenset({"url", "line_id", "telegram", "account"})
SHORTEST_PHONE = 8  # digits; 165 or 0800 in a sentence is no number to look up
LONG_ENOUGH = 40  # characters of Chinese; a question about a message is shorter than the message
LONG_ENOUGH_LATIN = 110


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
    return length > limit or looks_forwarded(text) or has_indicator(text)


def is_surely_pasted(text: str, intent: str) -> bool:
    """Whether a text that answers "please paste it" is the message itself, whatever goal it sounds like."""
    if looks_forwarded(text):
        return True
    return intent != "already_scammed" and has_indicator(text)
