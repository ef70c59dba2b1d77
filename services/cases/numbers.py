"""Case numbers that people read aloud: `LF-XXXX-XXXX`, Crockford's 32 characters, the last one checks the others.

The check is Luhn's for 32 characters: it finds every single wrong character and all but one kind of exchanged
neighbours (0 with Z). A number opens nothing: only the owner or a follower sees the case behind it.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("ILO", "110")
_SHAPE = re.compile(r"LF[\s_-]?([0-9A-Z]{4})[\s_-]?([0-9A-Z]{4})")


def new_number() -> str:
    """A random number; whether it is free, the unique column says."""
    body = random_characters(7)
    return _shown(body + check_character(body))


def random_characters(count: int) -> str:
    """Each of ALPHABET as likely as any other: 256 is a multiple of 32."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(count))


def read_number(text: str) -> str | None:
    """The number as it is stored, None when it has another shape or a wrong check character."""
    match = _SHAPE.fullmatch(text.strip().upper())
    if match is None:
        return None
    signs = (match.group(1) + match.group(2)).translate(_READ_AS)
    if any(sign not in ALPHABET for sign in signs) or check_character(signs[:-1]) != signs[-1]:
        return None
    return _shown(signs)


def check_character(body: str) -> str:
    """Luhn's check over characters of ALPHABET."""
    total = 0
    for position, sign in enumerate(reversed(body)):
        value = ALPHABET.index(sign) * (2 if position % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def _shown(signs: str) -> str:
    return f"LF-{signs[:4]}-{signs[4:]}"
