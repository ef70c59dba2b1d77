"""Cutting text to a channel's limits, in UTF-16 code units as vendors count, where a reader would cut."""

import unicodedata
from collections.abc import Callable

from bot.channels.body import well_formed

Measure = Callable[[str], int]

# The first kind of border that leaves a part at least half full wins; a border belongs to the part before it.
BORDERS = (
    ("\n\n",),
    ("\n",),
    ("。", "！", "？", "；", ". ", "! ", "? ", "…"),
    ("，", "、", ", ", " ", "\u3000"),
)
JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAGS = range(0x1F1E6, 0x1F200)


def utf16_units(text: str) -> int:
    """Length as LINE and Telegram count it: a character beyond U+FFFF counts twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int) -> list[str]:
    """`text` in parts of at most `limit` units, none blank; only white space at the cuts is lost."""
    rest = well_formed(text).strip()
    parts = []
    while utf16_units(rest) > limit:
        end = _best_border(rest, _fitting(rest, limit, utf16_units))
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [part for part in (*parts, rest) if part]


def cut(text: str, limit: int, measure: Measure = utf16_units) -> str:
    """`text` within `limit`, ending in an ellipsis when something is missing."""
    whole = well_formed(text).strip()
    if measure(whole) <= limit:
        return whole
    room = limit - measure("…")
    return whole[: _fitting(whole, room, measure)].rstrip() + "…"


def _fitting(text: str, limit: int, measure: Measure) -> int:
    """The largest prefix within `limit`, moved back so that no visible character is torn."""
    low, high = 0, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    end = low
    while 0 < end < len(text) and _belongs_together(text[end - 1], text[end]):
        end -= 1
    return end or max(low, 1)  # one monstrous cluster has to be torn


def _belongs_together(before: str, after: str) -> bool:
    """Whether both are one visible character (accents, emoji, flags, CR LF): rather yes than no."""
    return (
        unicodedata.category(after).startswith("M")
        or JOINER in (before, after)
        or ord(after) in SKIN_TONES
        or (ord(before) in FLAGS and ord(after) in FLAGS)
        or (before, after) == ("\r", "\n")
    )


def _best_border(text: str, end: int) -> int:
    for kind in BORDERS:
        found = max(_last_border(text, mark, end) for mark in kind)
        if found > end // 2:
            return found
    return end


def _last_border(text: str, mark: str, end: int) -> int:
    at = text.rfind(mark, 0, end)
    return at + len(mark) if at >= 0 else 0
