"""Everything about a person is deleted after one confirming answer, and not before."""

from actions.answering import Answering
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import Reply, Say, goal_button, says

CONFIRMS = "delete_my_data"
CONFIRM = goal_button("btn.confirm_delete", "confirm_delete")
KEEP = goal_button("btn.keep_data", "cancel")
TRY_AGAIN = goal_button("btn.delete_again", "delete_my_data")


class ActionDeleteMyData(Answering):
    """Says what would be deleted and asks."""

    NAME = "action_delete_my_data"

    async def answer(self, _turn: Turn) -> Outcome:
        card = {"kind": "choice", "confirms": CONFIRMS}
        return Outcome(Reply([Say("utter_delete_confirm")], [CONFIRM, KEEP], card))


class ActionConfirmDelete(Answering):
    """The tap on the confirming button; the gateway has bound it to its person and let it expire."""

    NAME = "action_confirm_delete"

    async def answer(self, turn: Turn) -> Outcome:
        if not turn.is_tap:
            return Outcome(says("utter_delete_ask_again", buttons=[TRY_AGAIN]))
        return await erase(self.services, turn)


async def erase(services: Services, turn: Turn) -> Outcome:
    """Erase now; says it only after the service said it."""
    if not turn.person:
        return Outcome(says("utter_delete_failed", buttons=[TRY_AGAIN]))
    try:
        await services.people.erase(turn.person, event=turn.event)
    except (ServiceUnavailable, ServiceRefused):
        return Outcome(says("utter_delete_failed", buttons=[TRY_AGAIN]))
    forgotten = {"check": None, "verdict": None, "asks": None}
    return Outcome(Reply([Say("utter_erased")], card={"kind": "erased"}), forgotten)
