"""Greeting, thanks, help, a person to talk to, a question about how things work, and what is not ours."""

from typing import ClassVar

from actions.answering import Answering, Outcome
from actions.turn import Turn
from lianfang.replies import ALREADY_SCAMMED, CALL_110, CALL_165, CHECK_MESSAGE, Json, goal_button, says

DELETE = goal_button("btn.delete_my_data", "delete_my_data")
LANGUAGE = goal_button("btn.change_language", "change_language")
LOCK_CARD = goal_button("btn.lock_card", "lock_card")
REPORT = goal_button("btn.report_message", "report_message")
HUMAN = goal_button("btn.talk_to_human", "talk_to_human")


class Fixed(Answering):
    """One sentence and its buttons, whatever the circumstances."""

    KEY: ClassVar[str]
    BUTTONS: ClassVar[tuple[Json, ...]] = ()

    async def answer(self, _turn: Turn) -> Outcome:
        return Outcome(says(self.KEY, buttons=self.BUTTONS))

    def lets_loss_come_first(self, _turn: Turn) -> bool:
        return True


class ActionGreet(Fixed):
    NAME = "action_greet"
    KEY = "utter_greet"
    BUTTONS = (CHECK_MESSAGE, ALREADY_SCAMMED, goal_button("btn.help", "help"))
    keeps_form = True


class ActionThanks(Fixed):
    NAME = "action_thanks"
    KEY = "utter_thanks"
    keeps_form = True


class ActionHelp(Fixed):
    NAME = "action_help"
    KEY = "utter_help"
    BUTTONS = (CHECK_MESSAGE, ALREADY_SCAMMED, LOCK_CARD, REPORT, HUMAN, LANGUAGE, DELETE)


class ActionTalkToHuman(Fixed):
    NAME = "action_talk_to_human"
    KEY = "utter_talk_to_human"
    BUTTONS = (CALL_165, CALL_110)


class ActionAskInfo(Fixed):
    NAME = "action_ask_info"
    KEY = "utter_ask_info"
    BUTTONS = (CHECK_MESSAGE, CALL_165)


class ActionOutOfScope(Fixed):
    NAME = "action_out_of_scope"
    KEY = "utter_out_of_scope"
    BUTTONS = (CHECK_MESSAGE, ALREADY_SCAMMED, HUMAN)
