"""Signs what we send to partners, and verifies it as a partner would: `t=<seconds>,id=<delivery>,v1=<hex HMAC-SHA256>`.

The HMAC is over `<t>.<id>.` and the bytes of the body. Whoever receives drops a delivery id seen before.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

HEADER = "Lianfang-Signature"
TOLERANCE = timedelta(seconds=300)


class BadSignature(Exception):
    """Not ours, not for this body, or too old; the message is a code."""


def sign(secret: str, *, timestamp: int, body: bytes, delivery: str) -> str:
    """The value of the header; `timestamp` in Unix seconds."""
    return f"t={timestamp},id={delivery},v1={_digest(secret, str(timestamp), delivery, body)}"


def verify(secret: str, header: str, body: bytes, now: datetime, tolerance: timedelta = TOLERANCE) -> str:
    """The delivery's id. Raises BadSignature."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    if not ({"t", "id", "v1"} <= set(parts) and parts["t"].isdecimal() and parts["t"].isascii()):
        raise BadSignature("malformed")
    expected = _digest(secret, parts["t"], parts["id"], body)
    if not hmac.compare_digest(parts["v1"].encode(), expected.encode()):
        raise BadSignature("wrong")
    if abs(now.timestamp() - int(parts["t"])) > tolerance.total_seconds():
        raise BadSignature("old")
    return parts["id"]


def _digest(secret: str, timestamp: str, delivery: str, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{timestamp}.{delivery}.".encode() + body, hashlib.sha256).hexdigest()
