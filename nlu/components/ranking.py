"""Reads and writes the ranking of intents on a Rasa message."""

from collections.abc import Mapping

from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message


def set_ranking(message: Message, scores: Mapping[str, float]) -> None:
    """Best intent first; the best is the message's intent."""
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    ranking = [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: float(score)} for name, score in ordered]
    best = ranking[0] if ranking else {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}
    message.set(INTENT, dict(best), add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def ranking_of(message: Message) -> dict[str, float]:
    """Scores so far, best first."""
    return {
        entry[INTENT_NAME_KEY]: entry[PREDICTED_CONFIDENCE_KEY]
        for entry in message.get(INTENT_RANKING_KEY) or []
    }


def give(message: Message, intent: str, confidence: float) -> None:
    """Set one intent's confidence; the others share what is left in their proportions."""
    others = {name: score for name, score in ranking_of(message).items() if name != intent}
    total = sum(others.values())
    share = (1 - confidence) / total if total else 0.0
    set_ranking(message, {intent: confidence, **{name: score * share for name, score in others.items()}})
