"""Addresses shown so that nobody taps them by accident: `evil[.]top`, `hxxps://`."""

import re

_SCHEME = re.compile(r"^\s*(?:h[tx]{2}p(s?)://)?", re.IGNORECASE)


def defang(url_or_host: str) -> str:
    """Break the scheme and every dot of the host; path and query stay as they are. Idempotent."""
    scheme = _SCHEME.match(url_or_host)
    head = ""
    rest = url_or_host
    if scheme is not None:
        rest = url_or_host[scheme.end() :]
        if scheme.end() > 0 and "//" in scheme.group(0):
            head = "hxxp" + scheme.group(1).lower() + "://"
    cut = min((place for place in (rest.find(mark) for mark in "/?#") if place >= 0), default=len(rest))
    host = rest[:cut].replace("[.]", ".").replace(".", "[.]")
    return head + host + rest[cut:]
