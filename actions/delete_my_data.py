"""Everything about a person is deleted after one confirming answer, and not before."""

from actions.goal import Confirm, Goal, Told, says_yes
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import Reply, Say, goal_button, says

TRY_AGAIN = goal_button("btn.delete_again", "delete_my_data")


async def _erase(services: Services, turn: Turn, _told: Told) -> Outcome:
    """Erase now; says it only after the service said it."""
    if not turn.person:
        return Outcome(says("utter_delete_failed", buttons=[TRY_AGAIN]))
    try:
        await services.people.erase(turn.person, event=turn.event)
    except (ServiceUnavailable, ServiceRefused):
        return Outcome(says("utter_delete_failed", buttons=[TRY_AGAIN]))
    forgotten = dict.fromkeys(("check", "verdict", "asks", "site", "checked", "imitated"))
    return Outcome(Reply([Say("utter_erased")], card={"kind": "erased"}), forgotten)


DELETE_MY_DATA = Goal(
    "delete_my_data",
    _erase,
    verb=r"刪|delete|erase",
    confirm=Confirm(
        "utter_delete_confirm",
        again="utter_delete_not_yet",
        yes=says_yes("btn.confirm_delete"),
        no=goal_button("btn.keep_data", "cancel"),
        words=(
            r"(?:確定|確認|要)?(?:全部|都)?刪(?:除|掉|吧)?|(?:確定|確認|要)?刪除(?:我的?|全部|所有)?(?:的)?資料"
            r"|delete(?: (?:it|everything|my data))?(?:,? please)?"
        ),
    ),
    not_done="utter_delete_not_done",
    loss_first=False,
)
