"""When something happened, as people say it: 剛剛, 今天早上, 昨天下午三點, 11/24 15:20, yesterday at 3 pm."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from lianfang.text.days import find_day
from lianfang.text.hours import NOON, NUMBER, TAIPEI, Hour, find_hour, number
from lianfang.text.normalise import normalise, to_traditional

A_LITTLE = timedelta(minutes=10)  # clocks of phones, and what 剛剛 means

_AGO = re.compile(
    rf"(?P<number>{NUMBER})\s?個?(?P<half>半)?(?P<unit>分鐘?|小時|鐘頭|天|日|minutes?|mins?|hours?|hrs?|days?)\s?(?P<more>半)?(?:多)?(?:前|以前|之前|ago)"
)
_UNITS = {"分": "minutes", "m": "minutes", "小": "hours", "鐘": "hours", "h": "hours", "天": "days", "日": "days", "d": "days"}  # fmt: skip
_JUST_NOW = re.compile(
    r"剛剛|剛才|方才|剛(?=買|去|在|從)|現在|\bjust now\b|\bjust (?:bought|got)\b|\ba moment ago\b"
)
_TO_COME = re.compile(r"明[天早晚日]|後天|下個?(?:週|周|禮拜|星期)|\btomorrow\b|\bnext week\b")
_CLAUSE = re.compile(r"[,，、。;；!！?？\n]+|(?<=[a-z])\. |\b(?:and|but)\b|不是|而是|應該是")


@dataclass(frozen=True)
class Moment:
    """`at` is UTC; of a whole `day` it is that day's noon, or now if that is still to come."""

    at: datetime
    exact: Literal["minute", "day"]


def find_moments(text: str, now: datetime) -> list[Moment]:
    """Every moment a text names, as seen at `now` (with a timezone); none lies in the future."""
    plain = to_traditional(normalise(text)).lower().replace("’", "'")
    today = now.astimezone(TAIPEI).date()
    found: list[Moment] = []
    day: date | None = None
    for clause in _CLAUSE.split(plain):
        if _TO_COME.search(clause):
            continue
        named, hour = find_day(clause, today), find_hour(clause)
        moment = _ago(clause, now) or _put_together(named, hour, day, now)
        if moment is None and _JUST_NOW.search(clause):
            moment = Moment(_to_the_minute(now), "minute")
        if moment is None:
            continue
        if found and day is not None and named is None and found[-1].exact == "day":
            found.pop()  # 昨天, 下午三點: one moment told in two breaths
        day = named or day
        found.append(moment)
    return list(dict.fromkeys(found))


def _ago(clause: str, now: datetime) -> Moment | None:
    told = _AGO.search(clause)
    if told is None:
        return None
    many = number(told["number"]) + (0.5 if told["half"] or told["more"] else 0)
    unit = _UNITS[told["unit"][0]]
    moment = now - timedelta(**{unit: many})
    if unit == "days":
        return _whole_day(moment.astimezone(TAIPEI).date(), now)
    return Moment(_to_the_minute(moment), "minute")


def _put_together(named: date | None, hour: Hour | None, before: date | None, now: datetime) -> Moment | None:
    """A day and an hour; the day may have been named `before`, the hour may be missing."""
    if hour is None:
        return _whole_day(named, now) if named is not None else None
    day = named or before
    at = hour.on(day or now.astimezone(TAIPEI).date())
    if at > now + A_LITTLE and hour.open_half and at - timedelta(hours=12) <= now:
        at -= timedelta(hours=12)
    if at > now + A_LITTLE and day is None:
        at -= timedelta(days=1)
    if at > now + A_LITTLE:  # 今天下午五點, said at two
        return _whole_day(day, now) if day is not None else None
    return Moment(at, "minute")


def _whole_day(day: date, now: datetime) -> Moment | None:
    noon = datetime.combine(day, NOON, TAIPEI)
    if noon.date() > now.astimezone(TAIPEI).date():
        return None
    return Moment(min(noon.astimezone(timezone.utc), _to_the_minute(now)), "day")


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
