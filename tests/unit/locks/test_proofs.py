"""Proofs are read as they are typed at a till, and no wrong character passes."""

from hypothesis import given
from hypothesis import strategies as st

from services.cases.numbers import ALPHABET
from services.locks.proofs import new_proof, qr_code, read_proof


def test_a_proof_is_read_as_it_is_typed() -> None:
    proof = new_proof()
    signs = proof.replace("-", "")

    for typed in (proof, proof.lower(), signs, f" {proof} ", signs.replace("1", "I").replace("0", "o")):
        assert read_proof(typed) == proof
    assert len({new_proof() for _ in range(100)}) == 100


@given(st.integers(0, 15), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place: int, sign: str) -> None:
    signs = new_proof().replace("-", "")
    typed = signs[: place + 2] + sign + signs[place + 3 :]

    assert (read_proof(typed) is not None) == (typed == signs)


@given(st.text())
def test_nothing_else_is_a_proof(text: str) -> None:
    assert read_proof(text) is None


def test_both_pictures_are_made() -> None:
    assert qr_code("https://lianfang.example/verify/x", "svg").startswith(b"<?xml")
    assert qr_code("https://lianfang.example/verify/x", "png").startswith(b"\x89PNG")
