"""Government messages since June 2025: sender 111, the receiver's last three digits, the agency first."""

import re
from collections.abc import Iterator

from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.government import GOVERNMENT
from services.registry.reading import Message

SOURCE = "finance.ettoday.net/news/2980464"
GOVERNMENT_CODE = "111"
_MARKED = re.compile(r"^\W{0,2}\d{3}(?!\d)[\s】\]]{0,2}[【\[]?[\u3400-\u9fff]")


def government_marks(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Sender 111: the other two marks must hold as well; a missing one is a strong sign."""
    if message.sender.digits != GOVERNMENT_CODE or not message.is_sms:
        return
    if message.told:
        yield Evidence("marks_retold", Severity.NOTE, {}, SOURCE)
        return
    wrong = message.last3 is not None and bool(message.marks) and message.last3 not in message.marks
    if not message.marks:
        yield Evidence("marks_no_last3", Severity.STRONG, {}, SOURCE)
    elif wrong:
        yield Evidence("marks_wrong_last3", Severity.STRONG, {}, SOURCE)
    if not message.names_agency:
        yield Evidence("marks_no_agency", Severity.STRONG, {}, SOURCE)
    elif message.marks and not wrong:
        yield _in_place(message)


def _in_place(message: Message) -> Evidence:
    """Digits and an agency are there; they count only as the very first thing, one behind the other."""
    opening = message.opening
    if opening is None or not opening.agency or message.last3 not in (None, opening.last3):
        # Some agencies put the three digits last and name them so: no match, and no sign either.
        severity = Severity.NOTE if opening is None and message.marks_labelled else Severity.WEAK
        return Evidence("marks_misplaced", severity, {}, SOURCE)
    if message.last3 is None:
        return Evidence("marks_unchecked", Severity.NOTE, {}, SOURCE)
    agency = opening.organisation
    if agency is None:
        # Anything can be called 某某處: the form alone makes nothing official.
        severity = Severity.MATCHES if opening.real_kind else Severity.NOTE
        return Evidence("marks_hold_unnamed", severity, {}, SOURCE)
    params = {"organisation": agency.name_zh, "organisation_en": agency.name_en}
    return Evidence("marks_hold", Severity.MATCHES, params, SOURCE)


def unclear_sender(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """A short number written with other signs is no short code: what the phone shows is asked again."""
    if message.sender.kind == "unclear_code" and message.is_sms:
        yield Evidence("unclear_sender", Severity.NOTE)


def marks_in_words(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """The text dresses as a 111 message, but the phone showed another sender."""
    kind = message.sender.kind
    if kind in ("none", "unclear_code") or message.sender.digits == GOVERNMENT_CODE or not message.is_sms:
        return
    speaks = any(one.category in GOVERNMENT for one in message.speakers)
    if speaks and _MARKED.match(message.plain) is not None:
        yield Evidence("marks_in_words", Severity.STRONG, {}, SOURCE)
