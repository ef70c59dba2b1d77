"""Addresses in text, also those dressed up to slip past filters, and the host an address really leads to."""

import re
from collections.abc import Iterator

from lianfang.text import tlds
from lianfang.text.reading import Reading, Span

# Latin, Greek and Cyrillic letters: look-alike hosts are written with them. Chinese would swallow the sentence.
_LETTER = "a-z0-9\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff"
_LABEL = rf"[{_LETTER}_-]+"
_DOT = r"(?:\.|\s?[\[({<【〔]\s?(?:\.|dot|點)\s?[\])}>】〕]\s?|\s\.\s?|\.\s(?=(?:com|net|org|tw|cc|xyz|vip|icu)\b)|[。・]|點)"
_BRACKETED = re.compile(r"[\[({<【〔]")
_HOST = re.compile(rf"(?<![{_LETTER}_.-]){_LABEL}(?:{_DOT}{_LABEL})+", re.IGNORECASE)
_DOT_SPLIT = re.compile(rf"({_DOT})", re.IGNORECASE)
_SCHEME = re.compile(
    r"(?<![a-z])(?:h\s?[tx*]{1,3}\s?[tx*]?\s?p|f[tx]p)\s?(s?)\s?(?:\[:\]|[:;])?\s?[/\\]\s?[/\\]\s?",
    re.IGNORECASE,
)
_USER_INFO = re.compile(r"[^\s/\\?#@]{1,200}@")
_SCHEMED_HOST = re.compile(rf"(?:[{_LETTER}{_CHINESE}_-]+{_DOT})+[{_LETTER}-]+", re.IGNORECASE)
_CHINESE_HOST = re.compile(rf"(?:[{_LETTER}{_CHINESE}_-]+\.)+(?:台灣|台湾|中國|香港|公司)", re.IGNORECASE)
_NUMBER_HOST = re.compile(r"\d{8,10}(?![\d.])")
_PORT = re.compile(r":\d{1,5}(?!\d)")
_PATH = re.compile(r"\s?[/\\?#](?:(?!https?:/)[\w\-.~:/?#@!$&'()*+,;=%|\\])*", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]+\.)+[a-z]{2,24}", re.IGNORECASE)
_FOREIGN_SCRIPT_STOP = re.compile("[，；！（）。、｡､「」『』【】〉》]")
_MOST_LABELS = 40
_TRAILING = ".,:;!?'\"*~|-"
_QUAD = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


def host_of(url_value: str) -> str:
    """The host an address leads to, lower-cased, without user, port and path; empty when there is none."""
    rest = url_value.strip()
    scheme, separator, tail = rest.partition("://")
    if separator and scheme.isalnum():
        rest = tail
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    host = authority.rsplit("@", 1)[-1]
    return re.sub(r":\d*$", "", host).strip(".").lower()


def _is_ip(host: str) -> bool:
    return _QUAD.fullmatch(host) is not None and all(int(part) < 256 for part in host.split("."))


def _trim_path(path: str) -> str:
    while path:
        last = path[-1]
        if last in _TRAILING or (last == ")" and path.count(")") > path.count("(")) or last == "(":
            path = path[:-1]
        else:
            break
    return path


def _read_path(reading: Reading, end: int) -> tuple[str, int]:
    """Port, path and query right behind a host, and where they end."""
    start = end
    port = _PORT.match(reading.text, end)
    if port is not None:
        end = port.end()
    path = _PATH.match(reading.text, end)
    if path is None:
        return reading.text[start:end], end
    stop = path.end()
    foreign = _FOREIGN_SCRIPT_STOP.search(reading.original, reading.offsets[end], reading.offsets[stop])
    if foreign is not None:
        stop = next(place for place in range(end, stop) if reading.offsets[place] >= foreign.start())
    shown = _trim_path(reading.text[end:stop])
    if shown.startswith(" "):
        # A space before the slash is a disguise only when something follows at once.
        shown = shown if len(shown) > 2 and shown[1] == "/" and shown[2] not in "/ " else ""
    stop = end + len(shown)
    return reading.text[start:end] + shown.strip().replace("\\", "/"), stop


def _split_host(raw: str) -> list[tuple[str, str, int]]:
    """Labels with the dot before each and where each ends in `raw`."""
    parts = _DOT_SPLIT.split(raw)
    labels: list[tuple[str, str, int]] = []
    place = 0
    for index in range(0, len(parts), 2):
        dot = parts[index - 1] if index else ""
        place += len(dot) + len(parts[index])
        labels.append((parts[index].lower(), dot, place))
    return labels


def _plain(dot: str) -> bool:
    return dot in ("", ".")


def _believable(labels: list[tuple[str, str, int]]) -> bool:
    """Whether a host without scheme, cut to these labels, is an address rather than words around a dot."""
    names = [label for label, _, _ in labels]
    top = names[-1]
    if len(names) < 2 or any(not name.strip("-_") or len(name) > 63 for name in names):
        return False
    if names[0] == "www" and len(names) > 2 and top.isalpha():
        return True
    if not tlds.is_tld(top) or ".".join(names) in tlds.PUBLIC_SUFFIXES:
        return False
    disguised = [dot for _, dot, _ in labels if not _plain(dot)]
    if not disguised or all(_BRACKETED.search(dot) for dot in disguised):
        return True
    return top in tlds.UNMISTAKABLE and any(letter.isalpha() for letter in names[-2])


def _cut_host(raw: str) -> list[tuple[str, str, int]]:
    labels = _split_host(raw)[:_MOST_LABELS]
    while len(labels) > 1 and not _believable(labels):
        labels.pop()
    return labels if len(labels) > 1 else []


def _looks_like_words(reading: Reading, names: list[str], end: int) -> bool:
    """`thanks.my friend`, `read.me`, `main.py`: a dot between words, not an address."""
    if len(names) != 2 or reading.text[end : end + 1] in ("/", ":"):
        return False
    name, top = names
    if top in tlds.FILE_LIKE or len(name) < 2:
        return len(top) != 3 or top in tlds.FILE_LIKE
    if top not in tlds.WORD_LIKE or any(sign.isdigit() or sign == "-" for sign in name):
        return False
    return re.match(r"\s[a-z']", reading.text[end : end + 2], re.IGNORECASE) is not None


def _schemed(reading: Reading) -> Iterator[Span]:
    done = 0
    for scheme in _SCHEME.finditer(reading.text):
        start, place = scheme.start(), scheme.end()
        if start < done or not reading.free(start, place):
            continue
        user = _USER_INFO.match(reading.text, place)
        if user is not None:
            place = user.end()
        host, end = _schemed_host(reading, place)
        if not host:
            continue
        path, end = _read_path(reading, end)
        done = end
        secure = "s" if scheme.group(1) else ""
        yield Span("url", f"http{secure}://{host}{path}", start, end)


def _schemed_host(reading: Reading, place: int) -> tuple[str, int]:
    chinese = _CHINESE_HOST.match(reading.text, place)
    if chinese is not None:
        return chinese.group(0).lower(), chinese.end()
    match = _SCHEMED_HOST.match(reading.text, place)
    if match is None:
        number = _NUMBER_HOST.match(reading.text, place)
        if number is None or int(number.group(0)) >= 1 << 32:
            return "", place
        packed = int(number.group(0))
        return ".".join(str(packed >> shift & 255) for shift in (24, 16, 8, 0)), number.end()
    labels = _split_host(match.group(0))
    plain = 1
    while plain < len(labels) and _plain(labels[plain][1]):
        plain += 1
    cut = labels if _believable(labels) else (_cut_host(match.group(0)) or labels[:plain])
    # A host in plain dots is believed whatever its ending: the scheme says it is one.
    if all(_plain(dot) for _, dot, _ in labels):
        cut = labels
    names = [name for name, _, _ in cut]
    if len(names) < 2 or any(not name for name in names):
        return "", place
    return ".".join(names).strip("-"), place + cut[-1][2]


def _bare(reading: Reading) -> Iterator[Span]:
    done = 0  # a host inside the path before it is no address of its own
    for match in _HOST.finditer(reading.text):
        start = match.start()
        if start < done or not reading.free(start, match.end()):
            continue
        raw = match.group(0)
        if _is_ip(raw):
            path, end = _read_path(reading, match.end())
            done = end
            if (path or len(raw) >= 11) and not re.search(
                r"(?:版本?|v|ver\.?|version)\s?$", reading.before(start, 9), re.IGNORECASE
            ):
                yield Span("url", raw + path, start, end)
            continue
        labels = _cut_host(raw)
        names = [name for name, _, _ in labels]
        if not labels:
            continue
        end = start + labels[-1][2]
        if _looks_like_words(reading, names, end):
            continue
        path, done = _read_path(reading, end)
        yield Span("url", ".".join(names) + path, start, done)


def find_urls(reading: Reading) -> Iterator[Span]:
    """Every address; the places of addresses and of e-mail addresses are taken."""
    for span in list(_schemed(reading)):
        reading.take(span.start, span.end)
        yield span
    for match in _EMAIL.finditer(reading.text):
        if reading.free(match.start(), match.end()):
            if re.match(r"/[a-z0-9]", reading.text[match.end() : match.end() + 2], re.IGNORECASE):
                host = match.group(0).rsplit("@", 1)[1].lower()
                path, end = _read_path(reading, match.end())
                yield Span("url", host + path, match.start(), end)
                reading.take(match.start(), end)
            else:
                reading.take(match.start(), match.end())
    for span in list(_bare(reading)):
        reading.take(span.start, span.end)
        yield span
