"""Serials and invoice numbers as they are compared: normalised by a versioned rule, indexed by HMAC, shown by four.

The serial itself is stored nowhere. When an issuer's rule changes, a serial is still found under the older ones.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from lianfang.privacy import Vault

SHOWN = 4
_NOT_PRINTED = re.compile(r"[^0-9A-Z]")
_SERIAL = re.compile(r"[0-9A-Z]{6,40}")
_INVOICE = re.compile(r"[0-9A-Z]{6,20}")


class NoSerial(ValueError):
    """Too short, too long or empty: no serial of any issuer."""


def letters_and_digits(text: str) -> str:
    """Wide signs made narrow, capitals, no blanks, hyphens or other signs."""
    return _NOT_PRINTED.sub("", unicodedata.normalize("NFKC", text).upper())


RULES: Mapping[int, Callable[[str], str]] = {1: letters_and_digits}


def normalise(text: str, rule: int) -> str:
    """The serial by this rule. Raises NoSerial."""
    serial = RULES[rule](text)
    if not _SERIAL.fullmatch(serial):
        raise NoSerial
    return serial


def serial_index(vault: Vault, issuer: str, text: str, rule: int) -> str:
    """What is stored. Raises NoSerial."""
    return vault.index("serial", issuer, str(rule), normalise(text, rule))


def serial_indexes(vault: Vault, issuer: str, text: str) -> list[str]:
    """Whatever may be stored for this serial: by every rule and every key; nothing for what is no serial."""
    try:
        return [
            index
            for rule in RULES
            for index in vault.indexes("serial", issuer, str(rule), normalise(text, rule))
        ]
    except NoSerial:
        return []


def last4(text: str, rule: int) -> str:
    """Raises NoSerial."""
    return normalise(text, rule)[-SHOWN:]


def normalise_invoice(text: str) -> str | None:
    """`AB12345678`; None for what is no invoice number."""
    invoice = letters_and_digits(text)
    return invoice if _INVOICE.fullmatch(invoice) else None


def invoice_index(vault: Vault, text: str) -> str | None:
    invoice = normalise_invoice(text)
    return None if invoice is None else vault.index("invoice", invoice)


def invoice_indexes(vault: Vault, text: str | None) -> frozenset[str]:
    invoice = None if text is None else normalise_invoice(text)
    return frozenset() if invoice is None else frozenset(vault.indexes("invoice", invoice))
