"""Serials and invoices are compared as they are printed, not as they are typed, and stored as keyed indexes."""

import pytest

from lianfang.privacy import Vault
from services.locks.serials import (
    NoSerial,
    invoice_index,
    invoice_indexes,
    last4,
    normalise,
    serial_index,
    serial_indexes,
)


@pytest.mark.parametrize(
    "typed",
    [
        "MCAB1234567890",
        "mcab1234567890",
        " MCAB-1234-5678-90 ",
        "ＭＣＡＢ１２３４５６７８９０",
        "MCAB 1234 5678 90",
    ],
)
def test_one_serial_in_many_hands(typed: str, vault: Vault) -> None:
    assert normalise(typed, 1) == "MCAB1234567890"
    assert last4(typed, 1) == "7890"
    assert serial_index(vault, "mycard", typed, 1) in serial_indexes(vault, "mycard", "MCAB1234567890")


@pytest.mark.parametrize("typed", ["", "12345", "序號是什麼", "A" * 41])
def test_no_serial(typed: str, vault: Vault) -> None:
    with pytest.raises(NoSerial):
        normalise(typed, 1)
    assert serial_indexes(vault, "mycard", typed) == []


def test_the_index_says_neither_serial_nor_that_two_issuers_share_it(vault: Vault) -> None:
    one, other = (serial_index(vault, issuer, "MCAB1234567890", 1) for issuer in ("mycard", "gash"))

    assert one != other
    assert "7890" not in one


def test_a_serial_is_found_under_every_key() -> None:
    old = Vault(["x" * 43 + "="], ["k1:old"])
    new = Vault(["x" * 43 + "="], ["k2:new", "k1:old"])

    assert serial_index(old, "mycard", "MCAB1234567890", 1) in serial_indexes(new, "mycard", "MCAB1234567890")


@pytest.mark.parametrize("typed", ["AB12345678", "ab-12345678", "ＡＢ－１２３４５６７８"])
def test_one_invoice_in_many_hands(typed: str, vault: Vault) -> None:
    assert invoice_index(vault, typed) in invoice_indexes(vault, "AB12345678")


def test_no_invoice(vault: Vault) -> None:
    assert invoice_index(vault, "?") is None
    assert invoice_indexes(vault, None) == invoice_indexes(vault, "?") == frozenset()
