"""Weighs the structure of somebody else's message: words inside a scam (取消, 鎖卡) shall start no goal."""

import math

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from lianfang.text.forwarded import forwarding_signs
from nlu.components.process_only import ProcessOnly
from nlu.components.ranking import give, ranking_of, set_ranking

FORWARDED = "forward_message"
# Both lead to a check of the text; any other goal needs to be clear of doubt about who wrote it.
CHECKS = frozenset({FORWARDED, "check_message"})
DOUBT = 0.03
# Signs count for a forwarded text, a typed question or wish against it; all of it weighed on dev sentences.
NEUTRAL = 2
WEIGHT = 0.5
LOWEST_WEIGHT = -1.0
# Nobody writes like this himself.
CERTAIN_SIGNS = 5
CERTAIN = 0.9


def weigh_forwarded(chance: float, signs: int) -> float:
    """The classifier's chance of forward_message, corrected by the signs of structure."""
    odds = chance / max(1 - chance, 1e-9) * math.exp(max(LOWEST_WEIGHT, WEIGHT * (signs - NEUTRAL)))
    corrected = odds / (1 + odds)
    return max(corrected, CERTAIN) if signs >= CERTAIN_SIGNS else corrected


def in_doubt(scores: dict[str, float]) -> dict[str, float]:
    """A goal that somebody else's words may have named gets an equal beside it: the fallback then asks."""
    best = next(iter(scores), FORWARDED)
    if best in CHECKS or scores.get(FORWARDED, 0.0) < DOUBT:
        return scores
    tied = {**scores, FORWARDED: scores[best]}
    total = sum(tied.values())
    return {intent: score / total for intent, score in tied.items()}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ForwardGate(ProcessOnly, IntentClassifier):
    """Moves forward_message up or down in the ranking."""

    def read(self, message: Message, text: str) -> None:
        """The other intents keep their proportions."""
        signs = sum(forwarding_signs(text).values())
        chance = ranking_of(message).get(FORWARDED, 0.0)
        if chance or signs >= CERTAIN_SIGNS:
            give(message, FORWARDED, weigh_forwarded(chance, signs))
            set_ranking(message, in_doubt(ranking_of(message)))
