"""What matches a sale, what proves it, and when comparing stops."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.clock import UTC
from services.locks.rules import Sale, Told, Tried, is_future, matches, may_compare, proves

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
    ("tried", "may"),
    [
        (Tried(0, 0, 0), True),
        (Tried(9, 4, 4), True),
        (Tried(10, 0, 0), False),
        (Tried(1, 5, 1), False),
        (Tried(0, 500, 0), True),
    ],
)
def test_comparing_stops(tried: Tried, may: bool) -> None:
    assert may_compare(tried) is may


def test_no_clock_is_ten_minutes_ahead() -> None:
    assert not is_future(SOLD + timedelta(minutes=10), SOLD)
    assert is_future(SOLD + timedelta(minutes=10, seconds=1), SOLD)
