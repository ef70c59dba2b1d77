"""The one form of Rasa's for all goals: it asks, and it hears. What a goal is stands in its table."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asking import question
from actions.checking import check_text
from actions.content import has_checkable
from actions.goal_actions import STALE
from actions.goals import GOALS
from actions.hearing import hear
from actions.judging import ends_the_report, told_along_the_way
from actions.open_goal import ANSWER, FORM, OPEN, Open, Step, stop
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn

COMPLETE = "complete"


class ActionAskAnswer(Action):  # type: ignore[misc]  # rasa-sdk's Action is untyped
    """The question of the form; Rasa runs it within the form, so it leaves everything else alone."""

    def name(self) -> str:
        return "action_ask_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[EventType]:
        turn = Turn(tracker)
        known = Open.of(turn.slot(OPEN))
        reply = (question(GOALS[known.goal], known) if known else STALE).as_json()
        if turn.language_just_chosen:
            reply["lang"] = turn.language_just_chosen
        dispatcher.utter_message(json_message=reply)
        return []


class ValidateGoalForm(Action):  # type: ignore[misc]  # rasa-sdk's Action is untyped
    """Takes what is meant for the goal that is open; rejects the rest, so that the rule of its intent applies."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[EventType]:
        if tracker.slots_to_validate().get(ANSWER) is None:
            return []  # the question is only asked, after something else was answered or another goal left
        turn = Turn(tracker)
        known = Open.of(turn.slot(OPEN))
        step = hear(GOALS[known.goal], known, turn) if known else None
        if known is None or step is None:
            return [SlotSet(ANSWER, None), ActionExecutionRejected(FORM)]
        verdict = await self._verdict(turn, known, step)
        if verdict.reply:
            dispatcher.utter_message(json_message=verdict.reply.as_json())
        if ends_the_report(verdict):
            step = stop(step.open)
        slots = {ANSWER: COMPLETE if step.done else None, OPEN: step.open.as_slot(), **verdict.slots}
        return [SlotSet(name, value) for name, value in slots.items()]

    async def _verdict(self, turn: Turn, known: Open, step: Step) -> Outcome:
        """What an answer newly tells is judged like what the first sentence told."""
        is_new = step.open.told != known.told and not step.done
        if turn.is_tap or not is_new or not GOALS[known.goal].verdict_first or not has_checkable(turn.text):
            return Outcome()
        return told_along_the_way(await check_text(self._services, turn, turn.text))
