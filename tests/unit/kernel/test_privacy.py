"""The vault: what goes in comes out, older keys still open and still find, foreign keys do not."""

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from lianfang.privacy import Unreadable, Vault

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(st.text())
def test_any_text_survives(text: str) -> None:
    vault = Vault([NEW], ["k1:x"])
    assert vault.decrypt(vault.encrypt(text)) == text


def test_a_lone_surrogate_survives() -> None:
    vault = Vault([NEW], ["k1:x"])
    assert vault.decrypt(vault.encrypt("a\ud800b")) == "a\ud800b"


def test_an_older_key_still_opens_and_a_foreign_one_does_not() -> None:
    token = Vault([OLD], ["k1:x"]).encrypt("09xx")
    assert Vault([NEW, OLD], ["k1:x"]).decrypt(token) == "09xx"
    with pytest.raises(Unreadable):
        Vault([NEW], ["k1:x"]).decrypt(token)


def test_a_value_indexed_with_the_older_key_is_still_found() -> None:
    stored = Vault([NEW], ["k1:x"]).index("line", "U1")
    after_rotation = Vault([NEW], ["k2:y", "k1:x"])
    assert stored in after_rotation.indexes("line", "U1")
    assert after_rotation.index("line", "U1").startswith("k2:")


def test_parts_cannot_run_into_each_other() -> None:
    vault = Vault([NEW], ["k1:x"])
    assert vault.index("a", "bc") != vault.index("ab", "c")
