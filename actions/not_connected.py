"""Goals whose services do not exist yet: an honest sentence and the way that works today."""

from actions.already_scammed import emergency_for
from actions.answering import Answering, Outcome
from lianfang.replies import (
    ALREADY_SCAMMED,
    CALL_110,
    CALL_165,
    CHECK_MESSAGE,
    FIND_HUMAN,
    Json,
    goal_button,
    says,
)
from actions.turn import Turn
from lianfang.text.distress import find_distress

LOST_CARD = goal_button("btn.lost_card", "already_scammed", lost="card")

BUTTONS: dict[str, tuple[Json, ...]] = {
    "lock_card": (LOST_CARD, CALL_165, CALL_110),
    "unlock_card": (CALL_165,),
    "refund_card": (LOST_CARD, CALL_165),
    "report_site": (CHECK_MESSAGE, CALL_165),
    "report_message": (CHECK_MESSAGE, CALL_165),
    "report_account": (ALREADY_SCAMMED, CALL_165),
    "query_payment": (CALL_165,),
    "appeal_block": (CALL_165,),
    "case_status": (CALL_165,),
    "create_hidden_code": (CHECK_MESSAGE,),
    "contact_by_code": (CHECK_MESSAGE, FIND_HUMAN),
    "bind_merchant": (CALL_165,),
}

# Goals of victims: when their words tell of a loss, the calls to make now are the answer.
LOSS_COMES_FIRST = frozenset({"lock_card", "refund_card", "report_account"})


class ActionNotConnected(Answering):
    """For every goal in the table."""

    NAME = "action_not_connected"

    async def answer(self, turn: Turn) -> Outcome:
        if turn.intent in LOSS_COMES_FIRST and find_distress(turn.text).loss:
            return emergency_for(turn)
        return Outcome(says(f"utter_not_connected_{turn.intent}", buttons=BUTTONS[turn.intent]))
