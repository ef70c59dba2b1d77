"""What matches a sale, what proves it, and when comparing stops."""

from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.clock import UTC
from services.locks.rules import (
    Compared,
    Sale,
    Told,
    Tried,
    is_future,
    matches,
    may_compare,
    may_object,
    proves,
)

SOLD = datetime(2026, 11, 20, 4, 5, tzinfo=UTC)
SALE = Sale("familymart", SOLD, store="Main", invoice="i1", total=2000, face_value=1000)
INVOICE = frozenset({"i0", "i1"})


@given(st.timedeltas(timedelta(hours=-72), timedelta(hours=72)))
def test_a_purchase_within_a_day_of_the_sale_matches(apart: timedelta) -> None:
    told = Told(serial=True, chain="familymart", bought_at=SOLD + apart)

    assert matches(SALE, told) == (abs(apart) <= timedelta(hours=24))


def test_an_unknown_invoice_never_matches_an_unregistered_one() -> None:
    bare = Sale("familymart", SOLD)

    assert not matches(bare, Told(serial=True))
    assert not matches(bare, Told(serial=True, invoice=INVOICE))
    assert not proves(bare, Told(serial=True, invoice=INVOICE, amount=1, store="Main"))
    assert not proves(bare, Told(serial=True, invoice=frozenset()))


@pytest.mark.parametrize(
    ("told", "proven"),
    [
        ({"amount": 2000}, True),
        ({"amount": 1000}, True),
        ({"store": "Main"}, True),
        ({"amount": 1500}, False),
        ({}, False),
    ],
)
def test_a_receipt_proves_by_number_and_one_detail(told: dict[str, object], proven: bool) -> None:
    assert proves(SALE, Told(serial=True, invoice=INVOICE, **told)) is proven  # type: ignore[arg-type]
    assert not proves(SALE, Told(serial=True, invoice=frozenset({"i2"}), **told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tried", "may", "with_invoice"),
    [
        (Tried(0, 0, 0, 0), True, True),
        (Tried(9, 29, 4, 4), True, True),
        (Tried(10, 0, 0, 0), False, False),
        (Tried(0, 30, 0, 0), False, False),
        (Tried(1, 0, 5, 0), False, False),
        (Tried(1, 0, 2, 500), True, True),
        (Tried(1, 0, 3, 4), True, True),
        (Tried(1, 0, 3, 5), False, True),
        (Tried(1, 0, 5, 5), False, False),
    ],
)
def test_comparing_stops(tried: Tried, may: bool, with_invoice: bool) -> None:
    assert may_compare(tried, Told(serial=True)) is may
    assert may_compare(tried, Told(serial=True, invoice=INVOICE)) is with_invoice


@pytest.mark.parametrize(
    ("told", "with_serial", "without"),
    [
        ({}, False, False),
        ({"chain": "familymart"}, False, False),
        ({"bought_at": SOLD, "store": "Main", "amount": 1000}, False, False),
        ({"chain": "familymart", "bought_at": SOLD}, True, False),
        ({"invoice": INVOICE}, True, False),
        ({"invoice": INVOICE, "chain": "familymart", "bought_at": SOLD}, True, True),
    ],
)
def test_what_can_match_a_sale_at_all(told: dict[str, object], with_serial: bool, without: bool) -> None:
    assert Told(serial=True, **told).is_comparable is with_serial  # type: ignore[arg-type]
    assert Told(serial=False, **told).is_comparable is without  # type: ignore[arg-type]


def test_a_person_objects_once_and_after_a_decision_with_a_receipt() -> None:
    assert may_object("none", again=False, decided=False)
    assert not may_object("same", again=True, decided=False)
    assert [may_object(one, again=False, decided=True) for one in get_args(Compared)] == [
        one in {"same", "unregistered"} for one in get_args(Compared)
    ]


def test_no_clock_is_ten_minutes_ahead() -> None:
    assert not is_future(SOLD + timedelta(minutes=10), SOLD)
    assert is_future(SOLD + timedelta(minutes=10, seconds=1), SOLD)
