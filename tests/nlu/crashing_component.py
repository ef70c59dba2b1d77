"""A pipeline component that breaks on demand, to see what a crash leaves in the logs."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from nlu.components.process_only import ProcessOnly


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrashOnDemand(ProcessOnly, IntentClassifier):
    def read(self, message: Message, text: str) -> None:
        if "COMPONENT-CRASH" in text:
            raise ValueError(f"cannot read {text}")
