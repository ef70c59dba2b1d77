"""Yes, no and cancel mean what was shown last; when nothing asked for them, nothing happens and we say so."""

import re

from actions.answering import DETAIL_FORM, MESSAGE_FORM, Answering
from actions.clicked import CLICKED, tells_of_click
from actions.delete_my_data import CONFIRMS, TRY_AGAIN, erase
from actions.outcome import Outcome
from actions.turn import Turn
from lianfang.replies import ALREADY_SCAMMED, CALL_165, CHECK_MESSAGE, FIND_HUMAN, Reply, goal_button, says
from lianfang.text.normalise import normalise, to_traditional

CONFIRM_WITHIN_SECONDS = 600
HELP = goal_button("btn.help", "help")
CLICK_ANSWER = Outcome(Reply([CLICKED], [CALL_165, ALREADY_SCAMMED]))

# A closed list: what is not on it hesitates (好吧我想想), asks (確定嗎), adds something (好，刪掉他的就好)
# or complains (好煩).
_YES = (
    r"好的?|對的?|是的?|沒錯|可以|同意|要|確定要?|確認|送出|(?:確定|確認|要)?(?:全部|都)?刪(?:除|掉|吧)?"
    r"|(?:確定|確認|要)?刪除(?:我的?|全部|所有)?(?:的)?資料"
    r"|(?:yes|yeah|yep|yup|ok|okay|sure|correct|confirm(?:ed)?|delete(?: (?:it|everything|my data))?)(?:,? please)?"
)
_PLAIN_YES = re.compile(rf"(?:(?:{_YES})[ ,，、。!.]{{0,2}}){{1,3}}", re.IGNORECASE)
_MORE_THAN_ONE_STOP = re.compile(r"\.{2}|。{2}")


def is_plain_yes(text: str) -> bool:
    """Whether the text says yes, perhaps twice, and nothing else."""
    plain = to_traditional(normalise(text)).strip()
    return bool(_PLAIN_YES.fullmatch(plain)) and not _MORE_THAN_ONE_STOP.search(plain)


def _tells_of_click(turn: Turn) -> bool:
    return not turn.is_tap and tells_of_click(turn.text)


class ActionAffirm(Answering):
    """A typed or tapped yes."""

    NAME = "action_affirm"

    async def answer(self, turn: Turn) -> Outcome:
        age = turn.seconds_since_card(CONFIRMS)
        if age is None and _tells_of_click(turn):
            return CLICK_ANSWER
        if age is None:
            return Outcome(says("utter_nothing_to_confirm", buttons=[CHECK_MESSAGE, HELP]))
        if (
            turn.shown_since_core
            or turn.in_group
            or age > CONFIRM_WITHIN_SECONDS
            or not is_plain_yes(turn.text)
        ):
            return Outcome(says("utter_delete_ask_again", buttons=[TRY_AGAIN]))
        return await erase(self.services, turn)


class _Refusing(Answering):
    """No and cancel end what is open and say what was not done."""

    nothing_open: str

    def lets_loss_come_first(self, _turn: Turn) -> bool:
        return True

    async def answer(self, turn: Turn) -> Outcome:
        if _tells_of_click(turn):
            return CLICK_ANSWER
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
