"""Rasa's door to `tokens_of`."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from nlu.components.tokens import tokens_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class CharTokenizer(Tokenizer):
    """Characters, words and masks."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's tokenizers expect; intents are not split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one text of the message."""
        return [Token(*token) for token in tokens_of(message.get(attribute) or "")]
