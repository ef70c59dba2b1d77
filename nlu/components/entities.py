"""Puts what `read_entities` finds on the message: `value` normalised, the verbatim text at `[start:end]`."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from nlu.components.process_only import ProcessOnly
from nlu.components.reading import read_entities


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternEntities(ProcessOnly, EntityExtractorMixin):
    """Patterns and look-ups only: an entity is there or not, nothing is guessed."""

    def read(self, message: Message, text: str) -> None:
        """Replace the message's entities."""
        found = [
            {"entity": span.entity, "value": span.value, "start": span.start, "end": span.end}
            for span in read_entities(text)
        ]
        message.set(ENTITIES, self.add_extractor_name(found), add_to_output=True)
