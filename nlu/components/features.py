"""What the model sees of a message: letters and words, concepts by their role, the last clause, its shape."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lianfang.text.forwarded import forwarding_signs
from lianfang.text.normalise import cap, normalise_with_offsets
from nlu.components.clauses import Clause, clauses
from nlu.components.concepts import Concept, find_concepts
from nlu.components.lookups import plain
from nlu.components.ngrams import letter_runs, ngrams
from nlu.components.tokens import LONGEST, Token

DENIES = frozenset({"not_be", "not_want", "stop_doing"})
WISHES = frozenset({"want", "please"})
ASKS = frozenset({"q", "how", "where", "who", "what", "why", "how_long", "can_q", "which"})
BEGIN, END = "<", ">"


@dataclass(frozen=True)
class Utterance:
    """A message taken apart once for all kinds of features."""

    text: str
    tokens: Sequence[Token]
    plain: str
    offsets: Sequence[int]
    clauses: Sequence[Clause]
    concepts: Sequence[Sequence[Concept]]

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token]) -> "Utterance":
        """`tokens` are those of `tokens_of(text)`."""
        normal, offsets = normalise_with_offsets(cap(text, LONGEST))
        low = plain(normal)
        parts = clauses(low)
        concepts = [find_concepts(low[part.start : part.end]) for part in parts]
        return cls(text, tokens, low, offsets, parts, concepts)


def letters(said: Utterance) -> Iterator[str]:
    """Single tokens, pairs of them, and runs of letters in Latin words."""
    words = [token.text for token in said.tokens]
    yield from ngrams(words, 2)
    for word in words:
        yield from letter_runs(word)


def last_clause(said: Utterance) -> Iterator[str]:
    """The wish often stands last, after the story."""
    if said.clauses:
        last = said.clauses[-1]
        first, end = said.offsets[last.start], said.offsets[last.end]
        yield from ngrams([token.text for token in said.tokens if first <= token.start < end], 2)


def concepts(said: Utterance) -> Iterator[str]:
    """Concepts alone, with the role of their clause (denied ~, wished w, asked q), and at both ends of the text."""
    for clause, found in zip(said.clauses, said.concepts, strict=True):
        aside = clause.aside - clause.start
        yield from (("~" if one.start > aside else "") + name for one in found for name in one.names)
        names = {name for one in found for name in one.names}
        denied = bool(names & DENIES)
        roles = ["~"] if denied else ["+", *["w"] * bool(names & WISHES), *["q"] * bool(names & ASKS)]
        yield from (role + name for role in roles for name in sorted(names))
    if said.concepts:
        last = [BEGIN, *(one.names[0] for one in said.concepts[-1]), END]
        yield from (f"L{name}" for one in said.concepts[-1] for name in one.names)
        yield from (f"L{left}_{right}" for left, right in pairwise(last))
        yield from (f"F{one.names[0]}" for one in said.concepts[0])


def shape(said: Utterance) -> Iterator[str]:
    """Length, clauses, what it names, how it ends, and the signs of somebody else's message."""
    yield f"length {min(8, int(math.log2(len(said.plain) + 1)))}"
    yield f"clauses {min(6, len(said.clauses))}"
    if said.plain.rstrip().endswith("?"):
        yield "asks"
    if "\n" in said.plain:
        yield "lines"
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in said.plain)
    yield "chinese" if chinese * 3 > len(said.plain) else "foreign"
    yield from {token.text for token in said.tokens if token.text.startswith("__")}
    yield from forwarding_signs(said.text)


# Kind, weight: all chosen on other hands' sentences (docs/decisions.md).
KINDS = ((letters, 1.0), (concepts, 0.7), (last_clause, 0.4), (shape, 0.3))
