"""Reads what an appeal is about: an address, an id, a number and whether that is a telephone's or an account's. Pure."""

import re
from typing import cast

from actions.contents import CONTACTS, checked_meant
from actions.goal import Heard, Seen, Told, Values, first
from actions.saying import asks_back
from actions.shown import shown
from actions.sites import address_meant
from lianfang.replies import Json
from lianfang.text.banks import BANKS
from lianfang.text.find import Found, find_all
from lianfang.text.normalise import normalise
from services.reports.client import NumberKind

LONGEST = 2000
# A number is told as `account:…` or `phone:…`, and as `number:…` while nothing says which of them it is.
NUMBER = "number"
KINDS = ("account", "phone")
_TOLD = re.compile(rf"({'|'.join((*KINDS, NUMBER))}):(\+?[\d\s.()#-]+)")
_NO_ANSWER = frozenset({"affirm", "cancel", "deny", "appeal_block"})
_ACCOUNT = re.compile(r"帳[號戶]|戶頭|銀行|郵局|\b(?:account|bank)\b", re.IGNORECASE)
_PHONE = re.compile(r"電話|手機|門號|市話|號碼被標|\b(?:phone|mobile|cell|telephone)\b", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w.@-])\d(?:[ -]?\d){7,15}(?![\w@-])")
_ID = re.compile(
    r"@?[a-z0-9._-]{2,40}", re.IGNORECASE
)  # as it is typed alone, with nothing to tell what it is
_CODE_BEFORE = re.compile(r"(?<!\d)\(?(\d{3})\)?[ -]{1,2}$")


def subject_meant(heard: Heard) -> Values:
    """What is named at the beginning, else what the last check was about."""
    checked = address_meant(heard) or tuple(text[:LONGEST] for text in checked_meant(heard))
    return find_subject(heard) or checked


def find_subject(heard: Heard) -> Values:
    found = next((one for one in find_all(heard.text) if one.kind in CONTACTS | {"url"}), None)
    if found is None:
        bare, kind = _BARE.search(normalise(heard.text)), _kind_said(heard.text)
        return (f"{kind}:{bare[0]}",) if bare and kind else ()
    is_number = found.kind in KINDS
    return (f"{_kind_of(found, heard.text)}:{found.text}" if is_number else found.text,)


def take_subject(heard: Heard) -> Values:
    """Also a name or a message, as it was typed."""
    text = heard.text.strip()
    is_other = heard.intent in _NO_ANSWER or asks_back(text)
    bare = _BARE.fullmatch(normalise(text))
    typed = f"{NUMBER}:{bare[0]}" if bare else text[:LONGEST]
    return find_subject(heard) or (() if is_other or not text else (typed,))


def take_kind(heard: Heard) -> Values:
    """The answer to "a telephone or an account"."""
    kind = _kind_said(heard.text)
    return (kind,) if kind else ()


def is_clear(told: Told, _seen: Seen) -> bool:
    """Whether nobody need say what kind of number it is."""
    return _read(told)[0] != NUMBER


def names_something(told: Told, _seen: Seen) -> bool:
    """Whether what is appealed can be looked up: by an address, a number, an id, or the check it was judged in."""
    return bool(first(told, "check")) or _names(_meant(told))


def appealed(told: Told) -> tuple[str, NumberKind | None]:
    """The subject as it was written, and of a number what it is."""
    kind, text = _read(told)
    known = first(told, "number_is") if kind == NUMBER else kind
    return text, cast("NumberKind", known) if known in KINDS else None


def appealed_shown(told: Told) -> Json | str:
    text, kind = appealed(told)
    return {"key": f"utter_appealed_{kind}", "params": {"number": text}} if kind else shown(text)


def _meant(told: Told) -> str:
    """The subject; one that names nothing gives way to the answer to which one, or to what the reason names."""
    answers = [answer for name in ("subject", "named") if (answer := first(told, name))]
    in_reason = find_subject(Heard(first(told, "reason") or ""))
    named = [*(one for one in answers if _names(one)), *in_reason]
    return next(iter((*named, *reversed(answers))), "")


def _names(text: str) -> bool:
    plain = normalise(text).strip()
    return bool(_TOLD.fullmatch(text) or find_subject(Heard(text)) or _ID.fullmatch(plain))


def _read(told: Told) -> tuple[str | None, str]:
    subject = _meant(told)
    match = _TOLD.fullmatch(subject)
    return (match[1], match[2]) if match else (None, subject)


def _kind_of(found: Found, text: str) -> str:
    """By its shape where no word says otherwise; digits that only look like an account are asked about."""
    said, before = _kind_said(text), _CODE_BEFORE.search(text[: found.start])
    has_bank = any(one.kind == "bank" for one in find_all(text)) or bool(before and before[1] in BANKS)
    if found.kind == "phone":
        return NUMBER if (said == "account" or has_bank) and said != "phone" else "phone"
    return "account" if said == "account" or has_bank else NUMBER


def _kind_said(text: str) -> str | None:
    """None where neither is said, or both."""
    plain = normalise(text)
    is_account, is_phone = bool(_ACCOUNT.search(plain)), bool(_PHONE.search(plain))
    return None if is_account is is_phone else "account" if is_account else "phone"
