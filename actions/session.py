"""A new session remembers nothing but the person's language."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict


class ActionSessionStart(Action):  # type: ignore[misc]  # rasa-sdk's Action is untyped
    """Copies metadata.lang to slot lang."""

    def name(self) -> str:
        return "action_session_start"

    async def run(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[EventType]:
        metadata = tracker.slots.get("session_started_metadata") or {}
        language = metadata.get("lang")
        remembered = [SlotSet("lang", language)] if language else []
        return [SessionStarted(), *remembered, ActionExecuted("action_listen")]
