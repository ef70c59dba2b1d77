"""Six digits from an authenticator app (RFC 6238): each code is good once, a clock may be 30 s off."""

import hmac
from datetime import datetime

import pyotp

ISSUER = "Lianfang"
STEP_SECONDS = 30


def new_secret() -> str:
    """160 random bits, base 32."""
    return pyotp.random_base32()


def address_of(secret: str, login_name: str) -> str:
    """`otpauth://…`, which an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login_name, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime, *, used: int) -> int | None:
    """The time step whose code this is, None when it is none or one of `used` or before."""
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    given = "".join(code.split()).encode("utf-8", "surrogatepass")
    found = None
    for step in (present - 1, present, present + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), given) and step > used:
            found = step
    return found


def is_code(secret: str, code: str, now: datetime) -> bool:
    """Whether an app that was just set up shows this."""
    return step_of(secret, code, now, used=0) is not None
