"""Goals whose services do not exist yet: an honest sentence and the way that works today."""

from actions.answering import Answering
from actions.outcome import Outcome
from actions.turn import Turn
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

# Who reports something still gets that answer, below the emergency line that the gateway adds.
REPORTS = frozenset({"report_site", "report_message"})


class ActionNotConnected(Answering):
    """For every goal in the table."""

    NAME = "action_not_connected"

    async def answer(self, turn: Turn) -> Outcome:
        return Outcome(says(f"utter_not_connected_{turn.intent}", buttons=BUTTONS[turn.intent]))

    def lets_loss_come_first(self, turn: Turn) -> bool:
        return turn.intent not in REPORTS
