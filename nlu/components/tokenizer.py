"""One token for each Chinese character and Latin word; addresses, numbers and names become one mask each."""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from lianfang.text.normalise import cap, normalise_with_offsets
from nlu.components.reading import plain, read_entities

LONGEST = 600
PIECE = re.compile(r"[a-z\u00c0-\u024f\u1ea0-\u1eff]+(?:['’][a-z]+)*|\d+|\S")
SHORT_NUMBER = 3
# Particles that young people write by their sound.
SOUNDS = {
    "ㄉ": "的",
    "ㄌ": "了",
    "ㄇ": "嗎",
    "ㄚ": "啊",
    "ㄅ": "吧",
    "ㄋ": "呢",
    "ㄟ": "欸",
    "ㄏ": "哈",
    "ㄛ": "喔",
}
# Names keep their letters beside the mask: 「台電」 and 「MyCard」 tell goals apart.
MASKED = frozenset(
    {
        "url",
        "phone",
        "line_id",
        "account",
        "bank",
        "amount",
        "serial",
        "case_id",
        "order_id",
        "issuer",
        "store",
    }
)


def tokenize_text(text: str) -> list[Token]:
    """Tokens with their place in `text`, of which the first 600 characters count."""
    text = cap(text, LONGEST)
    normal, offsets = normalise_with_offsets(text)
    spans = [span for span in read_entities(text) if span.entity in MASKED]
    tokens: list[Token] = []
    upcoming = 0
    for match in PIECE.finditer(plain(normal)):
        place = offsets[match.start()]
        while upcoming < len(spans) and spans[upcoming].start <= place:
            span = spans[upcoming]
            tokens.append(Token(f"__{span.entity}__", span.start, span.end))
            upcoming += 1
        if upcoming and place < spans[upcoming - 1].end:
            continue
        word = SOUNDS.get(match.group(), match.group())
        if word.isdigit() and len(word) > SHORT_NUMBER:
            word = "__number__"
        tokens.append(Token(word, place, max(offsets[match.end()], place + 1)))
    return tokens


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class CharTokenizer(Tokenizer):
    """Rasa's door to `tokenize_text`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's tokenizers expect; intents are not split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one text of the message."""
        return tokenize_text(message.get(attribute) or "")
