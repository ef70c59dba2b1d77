"""Names people log in with, and organisations' codes: one spelling each, so that two can never look like one."""

import re
import unicodedata

_LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,63}")
_ORGANISATION = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def login_name(text: str) -> str | None:
    """3 to 64 ASCII letters, digits and . _ @ + -, lower case; None for anything else."""
    return _fitting(_LOGIN_NAME, text)


def organisation_code(text: str) -> str | None:
    """`tiea`, `moda`, `familymart`: lower case, so that nobody is two organisations by spelling."""
    return _fitting(_ORGANISATION, text)


def _fitting(pattern: re.Pattern[str], text: str) -> str | None:
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return folded if pattern.fullmatch(folded) else None
