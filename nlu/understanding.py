"""The pipeline without dialogue: loads only the NLU part of a model and parses one text at a time."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.training_data.message import Message

from nlu.commands import escape_command


@dataclass(frozen=True)
class Understanding:
    """A loaded pipeline."""

    runner: DaskGraphRunner
    target: str

    @classmethod
    def load(cls, model: Path) -> "Understanding":
        """The policies and the domain stay in the archive."""
        with tempfile.TemporaryDirectory() as folder:
            storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model)
            schema = metadata.predict_schema.minimal_graph_schema(targets=[metadata.nlu_target])
            context = ExecutionContext(graph_schema=schema, model_id=metadata.model_id)
            return cls(DaskGraphRunner.create(schema, storage, context), metadata.nlu_target)

    def parse(self, text: str) -> dict[str, Any]:
        """As `lianfang parse` prints it; a typed `/` is text here too."""
        message = UserMessage(escape_command(text))
        parsed: Message = self.runner.run({PLACEHOLDER_MESSAGE: [message]}, [self.target])[self.target][0]
        return describe(parsed)


def describe(parsed: Message) -> dict[str, Any]:
    """The best real intent even when the pipeline is unsure, and entities with their verbatim text."""
    text = parsed.get("text") or ""
    chosen = parsed.get("intent") or {}
    fallback = chosen.get("name") in {None, DEFAULT_NLU_FALLBACK_INTENT_NAME}
    real = [
        entry
        for entry in parsed.get("intent_ranking") or []
        if entry["name"] != DEFAULT_NLU_FALLBACK_INTENT_NAME
    ]
    best: dict[str, Any] = real[0] if real else {"name": None, "confidence": 0.0}
    return {
        "intent": best["name"],
        "confidence": round(float(best["confidence"]), 4),
        "fallback": fallback,
        "entities": [
            {"entity": found["entity"], "text": text[found["start"] : found["end"]], "value": found["value"]}
            for found in parsed.get("entities") or []
        ],
    }
