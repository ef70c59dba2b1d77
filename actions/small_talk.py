"""Greeting, thanks, help, a person to talk to, and what is not ours."""

from typing import ClassVar

from actions.answering import Answering
from actions.clicked import CLICKED, tells_of_click
from actions.doubt import WHEN_IN_DOUBT, is_risky, is_story_to_nobody
from actions.outcome import GoesOn, Outcome
from actions.turn import Turn
from lianfang.replies import (
    ALREADY_SCAMMED,
    CALL_110,
    CALL_165,
    CHECK_MESSAGE,
    HELP,
    Json,
    Reply,
    goal_button,
    says,
)

DELETE = goal_button("btn.delete_my_data", "delete_my_data")
LANGUAGE = goal_button("btn.change_language", "change_language")
LOCK_CARD = goal_button("btn.lock_card", "lock_card")
REPORT = goal_button("btn.report_message", "report_message")
HUMAN = goal_button("btn.talk_to_human", "talk_to_human")


class Fixed(Answering):
    """One sentence and its buttons, whatever the circumstances."""

    KEY: ClassVar[str]
    BUTTONS: ClassVar[tuple[Json, ...]] = ()
    IN_DOUBT: ClassVar[tuple[Json, ...]] = (CHECK_MESSAGE, ALREADY_SCAMMED, CALL_165, CALL_110)

    GOES_ON: ClassVar[GoesOn] = GoesOn.NOT
    loss_comes_first = True

    async def answer(self, turn: Turn) -> Outcome:
        if not turn.is_tap and self.is_in_doubt(turn.text):
            said = CLICKED if tells_of_click(turn.text) else WHEN_IN_DOUBT
            return Outcome(Reply([said], self.IN_DOUBT))
        return Outcome(says(self.KEY, buttons=self.BUTTONS), goes_on=self.GOES_ON)

    def is_in_doubt(self, _text: str) -> bool:
        """Whether this goal's sentence would be a dead end for what was told."""
        return False


class ActionGreet(Fixed):
    NAME = "action_greet"
    KEY = "utter_greet"
    BUTTONS = (CHECK_MESSAGE, ALREADY_SCAMMED, HELP)
    GOES_ON = GoesOn.QUESTION


class ActionThanks(Fixed):
    NAME = "action_thanks"
    KEY = "utter_thanks"
    GOES_ON = GoesOn.QUESTION


class ActionHelp(Fixed):
    NAME = "action_help"
    KEY = "utter_help"
    BUTTONS = (CHECK_MESSAGE, ALREADY_SCAMMED, LOCK_CARD, REPORT, HUMAN, LANGUAGE, DELETE)
    GOES_ON = GoesOn.ALWAYS


class ActionTalkToHuman(Fixed):
    NAME = "action_talk_to_human"
    KEY = "utter_talk_to_human"
    BUTTONS = (CALL_165, CALL_110)

    def is_in_doubt(self, text: str) -> bool:
        return tells_of_click(text) or is_story_to_nobody(text)


class ActionOutOfScope(Fixed):
    NAME = "action_out_of_scope"
    KEY = "utter_out_of_scope"
    BUTTONS = (CHECK_MESSAGE, ALREADY_SCAMMED, HUMAN)

    def is_in_doubt(self, text: str) -> bool:
        return tells_of_click(text) or is_risky(text)
