"""What kind of number a token is: by the word that labels it, else by its shape and what is talked about."""

import re

from lianfang.text.talk import Talk

_SERIAL = re.compile(r"(?=.*\d)[A-Z0-9-]{8,24}", re.IGNORECASE)
_MIXED_SERIAL = re.compile(r"(?=(?:[A-Z0-9]*[A-Z]){2})(?=(?:[A-Z0-9]*\d){5})[A-Z0-9]{10,20}")
_ORDER = re.compile(r"(?=(?:[A-Z0-9-]*\d){4})[A-Z0-9-]{5,25}", re.IGNORECASE)
_ORDER_SHAPE = re.compile(
    r"[A-Z]{1,4}-\d{4,9}(?:-\d{1,4}){0,2}|[A-Z]{2,4}\d{7,14}(?:-\d{1,4})?|20\d{6}-\d{3,8}|[A-Z]{2}\d{7,9}TW|\d{4}-\d{4}-\d{2,4}"
)
# What is called an order where somebody ships one: CHY-115, M3320-118, RT66120.
_SHIPPED = re.compile(
    r"[A-Z]{1,5}-\d{2,9}|(?=\d*[A-Z])[A-Z0-9]{2,5}-\d{3,9}|[A-Z]{1,3}\d{3,6}-\d{2,5}|[A-Z]{1,3}\d{4,9}",
    re.IGNORECASE,
)
# What is paid with at the counter: 03K8821109745, GW2407190033852, FM-9920-1187-45.
_PAYMENT_CODE = re.compile(
    r"(?=(?:[A-Z0-9-]*\d){7})[A-Z0-9]{9,18}|[A-Z]{2,4}(?:-\d{2,6}){2,4}", re.IGNORECASE
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
# Letters and digits in two short parts, or one part that begins with letters: HC-P20ZLR, B7NN-2K4S, HCL77Q2S.
_MIXED_CODE = re.compile(
    r"(?!JOIN)(?=(?:[A-Z0-9-]*\d){2})(?=[A-Z0-9-]*[A-Z])(?:[A-Z0-9]{1,4}-[A-Z0-9]{3,7}|[A-Z]{1,4}\d{1,3}[A-Z][A-Z0-9]{1,5})",
    re.IGNORECASE,
)
_LONE_CODE = re.compile(
    rf"\d{{4,6}}|[A-Z]{{1,2}}\d?-?\d{{3,5}}|\d{{3,5}}-[A-Z]{{1,2}}|{_PAIR_CODE.pattern}|{_MIXED_CODE.pattern}",
    re.IGNORECASE,
)
_SHORT_ORDER = re.compile(r"[A-Z]{2}\d{4,9}")
_DATED = re.compile(r"-20[23]\d[01]\d[0-3]\d(?!\d)|^20[23]\d[01]\d[0-3]\d-")
_CLAIMED_BY_OTHERS = frozenset("secret otp account phone tax case bind".split())


def digit_count(token: str) -> int:
    return sum(sign.isdigit() for sign in token)


def _is_code(token: str) -> bool:
    if re.fullmatch(r"[A-Z]\d[A-Z]\d", token):
        return True
    if (
        _PAIR_CODE.fullmatch(token)
        or _MIXED_CODE.fullmatch(token)
        or (not token.isdigit() and _CODE_SHAPE.fullmatch(token) and len(token) <= LONGEST_CODE)
    ):
        return True
    return _CODE.fullmatch(token) is not None and 4 <= len(token) <= 8 and digit_count(token) >= 3


def is_shipped(token: str, *, told: bool) -> bool:
    """Whether a code is to be made for it: 「TB-20934 做一個隱碼」; behind 隱碼 only what is too long for one (`told`)."""
    if told:
        return len(token) > LONGEST_CODE and _ORDER.fullmatch(token) is not None
    return _SHIPPED.fullmatch(token) is not None


def kind_by_label(token: str, label: str) -> str | None:
    """The kind its label claims, None when the token cannot be that; `` when the label leaves it open."""
    if label in _CLAIMED_BY_OTHERS:
        return None
    if label == "serial":
        return "serial" if _SERIAL.fullmatch(token) else None
    if label == "order":
        return "order_id" if _ORDER.fullmatch(token) else None
    return "code" if _is_code(token) else ""


def kind_by_shape(token: str, talk: Talk, *, counted: bool, called: bool) -> str | None:
    """The first kind that fits; `counted`: a unit stands beside it, `called`: somebody is to be reached by it."""
    plain = not talk.cards and not counted
    paid_with = talk.paying and not (talk.delivery or talk.cards or token.isdigit())
    reached = called and talk.delivery
    rules = (
        ("order_id", _DATED.search(token) and _ORDER.fullmatch(token)),
        ("serial", ((talk.cards and not talk.orders) or talk.alone) and _CARD_SERIAL.fullmatch(token)),
        ("serial", (talk.cards or talk.alone or not talk.orders) and _MIXED_SERIAL.fullmatch(token)),
        ("order_id", paid_with and _PAYMENT_CODE.fullmatch(token)),
        ("order_id", talk.sending and plain and not reached and _SHIPPED.fullmatch(token)),
        ("code", (talk.delivery or called) and plain and _LONE_CODE.fullmatch(token)),
        ("order_id", _ORDER_SHAPE.fullmatch(token) or (talk.orders and _SHORT_ORDER.fullmatch(token))),
    )
    return next((kind for kind, fits in rules if fits), None)
