"""Runs of tokens, and runs of letters within Latin words."""

from collections.abc import Iterator, Sequence

SEPARATOR = "\x1f"
EDGE = "\x02"
LETTERS = "\x03"
LETTER_RUNS = (3, 4, 5)


def ngrams(tokens: Sequence[str], longest: int) -> Iterator[str]:
    """All runs of one to `longest` tokens, the text's ends marked."""
    edged = [EDGE, *tokens, EDGE]
    for size in range(1, longest + 1):
        for start in range(len(edged) - size + 1):
            yield SEPARATOR.join(edged[start : start + size])


def letter_runs(word: str) -> Iterator[str]:
    """`locked` and `locking` share most of these; nothing for short and for Chinese words."""
    if len(word) <= LETTER_RUNS[0] or not (word.isascii() and word.isalpha()):
        return
    bordered = f"^{word}$"
    for size in LETTER_RUNS:
        for start in range(len(bordered) - size + 1):
            yield LETTERS + bordered[start : start + size]
