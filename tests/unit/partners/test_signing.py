"""What we sign verifies, and nothing else does; the documented example reads it too."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.partners.signing import BadSignature, sign, verify
from tests.conftest import ROOT, Hands

NOW = Hands.start()
SECRET = "lfw_secret"
BODY = b'{"kind":"lock.requested","data":{"last4":"7890"}}'


def header(secret: str = SECRET, body: bytes = BODY) -> str:
    return sign(secret, timestamp=int(NOW.timestamp()), body=body, delivery="dl_1")


@given(st.text(min_size=1), st.binary())
def test_what_is_signed_verifies(secret: str, body: bytes) -> None:
    if any("\ud800" <= character <= "\udfff" for character in secret):
        return
    assert verify(secret, header(secret, body), body, NOW) == "dl_1"


@pytest.mark.parametrize(
    ("given_header", "body", "moved", "reason"),
    [
        (header(), BODY + b" ", 0, "wrong"),
        (header("lfw_other"), BODY, 0, "wrong"),
        (header().replace("dl_1", "dl_2"), BODY, 0, "wrong"),
        (header().replace("t=1", "t=2"), BODY, 0, "wrong"),
        (header(), BODY, 301, "old"),
        (header(), BODY, -301, "old"),
        ("", BODY, 0, "malformed"),
        ("t=x,id=dl_1,v1=00", BODY, 0, "malformed"),
        ("t=١,id=dl_1,v1=00", BODY, 0, "malformed"),
        ("v1=é,t=1,id=é", BODY, 0, "wrong"),
        (header().rpartition(",")[0], BODY, 0, "malformed"),
    ],
)
def test_anything_else_does_not(given_header: str, body: bytes, moved: int, reason: str) -> None:
    with pytest.raises(BadSignature, match=reason):
        verify(SECRET, given_header, body, NOW + timedelta(seconds=moved))


def test_a_few_minutes_of_skew_are_forgiven() -> None:
    for moved in (-299, 299):
        assert verify(SECRET, header(), BODY, NOW + timedelta(seconds=moved)) == "dl_1"


def test_the_example_in_the_docs_verifies_what_we_sign() -> None:
    page = (ROOT / "docs" / "partner-api.md").read_text()
    example = page.partition("```python\n")[2].partition("```")[0]
    scope: dict[str, object] = {}
    exec(example, scope)  # noqa: S102 -- our own page
    delivery_id = scope["delivery_id"]
    assert callable(delivery_id)
    assert delivery_id(header(), BODY, SECRET, now=NOW.timestamp()) == "dl_1"
    for wrong in (header("lfw_other"), header().replace("dl_1", "dl_2"), "", "t=1"):
        assert delivery_id(wrong, BODY, SECRET, now=NOW.timestamp()) is None
    assert delivery_id(header(), BODY, SECRET, now=NOW.timestamp() + 301) is None
