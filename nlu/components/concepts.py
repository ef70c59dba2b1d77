"""Words that say the same (鎖, 凍結, 擋下, freeze) read as one: the concepts of `lookups/concept.txt` in a text."""

from dataclasses import dataclass
from functools import cache

from nlu.components.lookups import Words, read_lookup

# A word may go on after this: `impersonat*`.
STEM = "*"


@dataclass(frozen=True)
class Concept:
    """What stands at `[start:end]` of a plain text; a word can name several things, the first is its usual one."""

    names: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """All words and what each stands for."""

    words: Words
    names: dict[str, tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    names: dict[str, tuple[str, ...]] = {}
    stems: set[str] = set()
    for name, *words in read_lookup("concept"):
        for word in words:
            bare = word.rstrip(STEM)
            names[bare] = (*names.get(bare, ()), name)
            if word != bare:
                stems.add(bare)
    return Lexicon(Words.of(names, frozenset(stems)), names)


def find_concepts(plain: str) -> list[Concept]:
    """From left to right, at each place the longest word."""
    known = lexicon()
    return [Concept(known.names[match.group()], *match.span()) for match in known.words.find(plain)]
