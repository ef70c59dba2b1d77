"""Government messages since June 2025: sender 111, the receiver's last three digits, the agency first."""

import re
from collections.abc import Iterator

from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.reading import Message

SOURCE = "finance.ettoday.net/news/2980464"
GOVERNMENT_CODE = "111"
_MARKED = re.compile(r"^\W{0,2}\d{3}(?!\d)[\s】\]]{0,2}[【\[]?[\u3400-\u9fff]")
_OPENING_NAME = re.compile(r"[\u3400-\u9fff]{2,20}")


def government_marks(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Sender 111: the other two marks must hold as well; a missing one is a strong sign."""
    if message.sender.digits != GOVERNMENT_CODE or not message.is_sms:
        return
    if not message.marks:
        yield Evidence("marks_no_last3", Severity.STRONG, {}, SOURCE)
    elif message.last3 is not None and message.last3 not in message.marks:
        yield Evidence("marks_wrong_last3", Severity.STRONG, {}, SOURCE)
    if not message.names_agency:
        yield Evidence("marks_no_agency", Severity.STRONG, {}, SOURCE)
    elif message.last3 is not None and message.last3 in message.marks:
        yield Evidence("marks_hold", Severity.MATCHES, _agency(message), SOURCE)
    elif message.marks and message.last3 is None:
        yield Evidence("marks_unchecked", Severity.NOTE, {}, SOURCE)


def marks_in_words(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """The text dresses as a 111 message, but the phone showed another sender."""
    if message.sender.kind == "none" or message.sender.digits == GOVERNMENT_CODE or not message.is_sms:
        return
    speaks = any(one.category in ("agency", "utility") for one in message.speakers)
    if speaks and _MARKED.match(message.plain) is not None:
        yield Evidence("marks_in_words", Severity.STRONG, {}, SOURCE)


def _agency(message: Message) -> dict[str, str]:
    for speaker in message.speakers:
        return {"organisation": speaker.name_zh, "organisation_en": speaker.name_en}
    opening = _OPENING_NAME.search(message.plain)
    name = opening[0] if opening else ""
    return {"organisation": name, "organisation_en": name}
