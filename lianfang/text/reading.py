"""A text prepared once for all finders: its normal form, which parts are already taken, and the way back."""

from dataclasses import dataclass, field

from lianfang.text.normalise import normalise_with_offsets, original_span, to_traditional


@dataclass(frozen=True)
class Span:
    """Something found, in places of the normal form."""

    kind: str
    value: str
    start: int
    end: int


@dataclass
class Reading:
    """`text` is the normal form in Traditional script; `taken` marks the places another finder owns."""

    original: str
    text: str
    offsets: list[int]
    taken: bytearray = field(repr=False)

    @classmethod
    def of(cls, original: str) -> "Reading":
        text, offsets = normalise_with_offsets(original)
        return cls(original, to_traditional(text), offsets, bytearray(len(text)))

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
