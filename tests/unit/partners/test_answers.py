"""How an answer counts and how long we wait: tables."""

from datetime import timedelta
from typing import Any

import pytest

from services.partners.answers import Outcome, outcome, read_answer, wait
from tests.conftest import Hands

NOW = Hands.start()


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (200, {"state": "locked"}, "answered"),
        (201, {}, "answered"),
        (200, None, "again"),
        (204, None, "again"),
        (301, {}, "again"),
        (307, None, "again"),
        (400, None, "refused"),
        (404, {"code": "unknown_card"}, "refused"),
        (409, {}, "refused"),
        (422, {}, "refused"),
        (401, {}, "again"),
        (408, {}, "again"),
        (425, {}, "again"),
        (429, {}, "again"),
        (500, {}, "again"),
        (503, {}, "again"),
        (None, None, "again"),
    ],
)
def test_every_kind_of_answer(status: int | None, answer: dict[str, Any] | None, expected: Outcome) -> None:
    assert outcome(status, answer) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"a":1}', {"a": 1}),
        (b"[1]", None),
        (b'"locked"', None),
        (b"<html>", None),
        (b"", None),
        (b"\xff\xfe", None),
        (b"[" * 30_000, None),
    ],
)
def test_only_an_object_is_an_answer(raw: bytes, expected: object) -> None:
    assert read_answer(raw) == expected


@pytest.mark.parametrize(
    ("attempts", "retry_after", "seconds"),
    [
        (1, "", 2),
        (2, "", 4),
        (10, "", 1024),
        (11, "", 1800),
        (5000, "", 1800),
        (1, "60", 60),
        (6, "60", 64),
        (1, "999999999999", 6 * 3600),
        (1, "Sun, 22 Nov 2026 06:06:40 GMT", 100),
        (1, "Sun, 22 Nov 2020 06:06:40 GMT", 2),
        (1, "soon", 2),
        (1, "-5", 2),
        (1, "Sun, 22 Nov 2026 06:06:40", 2),
    ],
)
def test_waits_grow_and_respect_retry_after(attempts: int, retry_after: str, seconds: int) -> None:
    assert wait(attempts, {"Retry-After": retry_after}, NOW) == timedelta(seconds=seconds)
