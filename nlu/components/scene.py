"""A message prepared once for all that look for names in it, and what they find."""

from dataclasses import dataclass

from lianfang.text.forwarded import looks_forwarded
from lianfang.text.normalise import normalise_with_offsets, original_span
from nlu.components.lookups import plain


@dataclass(frozen=True)
class Span:
    """One entity: `text` verbatim at `[start:end]` of the message, `value` normalised."""

    entity: str
    text: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Scene:
    """A message prepared once: its normal form, `text` also in lower case and Traditional, and who wrote it."""

    original: str
    normal: str
    text: str
    offsets: list[int]
    forwarded: bool

    @classmethod
    def of(cls, original: str) -> "Scene":
        normal, offsets = normalise_with_offsets(original)
        return cls(original, normal, plain(normal), offsets, looks_forwarded(original))

    def span(self, entity: str, value: str, start: int, end: int) -> Span:
        first, last = original_span(self.original, self.offsets, start, end)
        return Span(entity, self.original[first:last], value, first, last)
