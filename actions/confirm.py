"""Yes, no and cancel mean what was shown last; when nothing asked for them, nothing happens and we say so."""

import re

from actions.answering import DETAIL_FORM, MESSAGE_FORM, Answering, Outcome
from actions.delete_my_data import CONFIRMS, TRY_AGAIN, erase
from actions.turn import Turn
from lianfang.replies import ALREADY_SCAMMED, CHECK_MESSAGE, FIND_HUMAN, goal_button, says

CONFIRM_WITHIN_SECONDS = 600
LONGEST_YES = 20
HELP = goal_button("btn.help", "help")

# A yes with a condition is none: 「好，但不要刪語言」.
_CONDITION = re.compile(r"不|別|但|除了|先|改|\b(not?|don'?t|but|except|wait|change)\b", re.IGNORECASE)


def is_plain_yes(text: str) -> bool:
    return len(text.strip()) <= LONGEST_YES and not _CONDITION.search(text)


class ActionAffirm(Answering):
    """A typed or tapped yes."""

    NAME = "action_affirm"

    async def answer(self, turn: Turn) -> Outcome:
        age = turn.seconds_since_card(CONFIRMS)
        if age is None:
            return Outcome(says("utter_nothing_to_confirm", buttons=[CHECK_MESSAGE, HELP]))
        if turn.in_group or age > CONFIRM_WITHIN_SECONDS or not is_plain_yes(turn.text):
            return Outcome(says("utter_delete_ask_again", buttons=[TRY_AGAIN]))
        return await erase(self.services, turn)


class _Refusing(Answering):
    """No and cancel end what is open and say what was not done."""

    nothing_open: str

    async def answer(self, turn: Turn) -> Outcome:
        if turn.seconds_since_card(CONFIRMS) is not None:
            return Outcome(says("utter_delete_not_done"))
        if turn.form == DETAIL_FORM:
            return Outcome(says("utter_detail_ended", buttons=[CHECK_MESSAGE, FIND_HUMAN]))
        if turn.form == MESSAGE_FORM:
            return Outcome(says("utter_form_stopped", buttons=[CHECK_MESSAGE, HELP]))
        return Outcome(says(self.nothing_open, buttons=[CHECK_MESSAGE, ALREADY_SCAMMED, HELP]))


class ActionDeny(_Refusing):
    """A typed or tapped no."""

    NAME = "action_deny"
    nothing_open = "utter_nothing_to_deny"


class ActionCancel(_Refusing):
    """Stop."""

    NAME = "action_cancel"
    nothing_open = "utter_nothing_to_cancel"
