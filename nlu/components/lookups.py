"""The look-up files: rows `value | how people write it | …`, compared in one plain form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lianfang.text.normalise import to_traditional

LOOKUPS = Path(__file__).resolve().parent.parent / "lookups"


def read_lookup(name: str) -> list[list[str]]:
    """Rows `value | alias | alias` of one look-up file."""
    lines = (LOOKUPS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if line.strip() and not line.startswith("#"))
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def plain(text: str) -> str:
    """As look-ups compare: Traditional, lower case, as long as the text."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in to_traditional(text))


@dataclass(frozen=True)
class Words:
    """Many words to be found in plain texts, kept by their first letter: most letters begin none."""

    by_letter: dict[str, re.Pattern[str]]

    @classmethod
    def of(cls, words: Iterable[str], stems: frozenset[str] = frozenset()) -> "Words":
        """`stems` may go on: `impersonat` is found in `impersonating`."""
        patterns: dict[str, list[str]] = {}
        for word in sorted(words, key=lambda word: (-len(word), word)):
            patterns.setdefault(word[0], []).append(_bordered(word, goes_on=word in stems))
        return cls({letter: re.compile("|".join(same)) for letter, same in patterns.items()})

    def find(self, plain: str) -> Iterator[re.Match[str]]:
        """From left to right, at each place the longest word."""
        place = 0
        while place < len(plain):
            pattern = self.by_letter.get(plain[place])
            match = pattern.match(plain, place) if pattern else None
            if match:
                yield match
            place = match.end() if match else place + 1


def _bordered(word: str, *, goes_on: bool) -> str:
    """A pattern of one word: Latin words need a border on both sides; Chinese ones have none."""
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", word) else ""
    after = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", word) and not goes_on else ""
    return before + re.escape(word) + after
