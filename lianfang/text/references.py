"""Numbers people read out: our case ids, order and parcel numbers, card serials, delivery proxy codes, sender codes."""

import re
from collections.abc import Iterator

from lianfang.text.labels import LabelMap
from lianfang.text.reading import Reading, Span
from lianfang.text.talk import Talk, is_called

_CASE = re.compile(
    r"(?<![A-Za-z0-9])LF[\s_-]?([0-9A-Z]{4})[\s_-]?([0-9A-Z]{4})(?![A-Za-z0-9])", re.IGNORECASE
)
_CROCKFORD = str.maketrans("ILO", "110")
_TOKEN = re.compile(r"(?<![A-Za-z0-9._@-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+){0,5}(?![A-Za-z0-9_@])")
_SERIAL = re.compile(r"(?=.*\d)[A-Z0-9-]{8,24}", re.IGNORECASE)
_MIXED_SERIAL = re.compile(r"(?=(?:[A-Z0-9]*[A-Z]){2})(?=(?:[A-Z0-9]*\d){5})[A-Z0-9]{10,20}")
_ORDER = re.compile(r"(?=(?:[A-Z0-9-]*\d){4})[A-Z0-9-]{5,25}", re.IGNORECASE)
_ORDER_SHAPE = re.compile(
    r"[A-Z]{1,4}-\d{4,9}(?:-\d{1,4})?|[A-Z]{2,4}\d{7,14}(?:-\d{1,4})?|20\d{6}-\d{3,8}|[A-Z]{2}\d{7,9}TW"
)
# What stands on a game card, where cards are spoken of: BK9920183, MYC-8820-1177-3409, 8XK2M-44PQL-T09ZE.
_CARD_SERIAL = re.compile(
    r"(?!GASH\d|JOIN|LINK|VERI)[A-Z]{2,4}-?\d{4,10}(?:-[A-Z0-9]{2,6})*|(?!JOIN|LINK|VERI)(?=(?:[A-Z-]*\d){4})[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){2,4}",
    re.IGNORECASE,
)
LONGEST_CODE = 9
_CODE_SHAPE = re.compile(r"(?=.*\d)(?!.*[A-Z]{4}|[A-Z]{2}\d{6})[A-Z0-9]+(?:-[A-Z0-9]+){0,2}", re.IGNORECASE)
_CODE = re.compile(r"(?=.*\d)[A-Z]{0,3}\d?[A-Z]?-?\d{1,7}", re.IGNORECASE)
# Two short parts with at least four digits: 6613-08, 7Q2-M84.
_PAIR_CODE = re.compile(r"(?=(?:[A-Z-]*\d){4})[A-Z0-9]{2,4}-[A-Z0-9]{2,5}", re.IGNORECASE)
# A serial as it is printed, in groups of four.
_GROUPED_SERIAL = re.compile(
    r"(?<![A-Z0-9-])(?:[A-Z]{2,4}[ -]?)?\d{4}(?:[ -]\d{4}){2,4}(?![A-Z0-9-])", re.IGNORECASE
)
_SHORT_CODE = re.compile(
    r"(?:短碼|簡碼|寄件[人者]|發[送信][人者端]|傳送者|\bsender\b|\bshort\s?code\b)\D{0,4}(?P<number>\d{3,6})(?!\d)"
    r"|(?<!\d)(?P<number2>\d{3,6})\s?(?:短碼|傳來|發來|寄來|發的|傳的|寄的|發送的|傳送的)",
    re.IGNORECASE,
)
_OTP_ASK = re.compile(
    r"(?:提供|告知|回傳|回覆|傳給|念給|唸給|輸入|告訴|給我|報給|截圖)[^,。!?\n]{0,8}(?:驗證碼|認證碼|OTP|動態密碼)"
    r"|(?:驗證碼|認證碼|OTP|動態密碼)[^,。!?\n]{0,6}(?:提供|告知|回傳|傳給|念給|唸給|告訴|給我|報給)"
    r"|(?:send|tell|give|reply|share|read)[^.!?\n]{0,24}(?:code|OTP)\b",
    re.IGNORECASE,
)
_WARNING = re.compile(r"(?:勿|不要|不得|不會|切莫|別|never|not|n't)[^,。!?\n]{0,10}$", re.IGNORECASE)
_LONE_CODE = re.compile(rf"\d{{4,5}}|[A-Z]{{1,2}}\d?-?\d{{3,5}}|{_PAIR_CODE.pattern}", re.IGNORECASE)
_UNIT = re.compile(
    r"\s?(?:\d{2,}|元|塊|圓|萬|千|點|號|樓|年|月|日|分|秒|期|件|個|張|人|%|[/:.]\d|公|折|面額)"
)
_UNIT_BEFORE = re.compile(r"(?:\d[./:]?|[/$])[\s-]?$|NT\s?$|欠|付|共|約$")
_CALENDAR = re.compile(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}")


_CLAIMED_BY_OTHERS = frozenset("secret otp account phone tax case bind".split())


def find_case_ids(reading: Reading) -> Iterator[Span]:
    """`LF-XXXX-XXXX`, also in small letters, with blanks, or with I, L, O for 1, 1, 0."""
    for match in _CASE.finditer(reading.text):
        body = (match.group(1) + match.group(2)).upper()
        separated = re.search(r"[\s_-]", match.group(0)) is not None
        if (separated or sum(sign.isdigit() for sign in body) >= 2) and reading.free(*match.span()):
            body = body.translate(_CROCKFORD)
            reading.take(*match.span())
            yield Span("case_id", f"LF-{body[:4]}-{body[4:]}", *match.span())


def _digit_count(token: str) -> int:
    return sum(sign.isdigit() for sign in token)


def _is_code(token: str) -> bool:
    if re.fullmatch(r"[A-Z]\d[A-Z]\d", token):
        return True
    if _PAIR_CODE.fullmatch(token) or (
        not token.isdigit() and _CODE_SHAPE.fullmatch(token) and len(token) <= LONGEST_CODE
    ):
        return True
    return _CODE.fullmatch(token) is not None and 4 <= len(token) <= 8 and _digit_count(token) >= 3


def _kind_by_label(token: str, label: str) -> str | None:
    """The kind its label claims, None when the token cannot be that; `` when the label leaves it open."""
    if label in _CLAIMED_BY_OTHERS:
        return None
    if label == "serial":
        return "serial" if _SERIAL.fullmatch(token) else None
    if label == "order":
        return "order_id" if _ORDER.fullmatch(token) else None
    return "code" if _is_code(token) else ""


def _kind_by_shape(token: str, talk: Talk, *, counted: bool, called: bool) -> str | None:
    if ((talk.cards and not talk.orders) or talk.alone) and _CARD_SERIAL.fullmatch(token):
        return "serial"
    if _MIXED_SERIAL.fullmatch(token) and (talk.cards or talk.alone or not talk.orders):
        return "serial"
    if (talk.delivery or called) and not talk.cards and not counted and _LONE_CODE.fullmatch(token):
        return "code"
    if _ORDER_SHAPE.fullmatch(token) or (talk.orders and re.fullmatch(r"[A-Z]{2}\d{4,9}", token)):
        return "order_id"
    return None


def _grouped_serials(reading: Reading, labels: LabelMap, talk: Talk) -> Iterator[Span]:
    for match in _GROUPED_SERIAL.finditer(reading.plain):
        label = labels.before(match.start()) or labels.after(match.end())
        if reading.free(*match.span()) and (label == "serial" or (label is None and talk.cards)):
            reading.take(*match.span())
            yield Span("serial", re.sub(r"[ -]", "", match.group(0)).upper(), *match.span())


def find_tokens(reading: Reading, labels: LabelMap) -> Iterator[Span]:
    """Serials, order numbers and proxy codes: the nearest label decides, else the shape and what is talked about."""
    talk = Talk.of(reading.text, labels)
    yield from _grouped_serials(reading, labels, talk)
    for match in _TOKEN.finditer(reading.text):
        start, end = match.span()
        token = match.group(0)
        if (
            len(token) < 4
            or not _digit_count(token)
            or _CALENDAR.fullmatch(token)
            or not reading.free(start, end)
        ):
            continue
        label = labels.before(start) or labels.after(end)
        kind = _kind_by_label(token, label) if label else ""
        if kind == "":
            counted = _UNIT.match(reading.text, end) or _UNIT_BEFORE.search(reading.before(start, 3))
            called = is_called(reading.before(start, 12), reading.after(end, 4))
            kind = _kind_by_shape(token, talk, counted=counted is not None, called=called)
        if kind is not None:
            reading.take(start, end)
            value = token.upper()
            yield Span(kind, value.replace("-", "") if kind == "serial" else value, start, end)


def find_phrases(reading: Reading) -> Iterator[Span]:
    """Sender codes (`111 傳來的`) and words that ask for an OTP; warnings against giving it do not count."""
    for match in _SHORT_CODE.finditer(reading.text):
        group = "number" if match.group("number") else "number2"
        if reading.free(*match.span(group)):
            yield Span("short_code", match.group(group), *match.span(group))
    for match in _OTP_ASK.finditer(reading.text):
        if not _WARNING.search(reading.before(match.start(), 12)) and not _WARNING.search(
            match.group(0)[:-1]
        ):
            yield Span("otp_ask", match.group(0), *match.span())
