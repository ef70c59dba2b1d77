"""How values look on a page: times in Taipei, ages and waits in words, addresses that nobody opens by accident."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup, escape

from lianfang.clock import TAIPEI, rfc3339

Say = Callable[..., str]
_SCHEME = re.compile(r"\bhttp(s?)://", re.IGNORECASE)
_DOT = re.compile(r"(?<=[\w-])\.(?=[^\W\d])")
_WORD = re.compile(r"([!-~]+)")
_SET_APART = Markup('<span class="address">{}</span>')
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_UNITS = (("days", _DAY, 2 * _DAY), ("hours", _HOUR, _HOUR), ("minutes", _MINUTE, timedelta(0)))


def time_element(moment: datetime | None, now: datetime) -> str:
    """`<time>` with date and hour in Taipei; the year only when it is not this one."""
    if moment is None:
        return "–"
    local = moment.astimezone(TAIPEI)
    same_year = local.year == now.astimezone(TAIPEI).year
    written = f"{local:%m/%d %H:%M}" if same_year else f"{local:%Y/%m/%d %H:%M}"
    return Markup('<time datetime="{}">{}</time>').format(rfc3339(moment), written)


def defang_text(text: object) -> str:
    """Whatever somebody wrote, without an address that a click or a program would open."""
    return _DOT.sub("[.]", _SCHEME.sub(lambda found: f"hxxp{found[1].lower()}://", str(text)))


def prose(text: object) -> str:
    """The same, with what can be told to be an address set apart from the sentences around it."""
    pieces = _WORD.split(defang_text(text))
    return Markup().join(_SET_APART.format(one) if "[.]" in one else escape(one) for one in pieces)


def short_count(count: int) -> str:
    """`200`, `1.5k`, `20M`: for the few signs beside a chart."""
    for size, sign in ((1_000_000, "M"), (1000, "k")):
        if count >= size:
            return f"{count / size:g}{sign}"
    return str(count)


def moment(written: str | datetime) -> datetime:
    """A time, however it came: as the API writes it, or as the database has it."""
    return written if isinstance(written, datetime) else datetime.fromisoformat(written)


def day(moment: datetime) -> str:
    """`11/29 14:05` in Taipei."""
    return f"{moment.astimezone(TAIPEI):%m/%d %H:%M}"


def local_time(moment: datetime) -> str:
    """`14:05` in Taipei."""
    return f"{moment.astimezone(TAIPEI):%H:%M}"


def span(length: timedelta, say: Say) -> str:
    """`3 天`, `5 小時`, `12 分鐘`, from the largest unit that fits; hours up to two days."""
    for unit, size, least in _UNITS:
        if length >= least:
            return say(f"span.{unit}", count=int(length / size))
    return say("span.minutes", count=0)


def wait(since: datetime, now: datetime, say: Say) -> str:
    """For how long."""
    return span(max(now - since, timedelta(0)), say)


def age(moment: datetime, now: datetime, say: Say) -> str:
    """How long ago."""
    return say("span.ago", span=wait(moment, now, say))


def deadline(due: datetime | None, now: datetime, say: Say, *, passed: bool = False) -> dict[str, Any]:
    """How long is left, as words and as how urgent that is: late, soon (under two hours) or later.

    `passed`: the deadline was missed once, and what is due is the next reminder.
    """
    if due is None:
        return {"words": "–", "urgency": "later"}
    left = due - now
    if left <= timedelta(0):
        return {"words": say("span.over", span=span(-left, say)), "urgency": "late"}
    if passed:
        return {"words": say("span.again", span=span(left, say)), "urgency": "late"}
    urgency = "soon" if left < 2 * _HOUR else "later"
    return {"words": say("span.left", span=span(left, say)), "urgency": urgency}
