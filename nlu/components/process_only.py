"""What components without training have in common for Rasa's graph."""
# ruff: noqa: ARG003 -- the signature Rasa calls

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message


class ProcessOnly(GraphComponent):
    """Reads each message on its own; learns and stores nothing."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ProcessOnly":
        """Nothing to configure."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Let `read` look at every message that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self.read(message, text)
        return messages

    def read(self, message: Message, text: str) -> None:
        """Change the message by what its text shows."""
        raise NotImplementedError
