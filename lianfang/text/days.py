"""Which day is meant: 昨天, 上週五, 11/24, 24號, yesterday, Nov 24; never one to come."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

# Days before today.
_NAMED_DAYS = (
    (3, re.compile(r"大前天")),
    (2, re.compile(r"前[天晚日]|day before yesterday")),
    (1, re.compile(r"昨[天晚夜日早]|yesterday|last night")),
    (0, re.compile(r"今[天早晚日]|today|tonight|this (?:morning|noon|afternoon|evening)")),
)
_WEEKDAY = re.compile(
    r"(?P<last>上)?個?(?:週|周|禮拜|星期)(?P<day>[一二三四五六日天])"
    r"|\b(?:(?P<before>last) |on |this )?(?P<name>mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
_WEEKDAYS = {sign: place for place, sign in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS |= {name: place for place, name in enumerate("mon tues wednes thurs fri satur sun".split())}
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<year>20\d\d|1\d\d)\s?[/.年-]\s?)?(?P<month>1[0-2]|0?[1-9])\s?[/月]\s?(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/])(?:\s?[日號])?"
    r"|(?P<year2>20\d\d)-(?P<month2>\d\d)-(?P<day2>\d\d)(?!\d)"
    r"|\b(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? (?P<day3>\d{1,2})(?:st|nd|rd|th)?\b(?!:)"
    r"|\b(?P<day4>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<name4>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
)
_DAY_OF_MONTH = re.compile(
    r"(?<![\d/月-])(?P<day>3[01]|[12]\d|[1-9])號(?=\s?(?:[早晚上下中午凌]|那天|當天|買|\d{1,2}[點:]))"
)
_THE_SHOP = re.compile(r"7/11(?!\s?(?:\d|早|上午|中午|下午|晚|凌晨|那天|當天))")
_MONTHS = {name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # fmt: skip
_ROC_YEARS = 1911


def find_day(clause: str, today: date) -> date | None:
    """The day a clause in plain small letters names, seen from `today`."""
    for days, pattern in _NAMED_DAYS:
        if pattern.search(clause):
            return today - timedelta(days=days)
    written = next(_dates(_THE_SHOP.sub(" ", clause), today), None)
    if written is not None:
        return written
    numbered = _DAY_OF_MONTH.search(clause)
    if numbered is not None:
        return _latest(int(numbered["day"]), today)
    weekday = _WEEKDAY.search(clause)
    if weekday is None:
        return None
    back = (today.weekday() - _WEEKDAYS[weekday["day"] or weekday["name"]]) % 7
    is_last_week = weekday["last"] and back <= today.weekday()
    return today - timedelta(days=back + (7 if is_last_week or (weekday["before"] and back == 0) else 0))


def _dates(clause: str, today: date) -> Iterator[date]:
    for match in _DATE.finditer(clause):
        year = match["year"] or match["year2"]
        name = match["name"] or match["name4"]
        month = _MONTHS[name[:3]] if name else int(match["month"] or match["month2"])
        day = int(match["day"] or match["day2"] or match["day3"] or match["day4"])
        years = [_full_year(year)] if year else [today.year, today.year - 1]
        found = [one for one in (_date(one, month, day) for one in years) if one is not None]
        yield from [one for one in found if year or one <= today][:1]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(day: int, today: date) -> date | None:
    """The last day of this number, of this month or one of the two before."""
    month = today.replace(day=1)
    for _ in range(3):
        found = _date(month.year, month.month, day)
        if found is not None and found <= today:
            return found
        month = (month - timedelta(days=1)).replace(day=1)
    return None


def _full_year(written: str) -> int:
    year = int(written)
    return year + _ROC_YEARS if year < 1000 else year
