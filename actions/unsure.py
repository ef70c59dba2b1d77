"""When the goal is not clear: check what can be checked, else offer the likely goals, then a person."""

from actions.answering import Answering
from actions.checking import check_text
from actions.clicked import CLICKED, tells_of_click
from actions.content import has_content, has_indicator
from actions.details import read_receiver_last3
from actions.doubt import WHEN_IN_DOUBT, is_doubtful
from actions.outcome import Outcome
from actions.small_talk import DELETE, HUMAN, LANGUAGE, LOCK_CARD
from actions.tell_detail import check_again
from actions.turn import Turn
from lianfang.replies import (
    ALREADY_SCAMMED,
    CALL_110,
    CALL_165,
    CHECK_MESSAGE,
    FIND_HUMAN,
    Json,
    Reply,
    goal_button,
    says,
)
from lianfang.text.forwarded import looks_forwarded

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
    "help": goal_button("btn.help", "help"),
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
ALWAYS_LIKELY = ("check_message", "already_scammed")
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

    NAME = "action_unsure"
    judges_itself = True

    async def answer(self, turn: Turn) -> Outcome:
        if not turn.is_tap and (looks_forwarded(turn.text) or has_indicator(turn.text)):
            return await check_text(self.services, turn, turn.text)
        return self.offer(turn)

    def lets_loss_come_first(self, _turn: Turn) -> bool:
        return True

    def offer(self, turn: Turn) -> Outcome:
        likely = likely_goals(turn.ranking)
        if not turn.is_tap and tells_of_click(turn.text):
            return Outcome(Reply([CLICKED], [CALL_165, *likely]))
        before = turn.previous_text_answered_by(self.NAME)
        if _is_story(turn) and (before is None or not is_doubtful(before)):
            return Outcome(Reply([WHEN_IN_DOUBT], [*likely, CALL_165, CALL_110]))
        if before is not None:
            return Outcome(says("utter_unsure_again", buttons=[CALL_165, *likely]))
        return Outcome(says("utter_unsure", buttons=[*likely, FIND_HUMAN]))


def _is_story(turn: Turn) -> bool:
    return not turn.is_tap and is_doubtful(turn.text)


class ActionInform(ActionUnsure):
    """A bare answer nobody asked for: three digits we offered to take, something to check, or unclear."""

    NAME = "action_inform"

    async def answer(self, turn: Turn) -> Outcome:
        check, asks = turn.slot("check"), turn.slot("asks") or []
        if check and "receiver_last3" in asks and len(turn.text.strip()) == 3:
            digits = read_receiver_last3(turn.text)
            if digits:
                return await check_again(self.services, turn, check, "receiver_last3", digits)
        if has_content(turn.text):
            return await check_text(self.services, turn, turn.text)
        return self.offer(turn)
