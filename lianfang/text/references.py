"""Numbers people read out: our case ids, order and parcel numbers, card serials, delivery proxy codes, sender codes."""

import re
from collections.abc import Iterator

from lianfang.text.labels import LabelMap
from lianfang.text.reading import Reading, Span
from lianfang.text.talk import Talk, is_called
from lianfang.text.token_kinds import digit_count, is_shipped, kind_by_label, kind_by_shape

_CASE = re.compile(
    r"(?<![A-Za-z0-9])LF[\s_-]?([0-9A-Z]{4})[\s_-]?([0-9A-Z]{4})(?![A-Za-z0-9])", re.IGNORECASE
)
_CROCKFORD = str.maketrans("ILO", "110")
_TOKEN = re.compile(r"(?<![A-Za-z0-9._@-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+){0,5}(?![A-Za-z0-9_@])")
# A serial as it is printed, in groups: 0718 2293 5564 1180, G55 1092 8837, 77120-44938-X2, MC 4410 9982.
_UNIT_BEHIND = r"(?!\s?(?:元|塊|點|張|萬|千|年|月|日|[:/.]\d))"
_GROUPED_SERIAL = re.compile(
    rf"(?<![A-Z0-9-])(?:(?!JOIN|GASH|CARD|STEAM|RAZER|PINS?[ -]|NO[ -]|SN[ -]|IS[ -]|AND[ -]|THE[ -])[A-Z]{{1,4}}[ -]?)?\d{{2,6}}[A-Z]{{0,2}}(?:[ -](?=[A-Z0-9]*\d)[A-Z0-9]{{2,6}}(?![A-Z0-9]){_UNIT_BEHIND}){{1,5}}(?![A-Z0-9-]|\.\d)",
    re.IGNORECASE,
)
_FEWEST_DIGITS, _MOST_DIGITS = 8, 24
# The same with letters in every group: X7QW 99ZL 3PKM 20AA.
_LETTERED_SERIAL = re.compile(
    r"(?<![A-Za-z0-9-])(?=(?:[A-Z -]*\d){4})[A-Z0-9]{4}(?:[ -][A-Z0-9]{4}){2,4}(?![A-Za-z0-9-])"
)
# An order's number in groups, where its label stands beside it: 7743 1190 2265.
_GROUPED_ORDER = re.compile(
    r"(?<![A-Z0-9-])(?:[A-Z]{2,4} ?)?\d{3,6}(?:[ -]\d{2,6}){1,4}(?![A-Z0-9-]|\.\d)", re.IGNORECASE
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
_UNIT = re.compile(
    r"\s?(?:\d{2,}|元|塊|圓|萬|千|點|號|樓|年|月|日|分|秒|期|件|個|張|人|%|[/:.]\d|公|折|面額)"
)
_UNIT_BEFORE = re.compile(r"(?:\d[./:]?|[/$])[\s-]?$|NT\s?$|欠|付|共|約$")
_CALENDAR = re.compile(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}")
# A date, or an invitation, which only its goal reads.
_NO_NUMBER = re.compile(rf"(?:{_CALENDAR.pattern})$|JOIN-", re.IGNORECASE)


def find_case_ids(reading: Reading) -> Iterator[Span]:
    """`LF-XXXX-XXXX`, also in small letters, with blanks, or with I, L, O for 1, 1, 0."""
    for match in _CASE.finditer(reading.text):
        body = (match.group(1) + match.group(2)).upper()
        separated = re.search(r"[\s_-]", match.group(0)) is not None
        if (separated or sum(sign.isdigit() for sign in body) >= 2) and reading.free(*match.span()):
            body = body.translate(_CROCKFORD)
            reading.take(*match.span())
            yield Span("case_id", f"LF-{body[:4]}-{body[4:]}", *match.span())


def _grouped(reading: Reading, labels: LabelMap, talk: Talk) -> Iterator[Span]:
    """Serials and order numbers with blanks or hyphens between their groups."""
    for match in (*_GROUPED_SERIAL.finditer(reading.plain), *_LETTERED_SERIAL.finditer(reading.plain)):
        label = labels.before(match.start()) or labels.after(match.end())
        lettered = match.re is _LETTERED_SERIAL
        printed = lettered or _FEWEST_DIGITS <= digit_count(match.group()) <= _MOST_DIGITS
        meant = label == "serial" or (label is None and (talk.cards and not talk.orders))
        if printed and meant and reading.free(*match.span()) and not _CALENDAR.fullmatch(match.group()):
            reading.take(*match.span())
            yield Span("serial", re.sub(r"[ -]", "", match.group(0)).upper(), *match.span())
    for match in _GROUPED_ORDER.finditer(reading.plain):
        beside = labels.before(match.start()) == "order" or (talk.paying and match.group()[0].isalpha())
        if beside and digit_count(match.group()) >= _FEWEST_DIGITS and reading.free(*match.span()):
            reading.take(*match.span())
            yield Span("order_id", match.group(0).upper(), *match.span())


def find_tokens(reading: Reading, labels: LabelMap) -> Iterator[Span]:
    """Serials, order numbers and proxy codes: the nearest label decides, else the shape and what is talked about."""
    talk = Talk.of(reading.text, labels)
    yield from _grouped(reading, labels, talk)
    for match in _TOKEN.finditer(reading.text):
        start, end = match.span()
        token = match.group(0)
        if (
            len(token) < 4
            or not digit_count(token)
            or _NO_NUMBER.match(token)
            or not reading.free(start, end)
        ):
            continue
        label = labels.before(start) or labels.after(end)
        if label == "phone" and not token.isdigit():
            label = None  # 「宅配單只有 A12-B34 沒電話」
        kind = kind_by_label(token, label) if label else ""
        if kind == "code" and talk.sending and is_shipped(token, told=labels.before(start) is not None):
            kind = "order_id"
        if kind == "":
            counted = _UNIT.match(reading.text, end) or _UNIT_BEFORE.search(reading.before(start, 3))
            called = is_called(reading.before(start, 12), reading.after(end, 6))
            kind = kind_by_shape(token, talk, counted=counted is not None, called=called)
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
