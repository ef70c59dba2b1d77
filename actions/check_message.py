"""Is this message real? Check what was pasted or forwarded; ask for it when only the question came."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.types import DomainDict

from actions.answering import MESSAGE_FORM, Answering, Asking, Outcome
from actions.content import has_content
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, FIND_HUMAN, Reply, Say, says
from lianfang.text.forwarded import looks_forwarded
from lianfang.verdicts import verdict_reply

# The gateway knows this card: it asks the check service itself, and holds the person until it answers.
UNAVAILABLE = Outcome(
    Reply([Say("utter_check_unavailable")], [CALL_165], {"kind": "check_unavailable"}, urgent=False)
)


async def check_text(services: Services, turn: Turn, text: str) -> Outcome:
    """Show the check service's verdict on this text, or say honestly that it could not be asked."""
    is_forwarded = turn.intent == "forward_message" or looks_forwarded(text)
    try:
        check = await services.registry.check(
            text,
            via="forwarded" if is_forwarded else "typed",
            lang=turn.language,
            person=turn.person,
            event=turn.event,
        )
    except (ServiceUnavailable, ServiceRefused):
        return UNAVAILABLE
    return Outcome(verdict_reply(check), remembered(check))


def remembered(check: dict[str, Any]) -> dict[str, Any]:
    """What the session keeps of a check, so that an answer to its questions finds it."""
    return {"check": check["id"], "verdict": check["verdict"], "asks": list(check["asks"])}


class ActionCheckMessage(Answering):
    """For check_message and forward_message."""

    NAME = "action_check_message"
    takes_pasted = True

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

    async def answer(self, turn: Turn) -> Outcome:
        return await check_text(self.services, turn, turn.text)
