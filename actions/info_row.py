"""One question people ask how things work, with the cues it is known by, the source of its answer and its date."""

import re
from dataclasses import dataclass
from functools import cached_property

# When the public pages were read whose own date is not known.
READ_ON = "2026-11-22"


@dataclass(frozen=True)
class Info:
    """Its words are `utter_info_<code>` and `btn.info_<code>`; `source` is empty when we speak of ourselves."""

    code: str
    cues: tuple[str, ...]  # patterns, what it is about first; all of them stand in the question
    source: str
    as_of: str = READ_ON

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(cue) for cue in self.cues)

    def is_about(self, plain: str) -> bool:
        return self._patterns[0].search(plain) is not None

    def cued(self, plain: str) -> int:
        """How many of the cues stand in a text that is normal, Traditional and lower case."""
        return sum(pattern.search(plain) is not None for pattern in self._patterns)
