"""The table of all goals. A new one is declared in a module of its own and named here; the machine stays as it is."""

from actions.add_contact import ADD_CONTACT
from actions.already_scammed import ALREADY_SCAMMED
from actions.appeal_block import APPEAL_BLOCK
from actions.bind_merchant import BIND_MERCHANT
from actions.case_status import CASE_STATUS
from actions.change_language import CHANGE_LANGUAGE
from actions.check_message import CHECK_MESSAGE, FORWARD_MESSAGE
from actions.confirm_lock import CONFIRM_LOCK
from actions.delete_my_data import DELETE_MY_DATA
from actions.follow_up import ADD_EVIDENCE, CASE_ACT
from actions.goal import Goal
from actions.lock_card import LOCK_CARD
from actions.not_connected import NOT_CONNECTED
from actions.object_card import OBJECT_CARD
from actions.refund_card import REFUND_CARD
from actions.report_message import REPORT_ACCOUNT, REPORT_MESSAGE
from actions.report_site import REPORT_SITE
from actions.tell_detail import TELL_APP, TELL_LAST3, TELL_SENDER
from actions.unlock_card import UNLOCK_CARD

GOALS: dict[str, Goal] = {
    goal.name: goal
    for goal in (
        ADD_CONTACT,
        ADD_EVIDENCE,
        ALREADY_SCAMMED,
        APPEAL_BLOCK,
        BIND_MERCHANT,
        CASE_ACT,
        CASE_STATUS,
        CHANGE_LANGUAGE,
        CHECK_MESSAGE,
        CONFIRM_LOCK,
        DELETE_MY_DATA,
        FORWARD_MESSAGE,
        LOCK_CARD,
        OBJECT_CARD,
        REFUND_CARD,
        REPORT_ACCOUNT,
        REPORT_MESSAGE,
        REPORT_SITE,
        TELL_APP,
        TELL_LAST3,
        TELL_SENDER,
        UNLOCK_CARD,
        *NOT_CONNECTED,
    )
}
