"""Words of loss and of self-harm, in whatever sentence they stand: they change the answer before any form does."""

import re
from dataclasses import dataclass

from lianfang.text.dialect import in_common_words
from lianfang.text.everyday import is_everyday
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.loss_meant import ended_well
from lianfang.text.loss_model import chance_of_loss
from lianfang.text.loss_reading import Words, read_losses
from lianfang.text.loss_story import NAMED
from lianfang.text.normalise import normalise, to_traditional
from lianfang.text.self_harm import speaks_of_dying


@dataclass(frozen=True)
class Distress:
    """`loss`: transfer (money, however paid), otp, credentials (card number, password, ID), card (points, serial).

    `sure`: a loss is named, or could hardly be anything else.
    """

    loss: frozenset[str]
    self_harm: bool
    sure: bool = False

    def __bool__(self) -> bool:
        return bool(self.loss) or self.self_harm


# Of a very long text, its beginning and its end: people put their own words around what they paste.
_READ = 1200
# How likely the second witness must think a loss that the words name, one that nothing names, one beside words that
# name what did not happen, and one beside an ordinary payment (docs/decisions.md).
NAMED_AT, UNNAMED_AT, SET_ASIDE_AT, EVERYDAY_AT = 0.05, 0.12, 0.25, 0.9
SURE = 0.8
_SAYS_SOMETHING = re.compile(r"\w\w")


def find_distress(text: str) -> Distress:
    """What a message tells of lost money, codes, data or cards, and of wanting to die."""
    plain = plain_words(text)
    words, chance = read_losses(plain, foreign=looks_forwarded(text)), chance_of_loss(plain)
    loss = _losses(plain, words, chance)
    sure = bool(loss) and (bool(words.loss) or chance >= SURE)
    return Distress(loss, speaks_of_dying(plain), sure)


def _losses(plain: str, words: Words, chance: float) -> frozenset[str]:
    if words.loss:
        return words.loss if chance >= NAMED_AT else frozenset()
    if chance < _needed(plain, set_aside=words.set_aside) or not _SAYS_SOMETHING.search(plain):
        return frozenset()
    return frozenset({next((kind for kind, pattern in NAMED if pattern.search(plain)), "transfer")})


def _needed(plain: str, *, set_aside: bool) -> float:
    """How likely a loss that no words name must be."""
    if is_everyday(plain):
        return EVERYDAY_AT
    return SET_ASIDE_AT if set_aside or ended_well(plain) else UNNAMED_AT


def plain_words(text: str) -> str:
    """The text normalised, in Traditional script and common spelling; a very long one without its middle."""
    read = text if len(text) <= 2 * _READ else f"{text[:_READ]}\n{text[-_READ:]}"
    return in_common_words(to_traditional(normalise(read)).replace("’", "'"))
