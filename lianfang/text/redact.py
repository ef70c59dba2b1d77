"""Class A secrets (PIN, password, OTP, card number, national ID) replaced before anything is stored."""

import re
from collections.abc import Iterator

from lianfang.text.confidential import find_secrets
from lianfang.text.reading import Reading

# Readers behind us still see what kind of secret stood there; digits and Latin values never match inside it.
MARK = re.compile(r"[\[［]已隱藏[:：](?:pin|otp|card|id|cvv)[\]］]")
# The numbers we give out for cases, proofs and invitations: random, so that PW or PIN may stand in them by chance.
_OWN_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?:LF|LP|JOIN)(?:-[0-9A-Z]{4}){2,4}(?![A-Za-z0-9-])", re.IGNORECASE
)
_PASSES = 6


def _mark(kind: str) -> str:
    return f"［已隱藏:{kind}］"


def _once(text: str) -> str:
    reading = Reading.of(text)
    for known in (*MARK.finditer(reading.text), *_OWN_NUMBER.finditer(reading.text)):
        reading.take(*known.span())
    pieces: list[str] = []
    done = 0
    for span in sorted(find_secrets(reading), key=lambda span: span.start):
        start, end = reading.original_span(span.start, span.end)
        if start < done:
            continue
        pieces += (text[done:start], _mark(span.kind))
        done = end
    return "".join((*pieces, text[done:]))


def redact(text: str) -> str:
    """The same text with every class A secret replaced by a mark of its kind. Idempotent."""
    for _ in range(_PASSES):
        cleaned = _once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def secret_kinds(text: str) -> Iterator[str]:
    """The kinds of secrets that were removed from a redacted text, in order."""
    for mark in MARK.finditer(text):
        yield re.sub(r"[^a-z]", "", mark.group(0))
