"""The table of all goals. A new one is declared in a module of its own and named here; the machine stays as it is."""

from actions.already_scammed import ALREADY_SCAMMED
from actions.change_language import CHANGE_LANGUAGE
from actions.check_message import CHECK_MESSAGE, FORWARD_MESSAGE
from actions.delete_my_data import DELETE_MY_DATA
from actions.goal import Goal
from actions.not_connected import NOT_CONNECTED
from actions.report_site import REPORT_SITE
from actions.tell_detail import TELL_APP, TELL_LAST3, TELL_SENDER

GOALS: dict[str, Goal] = {
    goal.name: goal
    for goal in (
        ALREADY_SCAMMED,
        CHANGE_LANGUAGE,
        CHECK_MESSAGE,
        DELETE_MY_DATA,
        FORWARD_MESSAGE,
        REPORT_SITE,
        TELL_APP,
        TELL_LAST3,
        TELL_SENDER,
        *NOT_CONNECTED,
    )
}
