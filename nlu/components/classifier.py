"""Chooses the intent by a linear model; stored as plain numbers, never as pickle."""
# ruff: noqa: ARG003 -- the signature Rasa calls

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.features import Utterance
from nlu.components.linear import LinearModel, train
from nlu.components.ranking import set_ranking

VOCABULARY_FILE = "vocabulary.json"
WEIGHTS_FILE = "weights.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CharGramClassifier(GraphComponent, IntentClassifier):
    """Rasa's door to `LinearModel`."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LinearModel | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """Tokens come first."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: inverse strength of regularisation; `sharpness` makes margins chances; `nothing_known`: no token seen."""
        return {"C": 2.0, "sharpness": 4.0, "nothing_known": "out_of_scope"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CharGramClassifier":
        """A classifier that knows nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example with an intent and keep the numbers in the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = train(
            [utterance_of(example) for example in examples],
            [str(example.get(INTENT)) for example in examples],
            strength=float(self._config["C"]),
            sharpness=float(self._config["sharpness"]),
        )
        self._write()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank all intents for each message."""
        for message in messages:
            scores = self._model.score(utterance_of(message)) if self._model else {}
            set_ranking(message, scores or {self._config["nothing_known"]: 0.0})
        return messages

    def _write(self) -> None:
        if not self._model:
            return
        with self._storage.write_to(self._resource) as folder:
            words = {
                "intents": self._model.intents,
                "features": [list(known) for known in self._model.places],
            }
            (folder / VOCABULARY_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
            np.savez_compressed(
                folder / WEIGHTS_FILE,
                rarity=self._model.rarity,
                weights=self._model.weights,
                bias=self._model.bias,
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "CharGramClassifier":
        """Read the numbers back; a model without them must not start."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / VOCABULARY_FILE).read_text(encoding="utf-8"))
            with np.load(folder / WEIGHTS_FILE, allow_pickle=False) as numbers:
                model = LinearModel(
                    intents=words["intents"],
                    places=numbered(words["features"]),
                    rarity=numbers["rarity"],
                    weights=numbers["weights"],
                    bias=numbers["bias"],
                    sharpness=float(config["sharpness"]),
                )
        return cls(config, model_storage, resource, model)


def numbered(features: list[list[str]]) -> list[dict[str, int]]:
    """Columns in the order they were written, through all kinds."""
    columns = iter(range(sum(map(len, features))))
    return [{feature: next(columns) for feature in kind} for kind in features]


def utterance_of(message: Message) -> Utterance:
    """The message with the tokens the tokenizer left on it."""
    return Utterance.of(message.get(TEXT) or "", message.get(TOKENS_NAMES[TEXT]) or [])
