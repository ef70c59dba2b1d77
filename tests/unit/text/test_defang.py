"""Addresses that nobody can tap by accident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.defang import defang


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("evil.top", "evil[.]top"),
        ("https://pay.evil.top/a.php?x=1.5", "hxxps://pay[.]evil[.]top/a.php?x=1.5"),
        ("HTTP://203.0.113.7:8080/x", "hxxp://203[.]0[.]113[.]7:8080/x"),
        ("hxxps://evil[.]top", "hxxps://evil[.]top"),
        ("", ""),
    ],
)
def test_defang(address: str, shown: str) -> None:
    assert shown == defang(address)


@given(st.text())
def test_defanging_twice_changes_nothing(text: str) -> None:
    assert defang(text) == defang(defang(text))
