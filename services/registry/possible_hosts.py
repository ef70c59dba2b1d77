"""Every host a text may mean, however it is written: looked up in lists, judged by nothing else.

A list names a host exactly, so to be generous here accuses nobody; only the readers of `lianfang.text` say what an
address is. Linear in the text and pure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from lianfang.text import tlds
from services.registry.hosts import LONGEST_LABEL, read_address
from services.registry.pages import pages_over

# Stand for dots that were no plain ones, where what is before may already be the whole host: one that people surely
# read as a dot, one without blanks, and one with blanks, where only names that are no words count.
_SURE, _TIGHT, _LOOSE = "\ue002", "\ue003", "\ue004"
_MARKS = _SURE + _TIGHT + _LOOSE
_STROKES = re.compile("[\u2010-\u2015\u2043\u2212\u02d7\u30fc\u2500]")
_PICTURES = re.compile("[\u2190-\u21ff\u2460-\u27bf\u2900-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_ANY_DOT = re.compile(
    r"(?P<before>[\s'\"]{0,3})(?P<open>[\[({<【〔《「]\s?)?(?P<dot>[.。・·•‧∙⋅․｡,、*]|[點点]|(?<![a-z0-9.-])dot(?![a-z0-9.-]))(?P<close>\s?[\])}>】〕》」])?(?P<after>[\s'\"]{0,3})"
)
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9.-]\s){5,}[a-z0-9](?![a-z0-9])")
_HOST = re.compile(rf"(?<![a-z0-9_-])[a-z0-9_-]+(?:[.{_MARKS}]+[a-z0-9_-]+)+")
_DOTS = re.compile(rf"([.{_MARKS}]+)")
_CHINESE = "\u3400-\u9fffa-z0-9-"
_CHINESE_HOST = re.compile(
    rf"(?<![{_CHINESE}])(?P<label>[{_CHINESE}]+)\.(?P<top>[a-z]{{2,18}}|[\u3400-\u9fff]{{2,3}})"
)
_OTHER = r"[^\s\x00-,/:-@\[-^`{-\x7f.\u3000-\u303f\u3400-\u9fff]"
_OTHER_HOST = re.compile(rf"(?<!{_OTHER})(?P<label>{_OTHER}+)\.(?P<top>[a-z]{{2,18}})(?![a-z0-9.-])")
_PAGE = re.compile(
    rf"(?<![a-z0-9_-])(?P<host>[a-z0-9_-]{{1,63}}(?:[.{_MARKS}]{{1,3}}[a-z0-9_-]{{1,63}}){{1,5}})\s{{0,2}}[/\\|]\s{{0,2}}(?P<path>[a-z0-9._~%?=&/+@-]{{2,200}})",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(r"(?<![a-z0-9-])([a-z0-9-]+)\.translate\.goog")
_PLAY = re.compile(r"market://(?:details/?\?|search\?q=)(?:[^\s]*&)?(?:id=|pname:)([a-z0-9_.]+)")
MOST_LABELS = 5
MOST_HOSTS = 1200
MOST_PAGES = 500
LONGEST_CHINESE = 12


@dataclass(frozen=True)
class PossibleHosts:
    """`names`: all of them; `unread`: those in a disguise that people read as an address nonetheless."""

    names: tuple[str, ...]
    unread: tuple[str, ...]


def possible_hosts(plain: str) -> PossibleHosts:
    """`plain`: the normal form of a text, with look-alike letters and digits in ASCII."""
    written = _STROKES.sub("-", plain.lower())
    if "%" in written:
        written = unquote(unquote(written, errors="replace"), errors="replace").lower()
    text = _PICTURES.sub(" ", written)
    names: dict[str, None] = {}
    unread: dict[str, None] = {}
    marked = _ANY_DOT.sub(_mark, text)
    spaced = " ".join(re.sub(r"\s", "", run[0]) for run in _SPACED.finditer(text))
    for run in (*_HOST.finditer(marked), *_HOST.finditer(spaced)):
        for name, sure in _of_run(run[0]):
            names[name] = None
            if sure:
                unread[name] = None
        if len(names) >= MOST_HOSTS:
            break
    names.update(dict.fromkeys(_of_other_scripts(written)))
    return PossibleHosts(tuple(names)[:MOST_HOSTS], tuple(unread))


def _mark(match: re.Match[str]) -> str:
    dot, blank = match["dot"], bool(match["before"] or match["after"])
    if dot == "." and not blank and not match["open"]:
        return "."
    if match["open"] or dot in ("點", "点", "dot") or (not blank and dot in "·・•‧∙⋅․"):
        return _SURE
    if dot == "." and match["before"] == match["after"] == " ":
        return _TIGHT  # nobody writes a full stop so
    return _LOOSE if blank else _TIGHT


def _of_run(run: str) -> Iterator[tuple[str, bool]]:
    """Each name that may be meant by labels between dots, and whether people surely read it as an address."""
    parts = _DOTS.split(run)
    labels, dots = parts[::2], parts[1::2]
    for end in range(1, len(labels)):
        top = labels[end]
        if not tlds.is_tld(top) or (end < len(labels) - 1 and dots[end].strip(".") == ""):
            continue
        between = ""
        for start in range(end - 1, max(-1, end - MOST_LABELS), -1):
            label = labels[start].strip("-_")
            between += dots[start]
            shaped = re.search(r"[\d-]", "".join(labels[start:end])) is not None
            if not label or (_LOOSE in between and not shaped):
                break
            name = ".".join((label, *labels[start + 1 : end + 1]))
            if name in tlds.PUBLIC_SUFFIXES:
                continue
            disguised = _SURE in between or (_TIGHT in between and shaped)
            yield name, disguised and _LOOSE not in between and len(label) > 2 and not label.isdigit()


def _of_other_scripts(text: str) -> Iterator[str]:
    """Hosts with Chinese names, which nothing parts from the sentence before them, and in other letters."""
    for match in _CHINESE_HOST.finditer(text):
        if match["label"].isascii():
            continue
        if tlds.is_tld(match["top"]) or tlds.is_tld(match["top"][:2]):
            top = match["top"] if tlds.is_tld(match["top"]) else match["top"][:2]
            label = match["label"]
            for start in range(max(0, len(label) - LONGEST_CHINESE), len(label)):
                yield from _ascii(f"{label[start:]}.{top}")
    for match in _OTHER_HOST.finditer(text):
        if (
            len(match["label"]) <= LONGEST_LABEL
            and not match["label"].isascii()
            and tlds.is_tld(match["top"])
        ):
            yield from _ascii(match[0])
    for match in _TRANSLATED.finditer(text):
        yield match[1].replace("--", "\0").replace("-", ".").replace("\0", "-")


def _ascii(host: str) -> Iterable[str]:
    address = read_address(host)
    return () if address is None else (address.host,)


def possible_pages(plain: str, shared: Mapping[str, str]) -> Iterator[str]:
    """Pages on hosts that many share, also with blanks about the slash, and those an app's own link leads to."""
    yield from (
        f"play.google.com/store/apps/details?id={match[1]}" for match in _PLAY.finditer(plain.lower())
    )
    marked = _ANY_DOT.sub(_mark, _PICTURES.sub(" ", _STROKES.sub("-", plain)))
    for match in islice(_PAGE.finditer(marked), MOST_PAGES):
        parts = _DOTS.split(match["host"].lower().removeprefix("www."))
        labels, dots = parts[::2], parts[1::2]
        for size in range(2, min(len(labels), MOST_LABELS) + 1):
            host = ".".join(labels[-size:])
            # What is before a plain dot belongs to the host: another bucket, another shop.
            if host in shared and (size == len(labels) or dots[-size].strip(".")):
                yield from pages_over(host, "/" + match["path"])[:3]
