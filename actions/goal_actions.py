"""The actions of goals outside of the form: begin one, end one, answer a button of a question that is closed."""

from actions.answering import Answering
from actions.answers import heard_in
from actions.beginning import begin, finish
from actions.checking import check_text
from actions.content import has_checkable
from actions.emergency import loses_a_card
from actions.goal import Goal
from actions.goals import GOALS
from actions.judging import verdict_then
from actions.open_goal import Open
from actions.outcome import GoesOn, Outcome
from actions.reported import goal_of_report
from actions.saying import denies
from actions.turn import Turn
from lianfang.replies import CHECK_MESSAGE, HELP, goal_button, says

STALE = says("utter_question_closed", buttons=[CHECK_MESSAGE, HELP])


class ActionGoal(Answering):
    """For every intent in the table."""

    NAME = "action_goal"
    checks_itself = True

    async def answer(self, turn: Turn) -> Outcome:
        goal = _wanted(turn)
        if turn.entity("run"):  # the button of a question that is no longer asked: hear() knows the others
            again = goal_button(f"btn.{goal.name}", goal.name)
            return Outcome(says("utter_question_closed", buttons=[again]), goes_on=GoesOn.ALWAYS)
        judged = not turn.is_tap and has_checkable(turn.text)
        if not turn.is_tap and not judged and denies(turn.text, goal.verb):
            return Outcome(says("utter_nothing_to_deny", buttons=[CHECK_MESSAGE, HELP]))
        own = await begin(self.services, turn, goal)
        if goal.verdict_first and judged:
            return verdict_then(await check_text(self.services, turn, turn.text), own)
        return own

    def gives_way_to_loss(self, turn: Turn) -> bool:
        return _wanted(turn).loss_first


def _wanted(turn: Turn) -> Goal:
    """The goal of the intent, or the one that is really meant."""
    if turn.intent == "already_scammed" and loses_a_card(turn):
        return GOALS["lock_card"]
    return GOALS[goal_of_report(heard_in(turn))]


class ActionFinishGoal(Answering):
    """The form has all it wants, or cannot get it."""

    NAME = "action_finish_goal"

    async def answer_safely(self, turn: Turn) -> Outcome:
        """What stands in the message was weighed when it was heard."""
        return await self.answer(turn)

    async def answer(self, turn: Turn) -> Outcome:
        known = Open.of(turn.slot("open_goal"))
        if known is None:
            return Outcome(STALE)
        return await finish(self.services, turn, GOALS[known.goal], known)


class ActionStaleTap(Answering):
    """A button of a question that is closed: yes, not this one, I don't know."""

    NAME = "action_stale_tap"

    async def answer(self, _turn: Turn) -> Outcome:
        return Outcome(STALE, goes_on=GoesOn.ALWAYS)
