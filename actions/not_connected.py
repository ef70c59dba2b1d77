"""Goals whose services do not exist yet: an honest sentence and the way that works today."""

from actions.goal import Goal, Told
from actions.outcome import Outcome
from actions.services import Services
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
    "report_message": (CHECK_MESSAGE, CALL_165),
    "report_account": (ALREADY_SCAMMED, CALL_165),
    "query_payment": (CALL_165,),
    "appeal_block": (CALL_165,),
    "case_status": (CALL_165,),
    "create_hidden_code": (CHECK_MESSAGE,),
    "contact_by_code": (CHECK_MESSAGE, FIND_HUMAN),
    "bind_merchant": (CALL_165,),
}
VERBS = {
    "lock_card": r"鎖|lock|freeze",
    "unlock_card": r"解|unlock",
    "refund_card": r"退|refund",
    "report_message": r"檢舉|通報|舉報|report",
    "report_account": r"檢舉|通報|舉報|report",
    "appeal_block": r"申訴|appeal",
}
VERDICT_FIRST = frozenset({"report_message", "report_account"})
# Who reports a message still gets that answer, below the emergency line that the gateway adds.
ANSWERED_BESIDE_LOSS = frozenset({"report_message"})


async def _say_so(_services: Services, turn: Turn, _told: Told) -> Outcome:
    return Outcome(says(f"utter_not_connected_{turn.intent}", buttons=BUTTONS[turn.intent]))


NOT_CONNECTED = tuple(
    Goal(
        name,
        _say_so,
        verb=VERBS.get(name, ""),
        loss_first=name not in ANSWERED_BESIDE_LOSS,
        verdict_first=name in VERDICT_FIRST,
    )
    for name in BUTTONS
)
