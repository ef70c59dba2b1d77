"""Is this message real? Check what was pasted or forwarded; ask for it when only the question came."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.types import DomainDict

from actions.answering import MESSAGE_FORM, Answering, Asking
from actions.checking import check_text
from actions.content import has_content
from actions.outcome import Outcome
from actions.turn import Turn
from lianfang.replies import FIND_HUMAN, Reply, says


class ActionCheckMessage(Answering):
    """For check_message and forward_message."""

    NAME = "action_check_message"
    takes_pasted = True
    judges_itself = True

    async def answer(self, turn: Turn) -> Outcome:
        text = self._text_to_check(turn)
        if text is None:
            return Outcome(then=MESSAGE_FORM)
        return await check_text(self.services, turn, text)

    @staticmethod
    def _text_to_check(turn: Turn) -> str | None:
        if turn.is_tap:  # "check this" under our "I am not sure": the message before the tap
            return turn.previous_text_answered_by("action_unsure")
        if turn.intent == "forward_message" or has_content(turn.text):
            return turn.text
        return None


class ActionAskPasted(Asking):
    """The question of message_form."""

    NAME = "action_ask_pasted"

    def ask(self, _turn: Turn) -> Reply:
        return says("utter_ask_message", buttons=[FIND_HUMAN])


class ValidateMessageForm(FormValidationAction):  # type: ignore[misc]  # rasa-sdk's forms are untyped
    """Whatever comes after "please paste it" is the message, except a mere yes."""

    def name(self) -> str:
        return "validate_message_form"

    def domain_slots(self, _domain: DomainDict) -> list[str]:
        return ["pasted"]

    def validate_pasted(
        self, value: Any, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> dict[str, Any]:
        is_mere_yes = Turn(tracker).intent == "affirm" and not has_content(str(value))
        return {"pasted": None if is_mere_yes else True}


class ActionSubmitMessage(Answering):
    """Checks what was pasted into message_form."""

    NAME = "action_submit_message"
    takes_pasted = True
    judges_itself = True

    async def answer(self, turn: Turn) -> Outcome:
        return await check_text(self.services, turn, turn.text)
