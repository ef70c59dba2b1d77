"""When the goal is not clear: check what can be checked, else offer the likely goals, then a person."""

from actions.answering import Answering
from actions.checking import check_text
from actions.clicked import CLICKED, tells_of_click
from actions.content import has_content, has_indicator
from actions.doubt import WHEN_IN_DOUBT, is_doubtful
from actions.outcome import Outcome
from actions.small_talk import DELETE, HUMAN, LANGUAGE, LOCK_CARD
from actions.tell_detail import check_again, told_of_last_check
from actions.turn import UNSURE, Turn
from lianfang.replies import (
    ALREADY_SCAMMED,
    CALL_110,
    CALL_165,
    CHECK_MESSAGE,
    FIND_HUMAN,
    HELP,
    Json,
    Reply,
    goal_button,
    says,
)

OFFERS: dict[str, Json] = {
    "check_message": CHECK_MESSAGE,
    "forward_message": CHECK_MESSAGE,
    "already_scammed": ALREADY_SCAMMED,
    "lock_card": LOCK_CARD,
    "report_site": goal_button("btn.report_site", "report_site"),
    "report_message": goal_button("btn.report_message", "report_message"),
    "change_language": LANGUAGE,
    "delete_my_data": DELETE,
    "talk_to_human": HUMAN,
    "help": HELP,
    "ask_info": goal_button("btn.ask_info", "ask_info"),
    "appeal_block": goal_button("btn.appeal_block", "appeal_block"),
    "bind_merchant": goal_button("btn.bind_merchant", "bind_merchant"),
    "case_status": goal_button("btn.case_status", "case_status"),
    "contact_by_code": goal_button("btn.contact_by_code", "contact_by_code"),
    "create_hidden_code": goal_button("btn.create_hidden_code", "create_hidden_code"),
    "query_payment": goal_button("btn.query_payment", "query_payment"),
    "refund_card": goal_button("btn.refund_card", "refund_card"),
    "report_account": goal_button("btn.report_account", "report_account"),
    "unlock_card": goal_button("btn.unlock_card", "unlock_card"),
}
ALWAYS_LIKELY = ("check_message", "already_scammed", "help")
MOST = 3


def likely_goals(ranking: list[str]) -> list[Json]:
    """Two or three buttons: what the model thinks likely, filled up with what people most often want."""
    names = [name for name in [*ranking[:MOST], *ALWAYS_LIKELY] if name in OFFERS]
    buttons: list[Json] = []
    for name in names:
        if OFFERS[name] not in buttons:
            buttons.append(OFFERS[name])
    return buttons[:MOST]


class ActionUnsure(Answering):
    """For nlu_fallback, and when no rule fits."""

    NAME = UNSURE
    checks_itself = True
    loss_comes_first = True

    async def answer(self, turn: Turn) -> Outcome:
        told = told_of_last_check(turn)
        if told:
            return await check_again(self.services, turn, told)
        if not turn.is_tap and has_indicator(turn.text):
            return await check_text(self.services, turn, turn.text)
        return _offer(turn)


class ActionInform(Answering):
    """A bare answer nobody asked for: what the last check asked, something to check, or unclear."""

    NAME = "action_inform"
    checks_itself = True
    loss_comes_first = True

    async def answer(self, turn: Turn) -> Outcome:
        told = told_of_last_check(turn)
        if told:
            return await check_again(self.services, turn, told)
        if has_content(turn.text):
            return await check_text(self.services, turn, turn.text)
        return Outcome(then=UNSURE)


def _offer(turn: Turn) -> Outcome:
    """The likely goals; after a story the way to lose nothing; the second time in a row a person first."""
    likely = likely_goals(turn.ranking)
    if not turn.is_tap and tells_of_click(turn.text):
        return Outcome(Reply([CLICKED], [CALL_165, *likely]))
    before = turn.previous_text_answered_by(UNSURE)
    if _is_story(turn) and (before is None or not is_doubtful(before)):
        return Outcome(Reply([WHEN_IN_DOUBT], [*likely, CALL_165, CALL_110]))
    if before is not None:
        return Outcome(says("utter_unsure_again", buttons=[CALL_165, *likely]))
    return Outcome(says("utter_unsure", buttons=[*likely, FIND_HUMAN]))


def _is_story(turn: Turn) -> bool:
    return not turn.is_tap and is_doubtful(turn.text)
