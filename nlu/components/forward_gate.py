"""Weighs the structure of somebody else's message: words inside a scam (取消, 鎖卡) shall start no goal.

A loss is believed only where the message itself tells of one.
"""

import math
import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from lianfang.text.distress import find_distress
from lianfang.text.forwarded import forwarding_signs
from lianfang.text.normalise import normalise, to_traditional
from nlu.components.process_only import ProcessOnly
from nlu.components.ranking import give, ranking_of, set_ranking

FORWARDED = "forward_message"
LOSS = "already_scammed"
# Both lead to a check of the text; any other goal needs to be clear of doubt about who wrote it.
CHECKS = frozenset({FORWARDED, "check_message"})
DOUBT = 0.015
# What must be named, so that 「我到門口了」 asks for no code, 「退稅入帳了」 for no card, and a changed link is no report.
_REPORTED = r"檢舉|通報|回報|舉報|舉發|留底|留個底|交出|有人管|該管|[剪撿檢]舉|檢局|封|擋|下架|處理|關掉|停|列管|黑名單|送|交給|給你們?|詐|假|騙|冒|仿|抄|釣魚|不是我們|lap[ou]r|\b(?:report\w*|block\w*|take|flag\w*|kill|down|scam\w*|fake\w*|phish\w*|fraud\w*|clone\w*|impersonat\w*|stop|log|where do i send)\b|nipu|lừa|chặn|หลอก|ปลอม"
NAMES = {
    goal: re.compile(words, re.IGNORECASE)
    for goal, words in (
        (
            "contact_by_code",
            r"\d|碼|代號|收件|收貨|買家|賣家|客人|司機|物流|聯[絡繫]|轉[接告達]|\b(?:code|recipient|buyer|seller|driver|courier|customer|connect)\b",
        ),
        (
            "refund_card",
            r"卡|點|序號|MyCard|GASH|遊e|Razer|退[費款錢掉貨]|證明|發票|現金|還我|還錢|拿回|收銀|\b(?:cards?|pins?|points|refund|money back|proof|receipt)\b|thẻ|kartu|บัตร",
        ),
        # Nobody opens a card by a link: 「網銀已鎖 解鎖 bit.ly/tw0bk」.
        (
            "unlock_card",
            r"卡|序號|點數|MyCard|GASH|Razer|遊e|\bcard|\A(?![\s\S]*(?:https?://|[a-z0-9-]+\.(?:com|cc|top|tw|ly|info|net|vip|me)\b))",
        ),
        ("report_site", _REPORTED),
        ("report_message", _REPORTED),
    )
}
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


def tied(scores: dict[str, float]) -> dict[str, float]:
    """The second best gets the chance of the best: the fallback then asks."""
    first, second, *_ = scores
    return {**scores, second: scores[first]}


def is_confirmed(intent: str, text: str) -> bool:
    """Whether the text itself speaks of what the intent is about."""
    if intent == LOSS:
        return bool(find_distress(text).loss)
    named = NAMES.get(intent)
    return named is None or named.search(to_traditional(normalise(text))) is not None


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
        scores = ranking_of(message)
        if len(scores) > 1 and not is_confirmed(next(iter(scores)), text):
            set_ranking(message, tied(scores))
