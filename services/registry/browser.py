"""Addresses rewritten as a browser reads them, before anything is looked up: dots, escapes, user-info."""

import re
from urllib.parse import unquote

from lianfang.text import tlds

_HOST_SIGN = r"a-z0-9\u00df-\u024f\u0370-\u04ff_-"
_IDEOGRAPHIC = re.compile("[\u3002\uff61\uff0e\u2024]")
_RUN = re.compile(
    rf"(?<![{_HOST_SIGN}])[{_HOST_SIGN}]+(?:[.\u3002\uff61\uff0e\u2024][{_HOST_SIGN}]+)+", re.IGNORECASE
)
_AUTHORITY = re.compile(r"(?P<scheme>h[tx]{2}ps?://)(?P<authority>[^\s/?#\\]+)", re.IGNORECASE)
_ESCAPED_DOT = re.compile(r"(?<=[a-z0-9])%2e(?=[a-z0-9])", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_NO_HOST_SIGN = re.compile(r"[\x00-\x20\"<>^`{|}\x7f]")
_ESCAPED_AT = re.compile("%40")
_CHINESE = re.compile("[\u3400-\u9fff]")
# Begins behind a scheme or where a word begins, so that a long run is read once.
_USER_INFO = re.compile(
    r"(?:(?P<scheme>h[tx]{2}ps?://)|(?<![^\s/?#\\\u3400-\u9fff]))"
    r"(?P<user>[^\s/?#\\\u3400-\u9fff]+)@(?P<host>[^\s/?#\\@]{3,253})(?P<path>/)?",
    re.IGNORECASE,
)


def as_browser(text: str) -> str:
    """`text` with ideographic and escaped dots of hosts plain, escapes in hosts decoded, user-info dropped."""
    text = _AUTHORITY.sub(_real_host, text)
    text = _ESCAPED_DOT.sub(".", text)
    return _RUN.sub(_plain_dots, text)


def hidden_behind(text: str) -> list[tuple[str, str]]:
    """(what stands before the @, the host behind it) of addresses like `https://bank.example@evil.top/`."""
    found: list[tuple[str, str]] = []
    if "@" not in text and "%40" not in text:
        return found
    for match in _USER_INFO.finditer(_ESCAPED_AT.sub("@", text)):
        if match["scheme"] or match["path"]:
            found += [
                (unquote(part), match["host"]) for part in re.split("[:@]", match["user"]) if "." in part
            ]
    return found


def _real_host(match: re.Match[str]) -> str:
    authority = match["authority"]
    host = authority.rpartition("@")[2] if _HOST_BEHIND.search(authority) else authority
    if _ESCAPE.search(host):
        # No browser opens a host with such a sign: a sign no name has lets nobody own it.
        host = _NO_HOST_SIGN.sub("~", unquote(host, errors="replace").rpartition("@")[2])
    return match["scheme"] + host


_HOST_BEHIND = re.compile(rf"@[{_HOST_SIGN}]+[.\u3002\uff61%]", re.IGNORECASE)


def _plain_dots(match: re.Match[str]) -> str:
    """Ideographic dots become plain when what follows them is an ending, not the next sentence."""
    run = match[0]
    if _IDEOGRAPHIC.search(run) is None:
        return run
    labels = _IDEOGRAPHIC.sub(".", run).split(".")
    behind = _IDEOGRAPHIC.split(run, maxsplit=1)[1]
    sentence = _CHINESE.match(match.string, match.end()) is not None
    several = "." in behind or _IDEOGRAPHIC.search(behind) is not None
    if tlds.is_tld(labels[-1].lower()) and (several or not sentence):
        return ".".join(labels)
    # A blank behind the full stop keeps the next sentence out of the address.
    return _IDEOGRAPHIC.sub(lambda dot: dot[0] + " ", run) if sentence and not several else run
