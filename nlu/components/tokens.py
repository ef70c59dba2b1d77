"""One token for each Chinese character and Latin word; addresses, numbers and names become one mask each."""

import re
from typing import NamedTuple

from lianfang.text.normalise import cap, normalise_with_offsets
from nlu.components.lookups import plain
from nlu.components.reading import read_entities

LONGEST = 600
PIECE = re.compile(r"[a-z\u00c0-\u024f\u1ea0-\u1eff]+(?:['’][a-z]+)*|\d+|\S")
SHORT_NUMBER = 3
# Particles that young people write by their sound.
SOUNDS = {
    "ㄉ": "的",
    "ㄌ": "了",
    "ㄇ": "嗎",
    "ㄚ": "啊",
    "ㄅ": "吧",
    "ㄋ": "呢",
    "ㄟ": "欸",
    "ㄏ": "哈",
    "ㄛ": "喔",
}
# Names keep their letters beside the mask: 「台電」 and 「MyCard」 tell goals apart.
MASKED = frozenset(
    {
        "url",
        "phone",
        "line_id",
        "account",
        "bank",
        "amount",
        "serial",
        "case_id",
        "order_id",
        "issuer",
        "store",
    }
)


class Token(NamedTuple):
    """A word or mask and its place in the original text."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Tokens with their place in `text`, of which the first 600 characters count."""
    text = cap(text, LONGEST)
    normal, offsets = normalise_with_offsets(text)
    spans = [span for span in read_entities(text) if span.entity in MASKED]
    tokens: list[Token] = []
    upcoming = 0
    for match in PIECE.finditer(plain(normal)):
        place = offsets[match.start()]
        while upcoming < len(spans) and spans[upcoming].start <= place:
            span = spans[upcoming]
            tokens.append(Token(f"__{span.entity}__", span.start, span.end))
            upcoming += 1
        if upcoming and place < spans[upcoming - 1].end:
            continue
        word = SOUNDS.get(match.group(), match.group())
        if word.isdigit() and len(word) > SHORT_NUMBER:
            word = "__number__"
        tokens.append(Token(word, place, max(offsets[match.end()], place + 1)))
    return tokens
