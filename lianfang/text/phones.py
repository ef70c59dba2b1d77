"""Telephone numbers as Taiwanese people write them, and foreign ones with their plus sign."""

import re
from collections.abc import Iterator

from lianfang.text.labels import LabelMap
from lianfang.text.reading import Reading, Span

_GAP = r"[\s.-]{0,2}"
_EXTENSION = r"(?:\s?(?:#|ext\.?|分機|轉)\s?(?P<extension>\d{1,6})(?!\d))?"
_DOMESTIC = re.compile(
    rf"(?<![\d.+-])\(?(?P<number>0(?:{_GAP}\)?{_GAP}\d){{8,10}})(?!\d|-\d){_EXTENSION}", re.IGNORECASE
)
_TAIWAN = re.compile(
    rf"(?<![\d.+-])(?:(?P<plus>\+|00)\s?)?886(?P<number>{_GAP}\(?0?\)?(?:{_GAP}\d){{8,9}})(?!\d|-\d){_EXTENSION}",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"(?<![\d+])\+\s?(?!886)(?P<number>[1-9](?:[\s.()-]{0,2}\d){6,14})(?!\d)")
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"09\d{8}",
        r"080[09]\d{6}",
        r"020[0-9]\d{6}",
        r"0[57]0\d{7,8}",
        r"02\d{8}",
        r"04\d{7,8}",
        r"0(?:37|49|82|89)\d{6,7}",
        r"0[35678]\d{7}",
        r"0(?:826|836)\d{5}",
    )
)
# The last groups of a longer number: 98870 03311 7284.
_IN_A_RUN = re.compile(r"(?<![\d-])\d{4,7} $")
_MASKED = "○"
_PLAIN_RUN = re.compile(r"\d+")


def is_taiwanese(digits: str) -> bool:
    return any(shape.fullmatch(digits) for shape in _SHAPES)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _found(match: re.Match[str], number: str) -> Span:
    extension = match.group("extension")
    return Span("phone", number + (f"#{extension}" if extension else ""), match.start(), match.end())


def find_phones(reading: Reading, labels: LabelMap) -> Iterator[Span]:
    """Mobile, land, free and foreign numbers; ten bare digits behind an account's label are left alone."""
    text = reading.plain
    for match in _TAIWAN.finditer(text):
        number = "0" + _digits(match.group("number")).lstrip("0")
        if not match.group("plus") and not _shown_without_plus(number, labels, match.start()):
            continue
        if is_taiwanese(number) and reading.free(match.start(), match.end()):
            reading.take(match.start(), match.end())
            yield _found(match, number)
    for match in _FOREIGN.finditer(text):
        digits = _digits(match.group("number"))
        if 8 <= len(digits) <= 15 and reading.free(match.start(), match.end()):
            reading.take(match.start(), match.end())
            yield Span("phone", "+" + digits, match.start(), match.end())
    for match in _DOMESTIC.finditer(text):
        span = _domestic(reading, labels, match)
        if span is not None and reading.free(span.start, span.end):
            reading.take(span.start, span.end)
            yield span


def _shown_without_plus(number: str, labels: LabelMap, start: int) -> bool:
    """`886912345678`: a mobile number as some phones show it, unless an account is spoken of."""
    return number.startswith("09") and labels.before(start) not in ("account", "order", "serial", "otp")


def _domestic(reading: Reading, labels: LabelMap, match: re.Match[str]) -> Span | None:
    raw = match.group("number")
    number = _digits(raw)
    if _MASKED in reading.text[match.start() : match.end()]:
        return None
    if not is_taiwanese(number):
        return None
    if _PLAIN_RUN.fullmatch(raw) and not number.startswith(("09", "080")):
        near = labels.before(match.start(), 8)
        if near in ("account", "order", "serial", "secret", "otp") and near != "phone":
            return None
    start = match.start()
    if _IN_A_RUN.search(reading.before(start, 9)):
        return None
    if reading.text[start] == "(" and ")" not in raw:
        start += 1
    return Span("phone", _found(match, number).value, start, match.end())
