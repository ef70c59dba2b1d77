"""Yes, no and cancel outside of a confirming card: they end what is open and say what was not done."""

from actions.answering import Answering
from actions.clicked import CLICKED, tells_of_click
from actions.doubt import is_risky
from actions.goals import GOALS
from actions.open_goal import OPEN, Open
from actions.outcome import Outcome
from actions.turn import Turn
from lianfang.replies import ALREADY_SCAMMED, CALL_165, CHECK_MESSAGE, HELP, Reply, says

CLICK_ANSWER = Outcome(Reply([CLICKED], [CALL_165, ALREADY_SCAMMED]))


def _tells_of_click(turn: Turn) -> bool:
    return not turn.is_tap and tells_of_click(turn.text)


class ActionAffirm(Answering):
    """A yes that nothing asked for: the form hears those that answer its card."""

    NAME = "action_affirm"
    loss_comes_first = True

    async def answer(self, turn: Turn) -> Outcome:
        if _tells_of_click(turn):
            return CLICK_ANSWER
        return Outcome(says("utter_nothing_to_confirm", buttons=[CHECK_MESSAGE, HELP]))


class _Refusing(Answering):
    nothing_open: str
    loss_comes_first = True

    async def answer(self, turn: Turn) -> Outcome:
        if _tells_of_click(turn):
            return CLICK_ANSWER
        known = Open.of(turn.slot(OPEN)) if turn.form else None
        if known is not None:
            goal = GOALS[known.goal]
            return Outcome(says(goal.not_done, buttons=goal.left))
        if not turn.is_tap and is_risky(turn.text):  # 我還沒付錢, 沒有被騙
            return Outcome(says("utter_not_paid_yet", buttons=[CALL_165, CHECK_MESSAGE]))
        return Outcome(says(self.nothing_open, buttons=[CHECK_MESSAGE, ALREADY_SCAMMED, HELP]))


class ActionDeny(_Refusing):
    """A typed or tapped no."""

    NAME = "action_deny"
    nothing_open = "utter_nothing_to_deny"


class ActionCancel(_Refusing):
    """Stop."""

    NAME = "action_cancel"
    nothing_open = "utter_nothing_to_cancel"
