"""Goals whose services do not exist yet: an honest sentence and the way that works today."""

from actions.goal import Goal, Told
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import CALL_165, CHECK_MESSAGE, FIND_HUMAN, Json, says

BUTTONS: dict[str, tuple[Json, ...]] = {
    "query_payment": (CALL_165,),
    "create_hidden_code": (CHECK_MESSAGE,),
    "contact_by_code": (CHECK_MESSAGE, FIND_HUMAN),
}


async def _say_so(_services: Services, turn: Turn, _told: Told) -> Outcome:
    return Outcome(says(f"utter_not_connected_{turn.intent}", buttons=BUTTONS[turn.intent]))


NOT_CONNECTED = tuple(Goal(name, _say_so) for name in BUTTONS)
