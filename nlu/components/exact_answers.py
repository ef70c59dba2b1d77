"""Bare short answers that need no statistics: 好, 不要, 取消, ok; a bare number or address is `inform`."""

import re
from functools import lru_cache

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from lianfang.text.normalise import normalise
from nlu.components.lookups import plain, read_lookup
from nlu.components.process_only import ProcessOnly
from nlu.components.ranking import give
from nlu.components.reading import read_entities

CERTAIN = 1.0
LONGEST_ANSWER = 40
LONGEST_INFORM = 200
# Endings that change tone, not meaning: 好喔～, 不要啦!!
ENDINGS = re.compile(r"[喔哦噢啊阿呀啦囉啰ㄚㄛ~～]+$")
NOISE = re.compile(r"[\s.,!?;:'\"、。,!?;:…~～·()「」『』\-–—]+")
BETWEEN_ANSWERS = re.compile(r"[\s.,;:、。,;:/()\-]|跟|和|與|及|還有|and|&")
SLOT_ANSWERS = frozenset(
    {
        *("serial", "phone", "line_id", "url", "account", "bank", "amount", "case_id", "order_id", "code"),
        *("issuer", "store"),
    }
)
BARE_DIGITS = re.compile(r"[\d\s-]{2,24}")


def squeezed(text: str) -> str:
    """The message without case, spaces and punctuation."""
    return NOISE.sub("", plain(normalise(text)))


@lru_cache(maxsize=1)
def known_answers() -> dict[str, str]:
    """Message -> intent, from the look-up file."""
    return {
        squeezed(answer) or answer: row[0]
        for row in read_lookup("exact_answers")
        for answer in row[1:]
        if answer
    }


def exact_intent(text: str) -> str | None:
    """The intent of a message that can mean only one thing."""
    if len(text) > LONGEST_INFORM:
        return None
    if len(text) <= LONGEST_ANSWER:
        answers = known_answers()
        short = squeezed(text) or normalise(text).strip()
        intent = answers.get(short) or answers.get(ENDINGS.sub("", short))
        if intent:
            return intent
    return "inform" if is_bare_answer(text) else None


def is_bare_answer(text: str) -> bool:
    """Nothing but the value a form asks for: digits, a serial, an address, a name of a store or an issuer."""
    normal = normalise(text).strip()
    if BARE_DIGITS.fullmatch(normal):
        return True
    spans = read_entities(normal)
    if not spans or any(span.entity not in SLOT_ANSWERS for span in spans):
        return False
    rest = normal
    for span in reversed(spans):
        rest = rest[: span.start] + rest[span.end :]
    return not BETWEEN_ANSWERS.sub("", rest.lower())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ExactAnswers(ProcessOnly, IntentClassifier):
    """Overrules the classifier where it can only guess."""

    def read(self, message: Message, text: str) -> None:
        """An exact answer is certain."""
        intent = exact_intent(text)
        if intent:
            give(message, intent, CERTAIN)
