"""What a sender shown by a phone is: short code, mobile, landline, 0800, foreign, Latin name, mailbox."""

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberType

from lianfang.text.defang import defang
from lianfang.text.normalise import normalise
from services.registry.hosts import Address, read_address

SenderKind = Literal[
    "none",
    "short_code",
    "mobile",
    "landline",
    "toll_free",
    "foreign",
    "number",
    "latin",
    "mailbox",
    "name",
    "unclear_code",
]

# A short code is exactly its digits, in their plain or full-width form: `1-1-1` or circled digits are none.
_CODE = re.compile("[0-9\uff10-\uff19]{1,6}")
# What a phone app shows around a number: `tel:`, and behind it what others call it.
_AROUND = re.compile(r"^tel:\s*|\s*[(\[【][^()\d]*[)\]】]$", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d+")
_BLANKS = re.compile(r"[\s().\-\u2010-\u2015\u2212#*]")
_MAILBOX = re.compile(r"[^\s@]+@([^\s@>]+\.[^\s@>]+)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._&+-]{1,19}")
_TYPES: dict[int, SenderKind] = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.TOLL_FREE: "toll_free",
}
LONGEST_SHORT_CODE = 6


@dataclass(frozen=True)
class Sender:
    """`digits` in national form for Taiwanese numbers; `plus`: shown with an international prefix."""

    kind: SenderKind
    text: str = ""
    digits: str = ""
    plus: bool = False
    mailbox: Address | None = None

    @property
    def shown(self) -> str:
        """As it may be kept and repeated: a number without its middle, a mailbox as its host, never words."""
        if self.kind == "mailbox" and self.mailbox is not None:
            return defang(self.mailbox.host)
        return mask_number(self.digits)


def mask_number(number: str) -> str:
    """First four and last three characters; of what has four to eight, which may be a PIN, the last two."""
    plain = _BLANKS.sub("", number)
    if len(plain) < 4:
        return plain
    return f"***{plain[-2:]}" if len(plain) <= 8 else f"{plain[:4]}***{plain[-3:]}"


def read_sender(raw: str | None) -> Sender:
    """Classify what the person says the phone showed."""
    text = normalise(raw or "").strip()
    if not text:
        return Sender("none")
    digits = _BLANKS.sub("", _AROUND.sub("", text))
    if _NUMBER.fullmatch(digits):
        return _read_number(text, digits, exact=_CODE.fullmatch((raw or "").strip()) is not None)
    mailbox = _MAILBOX.search(text)
    if mailbox is not None:
        return Sender("mailbox", text, mailbox=read_address(mailbox[1].rstrip(">").lower()))
    if _LATIN.fullmatch(text):
        return Sender("latin", text)
    return Sender("name", text)


def _read_number(text: str, digits: str, *, exact: bool) -> Sender:
    plus = digits.startswith(("+", "00"))
    if not plus and len(digits) <= LONGEST_SHORT_CODE:
        return Sender("short_code" if exact else "unclear_code", text, digits if exact else "")
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("886") and len(digits) >= 11:
        digits, plus = "+" + digits, True
    try:
        number = phonenumbers.parse(digits, "TW")
    except phonenumbers.NumberParseException:
        return Sender("number", text, digits, plus=plus)
    if number.country_code != 886:
        return Sender("foreign", text, digits, plus=True)
    national = "0" + str(number.national_number)
    if not digits.startswith(("0", "+")):
        return Sender("number", text, digits)
    kind = _TYPES.get(phonenumbers.number_type(number), "number")
    return Sender(kind, text, national, plus=plus)
