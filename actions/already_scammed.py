"""Money or secrets are already gone: whom to call now, before anything else."""

from actions.answering import Answering
from actions.emergency import emergency_for
from actions.outcome import Outcome
from actions.turn import Turn


class ActionAlreadyScammed(Answering):
    """The emergency card."""

    NAME = "action_already_scammed"

    async def answer(self, turn: Turn) -> Outcome:
        return Outcome(emergency_for(turn))
