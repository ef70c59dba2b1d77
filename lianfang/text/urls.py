"""Addresses in text, also those dressed up to slip past filters, and the host an address really leads to."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, takewhile

from lianfang.text import tlds
from lianfang.text.normalise import to_traditional
from lianfang.text.reading import Reading, Span

# Latin, Greek and Cyrillic letters: look-alike hosts are written with them. Chinese would swallow the sentence.
_LETTER = "a-z0-9\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff"
# What parts a text in any script: quotes, arrows, pointing hands; a browser reads on over every other letter.
_PARTS = "\u2010-\u2027\u2190-\u21ff\u2794-\u27bf\u2b00-\u2bff\u3000-\u3004\u3008-\u3020\u30fb\ue000-\uf8ff\ufffd\U0001f446-\U0001f449"
_SIGN = rf"[^\s\x00-)+,./:;<=>?@\[\\\]^`{{|}}\x7f點{_PARTS}]"
_FOREIGN = rf"[^\x00-\x7f{_CHINESE}{_PARTS}]"
_LABEL = rf"[{_LETTER}_-]+"
_DOT = r"(?:\.|\s?[\[({<【〔]\s?(?:\.|dot|點)\s?[\])}>】〕]\s?|\s\.\s?|\.\s(?=(?:com|net|org|tw|cc|xyz|vip|icu)\b)|[。・]|點)"
_BRACKETED = re.compile(r"[\[({<【〔]")
_HOST = re.compile(rf"(?<![{_LETTER}_-]){_LABEL}(?:{_DOT}{_LABEL})+", re.IGNORECASE)
_DOT_SPLIT = re.compile(rf"({_DOT})", re.IGNORECASE)
_SCHEME = re.compile(
    r"(?<![a-z])(?:h\s?[tx*]{1,3}\s?[tx*]?\s?p|f[tx]p)\s?(s?)\s?(?:\[:\]|[:;])?\s?[/\\]\s?[/\\]\s?",
    re.IGNORECASE,
)
_USER_INFO = re.compile(r"[^\s/\\?#]{1,2000}@")  # up to the last @: a browser goes to what stands behind it
_SCHEMED_HOST = re.compile(rf"(?:{_SIGN}+{_DOT})+(?:[{_LETTER}-]+|{_FOREIGN}+(?=[/?#:\s]|$))", re.IGNORECASE)
_CHINESE_HOST = re.compile(
    rf"(?:[{_LETTER}{_CHINESE}_-]+\.)+(?:{'|'.join(sorted(map(to_traditional, tlds.INTERNATIONAL)))})",
    re.IGNORECASE,
)
_NUMBER_HOST = re.compile(r"\d{8,10}(?![\d.])")
_PORT = re.compile(r":\d{1,5}(?!\d)")
_ROOT_DOT = re.compile(r"\.(?=:\d|[/\\?#]\S)")
_PATH = re.compile(r"\s?[/\\?#](?:(?!https?:/)[\w\-.~:/?#@!$&'()*+,;=%|\\])*", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]+\.)+[a-z]{2,24}", re.IGNORECASE)
_FOREIGN_SCRIPT_STOP = re.compile("[，；！（）。、｡､「」『』【】〉》]")
_MOST_LABELS = 40
_LONGEST_GLUED = 120
# Between a host and what a browser would read on with: `a.tw請點.b.top`.
_GLUE = re.compile(r"[^\s/\\?#.][^\s/\\?#]*\.")
_GLUE_OR_DOTS = re.compile(rf"{_GLUE.pattern}|\.{{2,9}}")
_LONGEST_GLUE = 42
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
    if _ROOT_DOT.match(reading.text, end):
        start = end = end + 1
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


def _believable(labels: list[tuple[str, str, int]], disguised: int) -> bool:
    """Whether a host without scheme, cut to these labels, is an address rather than words around a dot.

    `disguised`: how many of its dots are neither plain nor in brackets.
    """
    top = labels[-1][0]
    if labels[0][0] == "www" and len(labels) > 2 and top.isalpha():
        return True
    if not tlds.is_tld(top) or (len(labels) == 2 and f"{labels[0][0]}.{top}" in tlds.PUBLIC_SUFFIXES):
        return False
    return not disguised or (top in tlds.UNMISTAKABLE and any(sign.isalpha() for sign in labels[-2][0]))


def _cut_host(raw: str) -> list[tuple[str, str, int]]:
    labels = list(takewhile(lambda label: label[0].strip("-_") and len(label[0]) <= 63, _split_host(raw)))
    disguised = list(accumulate(not _plain(dot) and not _BRACKETED.search(dot) for _, dot, _ in labels))
    while len(labels) > 1 and not _believable(labels, disguised[len(labels) - 1]):
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
        return reading.exact[place : chinese.end()].lower(), chinese.end()
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
    # A host in plain dots is believed whatever its ending: the scheme says it is one.
    cut = labels if plain == len(labels) else (_cut_host(match.group(0)) or labels[:plain])
    # Stars in the name itself hide it: `tw-pst**.top` in a warning.
    if len(cut) < 2 or any(not name for name, _, _ in cut) or "*" in cut[-2][0]:
        return "", place
    return ".".join(_names(reading, place, cut)).strip("-"), place + cut[-1][2]


def _names(reading: Reading, place: int, labels: list[tuple[str, str, int]]) -> list[str]:
    """The labels in the script they came in: 台湾 and 台灣 are two names."""
    begins = (0, *(end for _, _, end in labels))
    spans = [(begin + len(dot), end) for (_, dot, end), begin in zip(labels, begins, strict=False)]
    return [reading.exact[place + begin : place + end].lower() for begin, end in spans[-_MOST_LABELS:]]


def _bare(reading: Reading, schemed: list[Span]) -> Iterator[Span]:
    """Hosts without scheme; `schemed`: the addresses that have one, in order of place."""
    ends = [span.end for span in schemed]
    done = 0  # a host inside the path before it is no address of its own
    host, end = "", 0  # the one before
    for match in _HOST.finditer(reading.text):
        start = match.start()
        if start < done or not reading.free(start, match.end()):
            continue
        raw = match.group(0)
        behind = bisect_right(ends, start) - 1
        if behind >= 0 and ends[behind] > end:
            host, end = schemed[behind].value.partition("://")[2], ends[behind]
            host = "" if re.search(r"[/?#:]", host) else host
        glue = reading.text[end:start] if host and start - end < _LONGEST_GLUE else ""
        if reading.text[start - 1 : start] == "." and start and not _GLUE_OR_DOTS.fullmatch(glue):
            continue  # 「結尾要是.gov.tw」
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
        stop = start + labels[-1][2] if labels else 0
        if not labels or _looks_like_words(reading, names, stop):
            continue
        # `bank.example{foreign letter}.evil.top`: a browser takes the whole for one host, and the last part is where it leads.
        host, end = (host + glue if _GLUE.fullmatch(glue) else "") + ".".join(names[-_MOST_LABELS:]), stop
        path, done = _read_path(reading, end)
        yield Span("url", host + path, start, done)
        host = "" if path or len(host) > _LONGEST_GLUED else host


def find_urls(reading: Reading) -> Iterator[Span]:
    """Every address; the places of addresses and of e-mail addresses are taken."""
    schemed = list(_schemed(reading))
    for span in schemed:
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
    for span in list(_bare(reading, schemed)):
        reading.take(span.start, span.end)
        yield span
