"""The wording an organisation announced, with gaps for what differs between copies, and whether a text is such a copy.

Compared are the words: addresses are taken out (who they lead to is asked separately), blanks and line breaks do not
count, everything else must be the same. `{digits}` is at most 20 of them, `{date}` and `{amount}` as people write them,
`{any}` 1 to 20 characters of letters, figures and few signs. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lianfang.text.redact import MARK, redact
from services.registry.directory import build_directory
from services.registry.reading import Message, read_message

SAMPLES = {"digits": "123", "date": "2026/11/22", "amount": "NT$1,000", "any": "王小明"}
MOST_GAPS = 8
MOST_ANY = 2
FEWEST_FIXED = 16  # letters; below that too many other texts would be copies
LATIN_FOR_ONE = 3  # letters that say about as much as one Chinese character
LONGEST_GAP = 24

_PLACEHOLDER = re.compile(r"\{(digits|date|amount|any)\}")
# Only letters, which no reader takes for a number, and no word of any language.
_TOKEN = re.compile(r"qzx(digits|date|amount|any)xzq")
_LEFT_OVER = re.compile(r"[{}]|qzx|xzq", re.IGNORECASE)
_CHINESE = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[a-z]")
_GAPS = {
    "digits": re.compile(rf"\d{{1,20}}|{MARK.pattern}"),
    "date": re.compile(
        r"(?:\d{2,4}[/.\-年])?\d{1,2}[/.\-月]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?|\d{7,8}|\d{1,2}:\d{2}"
    ),
    "amount": re.compile(r"(?:nt|nt\$|\$|新台幣|台幣)?\d[\d,]{0,14}(?:\.\d{1,2})?(?:元|萬元?)?"),
    "any": re.compile(rf"[\w·.,*#()\-]{{1,20}}|{MARK.pattern}"),
}
_NOBODY = build_directory([], shared_hosts={})


class BadTemplate(Exception):
    """`code` says what is wrong with the text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Template:
    """`literals` with one of `gaps` between each two; `hosts` and `handles`: what the fixed text leads to."""

    literals: tuple[str, ...]
    gaps: tuple[str, ...]
    hosts: frozenset[str]
    handles: frozenset[str]

    def fits(self, text: str, *, may_skip: int = 0) -> bool:
        """Whether all of `text` (squeezed) is a copy, or all but its first `may_skip` characters."""
        if not all(literal in text for literal in self.literals):
            return False  # most texts, at once
        places = {0, may_skip}
        for literal, gap in zip(self.literals, (*self.gaps, ""), strict=True):
            places = {place + len(literal) for place in places if text.startswith(literal, place)}
            if gap:
                places = {end for place in places for end in _ends(text, place, _GAPS[gap])}
        return len(text) in places


def squeeze(text: str) -> str:
    """Without blanks and line breaks, which telephones and people change."""
    return "".join(text.split())


def handles_of(message: Message) -> frozenset[str]:
    """Every id, number and account a reader could write to, call or pay."""
    return frozenset((*message.line_ids, *message.telegrams, *message.phones, *message.accounts))


def sample_of(text: str) -> str:
    """A copy with something usual in every gap."""
    return _PLACEHOLDER.sub(lambda gap: SAMPLES[gap[1]], text)


@lru_cache(maxsize=2048)
def read_template(text: str) -> Template:
    """Raises BadTemplate."""
    marked = _PLACEHOLDER.sub(lambda gap: f"qzx{gap[1]}xzq", text)
    if "{" in marked or "}" in marked:
        raise BadTemplate("unknown_placeholder")
    if redact(marked) != marked:
        raise BadTemplate("holds_secret")
    message = read_message(marked, sender=None, last3=None, app="sms", directory=_NOBODY)
    hosts = frozenset(link.address.host for link in message.links)
    if message.possible.unread or any("qzx" in host for host in hosts):
        raise BadTemplate("unclear_address")
    literals, gaps = _split(squeeze(message.bare))
    for code, is_wrong in (
        ("unknown_placeholder", _is_left_over(text, literals)),
        ("placeholders_touch", "" in literals[1:-1]),
        ("too_many_placeholders", len(gaps) > MOST_GAPS or gaps.count("any") > MOST_ANY),
        ("too_little_fixed_text", _letters(literals) < FEWEST_FIXED),
    ):
        if is_wrong:
            raise BadTemplate(code)
    return Template(literals, gaps, hosts, handles_of(message))


def _is_left_over(text: str, literals: tuple[str, ...]) -> bool:
    """A placeholder of no known kind, or more of them than were written."""
    more = len(literals) - 1 > len(_PLACEHOLDER.findall(text))
    return more or any(_LEFT_OVER.search(literal) for literal in literals)


def _split(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = _TOKEN.split(text)
    return tuple(pieces[::2]), tuple(pieces[1::2])


def _letters(literals: tuple[str, ...]) -> float:
    fixed = "".join(literals)
    return len(_CHINESE.findall(fixed)) + len(_LATIN.findall(fixed)) / LATIN_FOR_ONE


def _ends(text: str, place: int, gap: re.Pattern[str]) -> Iterator[int]:
    """Every place where a gap that begins here may end: all of them, so that no text makes this slow."""
    for end in range(place + 1, min(len(text), place + LONGEST_GAP) + 1):
        if gap.fullmatch(text, place, end):
            yield end
