"""Greeting, thanks, help, a person to talk to, a question about how things work, and what is not ours."""

from typing import ClassVar

from actions.answering import Answering
from actions.clicked import CLICKED, tells_of_click
from actions.doubt import WHEN_IN_DOUBT, is_long, is_risky, is_story_to_nobody
from actions.outcome import Outcome
from actions.turn import Turn
from lianfang.replies import (
    ALREADY_SCAMMED,
    CALL_110,
    CALL_165,
    CHECK_MESSAGE,
    Json,
    Reply,
    Say,
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

    async def answer(self, turn: Turn) -> Outcome:
        if not turn.is_tap and self.is_in_doubt(turn.text):
            said = CLICKED if tells_of_click(turn.text) else WHEN_IN_DOUBT
            return Outcome(Reply([said, *self.after_doubt()], self.IN_DOUBT))
        return Outcome(says(self.KEY, buttons=self.BUTTONS))

    def is_in_doubt(self, _text: str) -> bool:
        """Whether this goal's sentence would be a dead end for what was told."""
        return False

    def after_doubt(self) -> list[Say]:
        return []

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

    def is_in_doubt(self, text: str) -> bool:
        return tells_of_click(text) or is_story_to_nobody(text)


class ActionAskInfo(Fixed):
    NAME = "action_ask_info"
    KEY = "utter_ask_info"
    BUTTONS = (CHECK_MESSAGE, CALL_165)

    def is_in_doubt(self, text: str) -> bool:
        return tells_of_click(text) or (is_long(text) and is_risky(text))

    def after_doubt(self) -> list[Say]:
        """It may have been a mere question all the same."""
        return [Say(self.KEY)]


class ActionOutOfScope(Fixed):
    NAME = "action_out_of_scope"
    KEY = "utter_out_of_scope"
    BUTTONS = (CHECK_MESSAGE, ALREADY_SCAMMED, HUMAN)

    def is_in_doubt(self, text: str) -> bool:
        return tells_of_click(text) or is_risky(text)
