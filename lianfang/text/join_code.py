"""Reads `JOIN-XXXX-XXXX-XXXX`, the code of an invitation, however it was typed: small letters, blanks, I, L, O."""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's
GROUPS = 3

_READ_AS = str.maketrans("ILO", "110")
_CODE = re.compile(
    r"(?<![A-Za-z0-9])JOIN"
    + GROUPS * r"[\s_\-\u2010-\u2015\uff0d]{0,3}([0-9A-TV-Z]{4})"
    + r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def find_join_code(text: str) -> str | None:
    """The first code in the text as it was given out, None when there is none."""
    match = _CODE.search(text)
    if match is None:
        return None
    return "-".join(("JOIN", *(group.upper().translate(_READ_AS) for group in match.groups())))
