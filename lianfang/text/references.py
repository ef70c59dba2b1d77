"""Numbers people read out: our case ids, order and parcel numbers, card serials, delivery proxy codes, sender codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.text.labels import LabelMap
from lianfang.text.reading import Reading, Span

_CASE = re.compile(
    r"(?<![A-Za-z0-9])LF[\s_-]?([0-9A-Z]{4})[\s_-]?([0-9A-Z]{4})(?![A-Za-z0-9])", re.IGNORECASE
)
_CROCKFORD = str.maketrans("ILO", "110")
_TOKEN = re.compile(r"(?<![A-Za-z0-9._@-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+){0,5}(?![A-Za-z0-9_@])")
_SERIAL = re.compile(r"(?=.*\d)[A-Z0-9-]{8,24}", re.IGNORECASE)
_MIXED_SERIAL = re.compile(r"(?=(?:[A-Z0-9]*[A-Z]){2})(?=(?:[A-Z0-9]*\d){5})[A-Z0-9]{10,20}")
_ORDER = re.compile(r"(?=(?:[A-Z0-9-]*\d){4})[A-Z0-9-]{5,25}", re.IGNORECASE)
_ORDER_SHAPE = re.compile(r"[A-Z]{1,4}-\d{4,9}|[A-Z]{2,4}\d{7,12}|20\d{6}-\d{3,8}|[A-Z]{2}\d{7,9}TW")
_CODE = re.compile(r"(?=.*\d)[A-Z]{0,3}\d?[A-Z]?-?\d{1,7}", re.IGNORECASE)
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
_CARD_WORDS = re.compile(
    r"MyCard|GASH|Razer|遊[eE]卡|貝殼幣|點數|點卡|禮物卡|遊戲卡|序號|鎖卡|鎖|解凍|凍結|serial|\b(?:un)?freeze\b|\b(?:un)?lock\b|\bcards?\b",
    re.IGNORECASE,
)
# What a courier, a buyer or a neighbour talks about when a lone short number is the proxy code on the parcel.
_DELIVERY = re.compile(
    r"送貨|出貨|送瓦斯|宅配|外送|司機|物流|快遞|簽收|按電鈴|管理室|收件人|收貨人|箱子外面|包裹上|東西還沒到|他晚|我晚|只要講一聲|"
    r"outside|\bgate\b|\bdriver\b|\bcourier\b|\bthe label\b|\bdelivery\b",
    re.IGNORECASE,
)
_LONE_CODE = re.compile(r"\d{4,5}|[A-Z]{1,2}\d?-?\d{3,5}", re.IGNORECASE)
_UNIT = re.compile(
    r"\s?(?:\d{2,}|元|塊|圓|萬|千|點|號|樓|年|月|日|分|秒|期|件|個|張|人|%|[/:.]\d|公|折|面額)"
)
_UNIT_BEFORE = re.compile(r"[\d./:$][\s-]?$|NT\s?$|欠|付|共|約$")
_CALENDAR = re.compile(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}")


_CLAIMED_BY_OTHERS = frozenset("secret otp account phone tax case bind".split())
_ALONE = re.compile(r"[\sA-Za-z0-9,、和跟與-]*")


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


@dataclass(frozen=True)
class _Talk:
    """What the text around the tokens is about."""

    cards: bool
    orders: bool
    delivery: bool
    alone: bool

    @classmethod
    def of(cls, text: str, labels: LabelMap) -> "_Talk":
        return cls(
            cards=_CARD_WORDS.search(text) is not None,
            orders=labels.any("order", "code"),
            delivery=_DELIVERY.search(text) is not None,
            alone=_ALONE.fullmatch(text) is not None,
        )


def _is_code(token: str) -> bool:
    if re.fullmatch(r"[A-Z]\d[A-Z]\d", token):
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


def _kind_by_shape(token: str, talk: _Talk, *, counted: bool) -> str | None:
    if _MIXED_SERIAL.fullmatch(token) and (talk.cards or talk.alone or not talk.orders):
        return "serial"
    if talk.delivery and not talk.cards and not counted and _LONE_CODE.fullmatch(token):
        return "code"
    if _ORDER_SHAPE.fullmatch(token) or (talk.orders and re.fullmatch(r"[A-Z]{2}\d{4,9}", token)):
        return "order_id"
    return None


def find_tokens(reading: Reading, labels: LabelMap) -> Iterator[Span]:
    """Serials, order numbers and proxy codes: the nearest label decides, else the shape and what is talked about."""
    talk = _Talk.of(reading.text, labels)
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
            kind = _kind_by_shape(token, talk, counted=counted is not None)
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
