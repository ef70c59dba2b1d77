"""Names to be reached by in LINE and Telegram, with the many ways of saying LINE."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lianfang.text.reading import Reading, Span

_NAME = r"[a-z0-9._-]{3,20}"
_LINE = r"(?:L\s?I\s?N\s?E|[賴瀨籟]|ไลน์)"
_MARKED = re.compile(
    rf"(?:(?P<strong>(?:加|找|密|\+)\s?(?:我|他|她|老師|助理|客服)?(?:的)?\s?{_LINE}(?:\s?(?:ID|帳號|號))?|{_LINE}\s?(?:ID|帳號|號碼)|(?<![a-z])(?P<bare>ID))|(?P<weak>(?<![a-z]){_LINE}))"
    rf"\s?(?P<colon>[:=是為]|is\b)?\s{{0,2}}(?P<name>[@~]?{_NAME})(?![a-z0-9])",
    re.IGNORECASE,
)
_LINE_WORD = re.compile(_LINE, re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?<![a-z0-9.@_-])(?P<name>{_NAME})(?![a-z0-9@])[^\s,。!?]{{0,8}}的{_LINE}", re.IGNORECASE
)
_AT = re.compile(r"(?<![a-z0-9._%+@-])@(?P<name>[a-z0-9][a-z0-9._-]{2,19})(?![a-z0-9])", re.IGNORECASE)
_LINE_LINK = re.compile(
    r"(?:lin\.ee/(?P<short>[\w-]+)|line\.me/(?:R/)?ti/p/(?P<person>[\w.@~%-]+))", re.IGNORECASE
)
_TELEGRAM_LINK = re.compile(
    r"(?:^|//|\.)(?:t\.me|telegram\.me|telegram\.dog)/(?:s/|joinchat/|\+)?(?P<name>[\w-]{3,40})",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(
    r"(?:telegram|(?<![a-z])TG|飛機|紙飛機|電報)\s?(?:ID|帳號|號|群)?\s?[:=是]?\s{0,2}@?(?P<name>[a-z][a-z0-9_]{4,31})(?![a-z0-9])",
    re.IGNORECASE,
)
_OTHER_NETWORK = re.compile(
    r"(?:IG|instagram|twitter|threads|推特|脆|小紅書|telegram|TG|飛機|電報)\W{0,3}$", re.IGNORECASE
)
# Words that follow "LINE" or an @ without being anyone's name.
_COMMON = frozenset(
    "line pay group groups chat chats today official account accounts shop shopping store bank call calls app apps"
    " friend friends message messages messenger user users music points point tv taxi stickers sticker here this that"
    " from with link links number name was and the they who scam fraud group_chat open openchat help everyone all"
    " admin team service support customer online offline taiwan japan news id ids on in is it to of for me my".split()
)


def _acceptable(name: str, *, marked: bool) -> bool:
    plain = name.lstrip("@~").rstrip("._-").lower()
    if (
        plain in _COMMON
        or not any(sign.isalnum() for sign in plain)
        or len(plain) < (3 if name.startswith("@") else 4)
    ):
        return False
    return marked or any(not sign.isalpha() for sign in plain)


def find_links(urls: list[Span]) -> Iterator[Span]:
    """Ids inside LINE and Telegram links; the link itself stays an address."""
    for url in urls:
        line = _LINE_LINK.search(url.value)
        if line is not None:
            name = line.group("short") or unquote(line.group("person")).lstrip("~")
            yield Span("line_id", name.lower() if name.startswith("@") else name, url.start, url.end)
        telegram = _TELEGRAM_LINK.search(url.value)
        if telegram is not None:
            yield Span("telegram", telegram.group("name").lower(), url.start, url.end)


def _telegrams(reading: Reading) -> Iterator[re.Match[str]]:
    for match in _TELEGRAM.finditer(reading.text):
        name = match.group("name").lower()
        told = not name.isalpha() or re.search(r"[:=@是]\s{0,2}$", reading.before(match.start("name"), 3))
        if told and name not in _COMMON:
            yield match


def _line_ids(reading: Reading) -> Iterator[re.Match[str]]:
    for match in _MARKED.finditer(reading.text):
        if match.group("bare") and not _LINE_WORD.search(reading.text):
            continue
        if _acceptable(match.group("name"), marked=bool(match.group("strong") or match.group("colon"))):
            yield match
    for match in _BEHIND.finditer(reading.text):
        if _acceptable(match.group("name"), marked=False) and not match.group("name").isdigit():
            yield match
    for match in _AT.finditer(reading.text):
        if _acceptable("@" + match.group("name"), marked=True) and not _OTHER_NETWORK.search(
            reading.before(match.start(), 14)
        ):
            yield match


def _spans(reading: Reading) -> Iterator[tuple[str, re.Match[str]]]:
    yield from (("telegram", match) for match in _telegrams(reading))
    yield from (("line_id", match) for match in _line_ids(reading))


def find_handles(reading: Reading) -> Iterator[Span]:
    """Ids said in words: `@abc`, 加賴 abc, LINE ID: abc, TG @abc."""
    for kind, match in _spans(reading):
        start, end = match.span("name")
        if reading.text[start - 1 : start] == "@":
            start -= 1
        while reading.text[end - 1] in ".-":
            end -= 1
        if reading.free(start, end):
            reading.take(start, end)
            name = reading.text[start:end].lower()
            yield Span(kind, name.lstrip("@~") if kind == "telegram" else name.lstrip("~"), start, end)
