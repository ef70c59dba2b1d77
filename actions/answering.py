"""The base of every action that answers: one reply as data, and no open form left behind."""

from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.content import is_surely_pasted
from actions.emergency import emergency_for
from actions.judging import judge
from actions.outcome import LISTEN, Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import Reply
from lianfang.text.distress import find_distress

FORM_SLOTS = ("asked", "about", "detail", "pasted", "tries", "requested_slot")
MESSAGE_FORM = "message_form"
DETAIL_FORM = "detail_form"


class Answering(Action):  # type: ignore[misc]  # rasa-sdk's Action is untyped
    """Subclasses set `NAME` and write `answer`."""

    NAME: ClassVar[str]
    keeps_form: ClassVar[bool] = False  # small talk: an open form asks its question again afterwards
    takes_pasted: ClassVar[bool] = False  # the action that checks what was pasted
    judges_itself: ClassVar[bool] = False  # it decides what is checked, or answers a form

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        return self.NAME

    async def answer(self, turn: Turn) -> Outcome:
        raise NotImplementedError

    def lets_loss_come_first(self, _turn: Turn) -> bool:
        """Whether words of loss make the emergency card the answer, because this goal can only be a side wish."""
        return False

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[EventType]:
        turn = Turn(tracker)
        if self._is_about_the_pasted(turn):
            return [FollowupAction("action_submit_message")]
        outcome = await self._answer_with_verdict(turn)
        if outcome.reply:
            dispatcher.utter_message(json_message=outcome.reply.as_json())
        return [*self._after(turn, outcome)]

    async def _answer_with_verdict(self, turn: Turn) -> Outcome:
        """Loss first; then the verdict on whatever can be looked up; else what the goal itself answers."""
        if self.lets_loss_come_first(turn) and not turn.is_tap and find_distress(turn.text).loss:
            return Outcome(emergency_for(turn))
        if self.judges_itself:
            return await self.answer(turn)
        return await judge(self.services, turn, self.answer)

    def _is_about_the_pasted(self, turn: Turn) -> bool:
        """Whether we asked for a message and got one that only sounds like another goal."""
        return (
            turn.form == MESSAGE_FORM
            and not self.takes_pasted
            and not turn.is_tap
            and is_surely_pasted(turn.text, turn.intent)
        )

    def _after(self, turn: Turn, outcome: Outcome) -> list[EventType]:
        is_urgent = outcome.reply is not None and outcome.reply.urgent
        stays = self.keeps_form and turn.form and outcome.then == LISTEN and not is_urgent
        slots: dict[str, Any] = {} if stays else dict.fromkeys(FORM_SLOTS)
        if turn.slot("lang") != turn.language:
            slots["lang"] = turn.language
        slots |= outcome.slots
        events = [
            SlotSet(name, value)
            for name, value in slots.items()
            if turn.slot(name) != value or name == "lang"
        ]
        if turn.form and not stays:
            events.append(ActiveLoop(None))
        return [*events, FollowupAction(turn.form if stays else outcome.then)]


class Asking(Action):  # type: ignore[misc]  # rasa-sdk's Action is untyped
    """The question of a form; Rasa runs it within the form, so it leaves everything else alone."""

    NAME: ClassVar[str]

    def name(self) -> str:
        return self.NAME

    def ask(self, turn: Turn) -> Reply:
        raise NotImplementedError

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[EventType]:
        turn = Turn(tracker)
        question = self.ask(turn).as_json()
        if turn.language_just_chosen:
            question["lang"] = turn.language_just_chosen
        dispatcher.utter_message(json_message=question)
        return []
