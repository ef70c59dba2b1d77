"""The code of an invitation, however people type it; and nothing of it is taken for a secret."""

import pytest

from lianfang.text.join_code import find_join_code
from lianfang.text.redact import redact

CODE = "JOIN-7F3K-92QX-0A1B"


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE.lower(),
        "join 7f3k 92qx 0a1b",
        "JOIN7F3K92QXOAIB",
        "我的邀請碼是 JOIN-7F3K-92QX-OALB，謝謝",
        "JOIN_7F3K_92QX_0A1B",
        "JOIN - 7F3K-92QX-0A1B",
        "JOIN－7F3K–92QX—0A1B",
    ],
)
def test_it_is_read(text: str) -> None:
    assert find_join_code(text) == CODE


@pytest.mark.parametrize(
    "text",
    ["", "JOIN", "JOIN-7F3K-92QX", "JOIN-7F3K-92QX-0A1BZ", "REJOIN-7F3K-92QX-0A1B", "JOIN-7F3K-92QX-0A1U"],
)
def test_nothing_else_is(text: str) -> None:
    assert find_join_code(text) is None


@pytest.mark.parametrize("text", [CODE, "JOIN-1234-5678-9012", f"邀請碼 {CODE}"])
def test_it_reaches_the_service(text: str) -> None:
    assert find_join_code(redact(text)) == find_join_code(text)
