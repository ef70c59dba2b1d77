"""Money or secrets are already gone: whom to call now, before anything is asked."""

from actions.emergency import emergency_for
from actions.goal import Field, Goal, Told
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn

LOST = Field("lost", required=False)  # told by a tap or by the words themselves, never asked for


async def _say_whom_to_call(_services: Services, turn: Turn, _told: Told) -> Outcome:
    return Outcome(emergency_for(turn))


ALREADY_SCAMMED = Goal("already_scammed", _say_whom_to_call, fields=(LOST,))
