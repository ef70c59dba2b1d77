"""One more fact about the last message (sender, last three digits, app), and the verdict that follows."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.types import DomainDict

from actions.answering import DETAIL_FORM, Answering, Asking
from actions.checking import check_text, remembered
from actions.details import APPS, READERS, does_not_know, is_another_message
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, CHECK_MESSAGE, FIND_HUMAN, Json, Reply, goal_button, says
from lianfang.verdicts import verdict_reply

ASKED_BY = {"tell_sender": "sender", "tell_last3": "receiver_last3", "tell_app": "app"}
DONT_KNOW = goal_button("btn.dont_know", "deny")
NO_ANSWER = Outcome(says("utter_check_unavailable", buttons=[CALL_165]))
GONE = Outcome(says("utter_check_gone"))


async def check_again(services: Services, turn: Turn, check: str, asked: str, value: str) -> Outcome:
    """The verdict with this fact; says whether it changed when it replaces the one last shown."""
    before = turn.slot("verdict") if turn.slot("check") == check else None
    if not turn.person:
        return GONE
    try:
        answer = await services.registry.again(check, **{asked: value}, person=turn.person, event=turn.event)
    except ServiceRefused as refused:
        return GONE if refused.status in {404, 410} else NO_ANSWER
    except ServiceUnavailable:
        return NO_ANSWER
    return Outcome(verdict_reply(answer, before), remembered(answer))


class ActionTellDetail(Answering):
    """The taps that offer a fact: asks the one question, or takes the answer the tap carries."""

    NAME = "action_tell_detail"

    async def answer(self, turn: Turn) -> Outcome:
        asked = ASKED_BY[turn.intent]
        check = turn.entity("check") or turn.slot("check")
        if not check:
            return GONE
        app = turn.entity("app")
        if asked == "app" and app in APPS:
            return await check_again(self.services, turn, check, "app", app)
        return Outcome(slots={"asked": asked, "about": check}, then=DETAIL_FORM)


class ActionAskDetail(Asking):
    """The question of detail_form; the second time with an example of what fits."""

    NAME = "action_ask_detail"

    def ask(self, turn: Turn) -> Reply:
        asked = turn.slot("asked") or "sender"
        key = f"utter_ask_{asked}" + ("_again" if turn.slot("tries") else "")
        choices = _app_choices(turn.slot("about")) if asked == "app" else []
        return says(key, buttons=[*choices, DONT_KNOW])


def _app_choices(check: str | None) -> list[Json]:
    return [goal_button(f"btn.app_{app}", "tell_app", check=check or "", app=app) for app in APPS]


class ValidateDetailForm(FormValidationAction):  # type: ignore[misc]  # rasa-sdk's forms are untyped
    """Takes a fitting answer; asks once more after one that does not fit; then lets it be."""

    def name(self) -> str:
        return "validate_detail_form"

    def domain_slots(self, _domain: DomainDict) -> list[str]:
        return ["detail"]

    def validate_detail(
        self, value: Any, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> dict[str, Any]:
        turn, text = Turn(tracker), str(value)
        if is_another_message(text):
            return {"detail": {"code": "another_message"}}
        if does_not_know(text):
            return {"detail": {"code": "unknown"}}
        asked = turn.slot("asked") or "sender"
        answer = None if turn.intent == "affirm" else READERS[asked](text)
        if answer:
            return {"detail": {"code": "told", "value": answer}}
        if turn.slot("tries"):
            return {"detail": {"code": "unknown"}}
        return {"detail": None, "tries": 1}


class ActionSubmitDetail(Answering):
    """Uses what detail_form got."""

    NAME = "action_submit_detail"
    judges_itself = True

    async def answer(self, turn: Turn) -> Outcome:
        detail = turn.slot("detail") or {"code": "unknown"}
        if detail["code"] == "another_message":
            return await check_text(self.services, turn, turn.text)
        if detail["code"] == "told" and turn.slot("about"):
            return await check_again(
                self.services, turn, turn.slot("about"), turn.slot("asked"), detail["value"]
            )
        return Outcome(says("utter_detail_ended", buttons=[CHECK_MESSAGE, FIND_HUMAN]))
