"""Rasa's processor as we run it: a failed action fails the turn, and what is read, sent and stored stays small."""

import tempfile
from collections import deque
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.history import shortened, turns_without_answer, without_question
from nlu.messages import STOP, answer_to, stop_message
from nlu.runner import StraightRunner

CHANNEL_NAME = "lianfang"
# What rules and actions read of how a message was understood; all else would be stored and sent again and again.
UNDERSTOOD = ("text", "intent", "entities")
RANKED = 5
# After so many turns without an answer a form is closed, as if the person had tapped "stop".
TURNS_WITHOUT_ANSWER = 5


class TurnFailed(Exception):
    """The turn broke or nobody answered; nothing of it was saved, so it may be run again."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SilentOutput(OutputChannel):
    """Sends nothing: the answer is read from the tracker, so a repeat finds the same one."""

    @classmethod
    def name(cls) -> str:
        return CHANNEL_NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """The tracker has it already."""


class _WatchedAction(Action):
    """Remembers the failure that Rasa logs and then ignores."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.failed = False

    def name(self) -> str:
        return str(self.action.name())

    def event_for_successful_execution(self, prediction: Any) -> Any:
        return self.action.event_for_successful_execution(prediction)

    async def run(self, output_channel: Any, nlg: Any, tracker: Any, domain: Any) -> list[Event]:
        try:
            return await self.action.run(output_channel, nlg, tracker, domain)  # type: ignore[no-any-return]
        except ActionExecutionRejection:
            raise
        except Exception:
            self.failed = True
            raise


class HonestProcessor(MessageProcessor):
    """Rasa's processor, whose turn fails when one of its actions fails."""

    @staticmethod
    def _load_model(model_path: Path) -> tuple[str, ModelMetadata, StraightRunner]:
        with tempfile.TemporaryDirectory() as folder:
            storage = Path(folder)
            metadata, runner = load_predict_graph_runner(
                storage, model_path, LocalModelStorage, StraightRunner
            )
        return model_path.name, metadata, runner

    async def get_tracker(self, conversation_id: str) -> DialogueStateTracker:
        """Without the ids of model and assistant, which would be written into every event."""
        return await self.tracker_store.get_or_create_tracker(conversation_id, append_action_listen=False)

    def _parse_message_with_graph(
        self, message: UserMessage, tracker: DialogueStateTracker, only_output_properties: bool = True
    ) -> dict[str, Any]:
        parsed = super()._parse_message_with_graph(message, tracker, only_output_properties)
        ranking = parsed.get("intent_ranking", [])[:RANKED]
        return {name: parsed[name] for name in UNDERSTOOD} | {"intent_ranking": ranking}

    async def _run_action(
        self, action: Action, tracker: DialogueStateTracker, output_channel: Any, nlg: Any, prediction: Any
    ) -> bool:
        watched = _WatchedAction(action)
        more = await super()._run_action(watched, tracker, output_channel, nlg, prediction)
        if watched.failed:
            raise TurnFailed("action_failed")
        return bool(more)

    async def run_turn(self, message: UserMessage) -> DialogueStateTracker:
        """`handle_message` that reads the tracker once and saves it only when somebody answered."""
        tracker = await self.get_tracker(message.sender_id)
        event = str((message.metadata or {}).get("event"))
        if answer_to(tracker, event):
            return tracker
        await self._update_tracker_session(tracker, message.output_channel, message.metadata)
        tracker = await self._hear(message, tracker)
        if turns_without_answer(tracker.events) >= TURNS_WITHOUT_ANSWER and STOP in self.domain.intents:
            tracker.events = deque(without_question(tracker.events, tracker.active_loop_name))
            tracker = await self._hear(stop_message(message), tracker)
        if not answer_to(tracker, event):
            raise TurnFailed("no_answer")
        tracker.events = deque(shortened(tracker.events))
        await self.save_tracker(tracker)
        return tracker

    async def _hear(self, message: UserMessage, tracker: DialogueStateTracker) -> DialogueStateTracker:
        await self._handle_message_with_tracker(message, tracker)
        tracker = await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)
        return tracker
