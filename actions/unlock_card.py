"""Take back an own lock: which one, one yes, and what that means for the points."""

from collections.abc import Sequence

from actions.goal import Confirm, Goal, Told, says_yes
from actions.lock_words import outcome_reply
from actions.outcome import Outcome
from actions.own_locks import CASES, act_on, looks_at_own, show_cases
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import CALL_165, Reply, goal_button, says
from services.locks.client import CardCase

OBJECT = goal_button("btn.object_card", "object_card")


def _none_locked(_locks: Sequence[CardCase]) -> Reply:
    return says("utter_unlock_none", buttons=[OBJECT, CALL_165])


async def _release(services: Services, turn: Turn, told: Told) -> Outcome:
    released = await act_on(
        told["case_id"],
        lambda number: services.locks.release(turn.person or "", number, event=turn.event),
    )
    return released if isinstance(released, Outcome) else Outcome(outcome_reply(released))


UNLOCK_CARD = Goal(
    "unlock_card",
    _release,
    fields=(CASES,),
    verb=r"解|unlock|release",
    look=looks_at_own({"locked", "confirmed", "requested", "asked", "waiting", "objected"}, _none_locked),
    confirm=Confirm(
        "utter_unlock_confirm",
        again="utter_unlock_not_yet",
        yes=says_yes("btn.unlock_now"),
        no=goal_button("btn.keep_locked", "cancel"),
        words=r"解(?:除|鎖|開)?吧?|撤回|(?:unlock|release)(?: (?:it|them))?",
        corrects="case_id",
    ),
    show=show_cases,
    not_done="utter_unlock_not_done",
    stuck="",
    left=(CALL_165,),
    loss_first=False,
)
