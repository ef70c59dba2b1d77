"""The one machine for all goals, on one form of Rasa's: start, ask, hear, finish. What a goal is stands in its table."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answering import ANSWER, FORM, OPEN, Answering
from actions.answers import heard_in
from actions.asking import question
from actions.checking import check_text
from actions.content import has_checkable
from actions.goal import Goal
from actions.goals import GOALS
from actions.hearing import hear
from actions.judging import verdict_then
from actions.learning import given, learn, readings, tapped
from actions.open_goal import Open, Step, advance
from actions.outcome import GoesOn, Outcome
from actions.saying import denies
from actions.turn import Turn
from lianfang.replies import CHECK_MESSAGE, HELP, goal_button, says

COMPLETE = "complete"
STALE = says("utter_question_closed", buttons=[CHECK_MESSAGE, HELP])


class ActionGoal(Answering):
    """For every intent in the table: begins with all that the sentence or the tap tells."""

    NAME = "action_goal"
    checks_itself = True

    async def answer(self, turn: Turn) -> Outcome:
        goal = GOALS[turn.intent]
        if turn.entity("run"):  # the button of a question that is no longer asked: hear() knows the others
            again = goal_button(f"btn.{goal.name}", goal.name)
            return Outcome(says("utter_question_closed", buttons=[again]), goes_on=GoesOn.ALWAYS)
        judged = not turn.is_tap and has_checkable(turn.text)
        if not turn.is_tap and not judged and denies(turn.text, goal.verb):
            return Outcome(says("utter_nothing_to_deny", buttons=[CHECK_MESSAGE, HELP]))
        own = await self._begin(goal, turn)
        if goal.verdict_first and judged:
            return verdict_then(await check_text(self.services, turn, turn.text), own)
        return own

    async def _begin(self, goal: Goal, turn: Turn) -> Outcome:
        heard = heard_in(turn)
        found = {**given(goal, heard), **readings(goal, heard)}
        found |= tapped(goal, turn.entities) if turn.is_tap else {}
        step = advance(goal, learn(goal, Open(goal.name, turn.event, turn.person), found))
        goes_on = GoesOn.ALWAYS if goal.interrupts else GoesOn.NOT
        if step.done:
            return replace(await _finish(self, turn, goal, step.open), goes_on=goes_on)
        if goal.interrupts:
            return Outcome(question(goal, step.open), goes_on=goes_on)
        opening = says(goal.opening) if goal.opening else None
        return Outcome(opening, {OPEN: step.open.as_slot()}, FORM)

    def gives_way_to_loss(self, turn: Turn) -> bool:
        return GOALS[turn.intent].loss_first


class ActionFinishGoal(Answering):
    """The form has all it wants, or cannot get it."""

    NAME = "action_finish_goal"

    async def answer_safely(self, turn: Turn) -> Outcome:
        """What stands in the message was weighed when it was heard."""
        return await self.answer(turn)

    async def answer(self, turn: Turn) -> Outcome:
        known = Open.of(turn.slot(OPEN))
        if known is None:
            return Outcome(STALE)
        return await _finish(self, turn, GOALS[known.goal], known)


async def _finish(action: Answering, turn: Turn, goal: Goal, known: Open) -> Outcome:
    if not known.stopped:
        return await goal.finish(action.services, turn, known.told)
    if known.refused:
        return Outcome(says(goal.not_done, buttons=goal.left))
    lacking = next((one.lacking for one in goal.fields if one.required and not known.told.get(one.name)), "")
    lines = [lacking] if lacking else [goal.not_done, *([goal.stuck] if goal.stuck else [])]
    return Outcome(says(*lines, buttons=goal.left))


class ActionStaleTap(Answering):
    """A button of a question that is closed: yes, not this one, I don't know."""

    NAME = "action_stale_tap"

    async def answer(self, _turn: Turn) -> Outcome:
        return Outcome(STALE, goes_on=GoesOn.ALWAYS)


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

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[EventType]:
        if ANSWER not in tracker.slots_to_validate():
            return []  # the question is only asked again, after something else was answered
        turn = Turn(tracker)
        known = Open.of(turn.slot(OPEN))
        step = hear(GOALS[known.goal], known, turn) if known else None
        return _heard(step)


def _heard(step: Step | None) -> list[EventType]:
    if step is None:
        return [SlotSet(ANSWER, None), ActionExecutionRejected(FORM)]
    answer: Any = COMPLETE if step.done else None
    return [SlotSet(ANSWER, answer), SlotSet(OPEN, step.open.as_slot())]
