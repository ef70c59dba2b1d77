"""Which time of day is meant: 下午三點半, 15:20, 晚上, 3 pm; and the numbers people write in words."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")
NOON = time(12)

_NUMERALS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"兩": 2, "〇": 0}
_WORDS: dict[str, float] = {
    word: value for value, word in enumerate("one two three four five six".split(), 1)
}
_WORDS |= {"a": 1, "an": 1, "half an": 0.5, "半": 0.5, "a few": 3, "幾": 3}
NUMBER = r"\d{1,2}|[零〇一二兩三四五六七八九十]{1,3}|(?<![a-z])(?:an?|one|two|three|four|five|six|half an|a few)|半|幾"
# Parts of the day: the hour they are taken for when none is told, and the hours they may hold (25: 晚上一點).
_PARTS = (
    (3, range(7), re.compile(r"凌晨|半夜|\bmidnight\b")),
    (9, range(4, 13), re.compile(r"早上|今早|昨早|清晨|一早|上午|\bmorning\b")),
    (12, range(10, 15), re.compile(r"中午|正午|\bnoon\b|lunch ?time")),
    (15, range(12, 19), re.compile(r"下午|午後|\bafternoon\b")),
    (18, range(16, 21), re.compile(r"傍晚|黃昏")),
    (20, range(17, 29), re.compile(r"晚上|今晚|昨晚|前晚|昨夜|夜裡|\bevening\b|\b(?:to)?night\b")),
)
_HOUR = re.compile(
    rf"(?<![\d/.:-])(?P<hour>{NUMBER})\s?(?:點鐘?(?!數|卡|的?[點卡])|時(?!候|間))(?:\s?(?P<minute>\d{{1,2}}|[零一二三四五十]{{1,3}}|半|多)分?)?"
    r"|(?<![\d/.:-])(?P<clock>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?::[0-5]\d)?(?!\d)\s?(?P<half>[ap]\.?m\b)?"
    r"|(?<![\d/.:-])(?P<english>1[0-2]|[1-9])\s?(?P<half2>[ap]\.?m\b|o'?clock)"
    r"|\bat (?P<bare>1[0-2]|[1-9])\b(?![:\d])"
)
LIKELY_AFTERNOON = range(1, 7)  # 昨天三點: shops are open at both, people are awake at one


@dataclass(frozen=True)
class Hour:
    """`hours` may be 24 or more (晚上12點); `open_half`: morning or afternoon was not told."""

    hours: int
    minutes: int
    open_half: bool = False

    def on(self, day: date) -> datetime:
        begin = datetime.combine(day, time(), TAIPEI)
        return (begin + timedelta(hours=self.hours, minutes=self.minutes)).astimezone(timezone.utc)


def find_hour(clause: str) -> Hour | None:
    """The time of day a clause in plain small letters names."""
    usual, possible = next(
        ((usual, possible) for usual, possible, pattern in _PARTS if pattern.search(clause)), (None, None)
    )
    match = _HOUR.search(clause)
    if match is None:
        return Hour(usual, 0) if usual is not None else None
    hours = int(number(match["hour"] or match["clock"] or match["english"] or match["bare"]))
    minutes = _minutes(match["minute"] or match["minutes"])
    half = (match["half"] or match["half2"] or "")[:1]
    if hours > 24 or minutes > 59:
        return None
    if half in {"a", "p"}:
        return Hour(hours % 12 + (12 if half == "p" else 0), minutes)
    if possible is not None:
        meant = (hours, hours + 12, hours + 24, hours - 12)
        return Hour(next((one for one in meant if one in possible), hours), minutes)
    is_open = hours <= 12 and not (match["clock"] or "").startswith("0")
    return Hour(hours + 12 if is_open and hours in LIKELY_AFTERNOON else hours, minutes, open_half=is_open)


def _minutes(written: str | None) -> int:
    if written is None or written == "多":
        return 0
    return 30 if written == "半" else int(number(written))


def number(written: str) -> float:
    """A number as `NUMBER` finds it."""
    if written.isdigit():
        return int(written)
    if written in _WORDS:
        return _WORDS[written]
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return sum(_NUMERALS[sign] for sign in ones[-1:])
    return (_NUMERALS[tens[-1]] if tens else 1) * 10 + (_NUMERALS[ones[-1]] if ones else 0)
