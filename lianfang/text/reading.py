"""A text prepared once for all finders: its normal form, which parts are already taken, and the way back."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from lianfang.text.disguise import undisguise_numbers
from lianfang.text.normalise import normalise_with_offsets, original_span, to_traditional

# Strokes that people see as a hyphen (iOS and Word write them). The longer ones also part ranges: 220–300.
_STROKE = re.compile(
    "(?<=[A-Za-z0-9])[\u2010-\u2012\u2043\u2212\u02d7](?=[A-Za-z0-9])|(?<=[A-Za-z])\u2013(?=[A-Za-z0-9])|(?<=[0-9])\u2013(?=[A-Za-z])"
)
_LONG_STROKE = re.compile("(?<=[0-9])[\u2013-\u2015\u30fc\u2500](?=[0-9])")


@dataclass(frozen=True)
class Span:
    """Something found, in places of the normal form."""

    kind: str
    value: str
    start: int
    end: int


@dataclass
class Reading:
    """`text` is the normal form in Traditional script, `exact` in the script it came in.

    `taken` marks the places another finder owns.
    """

    original: str
    text: str
    exact: str = field(repr=False)
    offsets: list[int]
    taken: bytearray = field(repr=False)

    @classmethod
    def of(cls, original: str) -> "Reading":
        text, offsets = normalise_with_offsets(original)
        text = _STROKE.sub("-", text)
        return cls(original, to_traditional(text), text, offsets, bytearray(len(text)))

    @cached_property
    def plain(self) -> str:
        """`text`, place by place, with numbers and names in ASCII whatever they are disguised in."""
        return _LONG_STROKE.sub("-", undisguise_numbers(self.text))

    def free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\x01" * (end - start)

    def before(self, start: int, width: int) -> str:
        return self.text[max(0, start - width) : start]

    def after(self, end: int, width: int) -> str:
        return self.text[end : end + width]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        return original_span(self.original, self.offsets, start, end)
