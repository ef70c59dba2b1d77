"""Report a website: gathers what 165 will ask, and says that nothing is sent, as nothing is connected yet."""

from collections.abc import Mapping
from typing import Any

from actions.goal import Confirm, Field, Goal, Told, first
from actions.outcome import Outcome
from actions.services import Services
from actions.sites import (
    PLACES,
    address_meant,
    find_addresses,
    find_imitated,
    find_place,
    take_imitated,
    take_place,
)
from actions.turn import Turn
from lianfang.replies import CALL_165, CHECK_MESSAGE, Reply, Say, goal_button
from lianfang.text.defang import defang

LONGEST_SHOWN = 100
REPORT = r"檢舉|通報|舉報|送出|report"
NOT_KNOWN = {"key": "utter_not_known"}

ADDRESS = Field(
    "address",
    "utter_ask_address",
    why="utter_why_report",
    given=address_meant,
    find=find_addresses,
    take=find_addresses,
    many=True,
    takes_pasted=True,
)
BRAND = Field(
    "brand", "utter_ask_brand", why="utter_why_report", find=find_imitated, take=take_imitated, required=False
)
FOUND = Field(
    "found",
    "utter_ask_found",
    why="utter_why_report",
    find=find_place,
    take=take_place,
    required=False,
    choices=tuple((place, f"btn.found_{place}") for place in PLACES),
)


def _show(told: Told) -> Mapping[str, Any]:
    addresses = [defang(address)[:LONGEST_SHOWN] for address in told.get("address", ())]
    brand, found = first(told, "brand"), first(told, "found")
    return {
        "address": "、".join(addresses),
        "brand": defang(brand) if brand else NOT_KNOWN,
        "found": {"key": f"btn.found_{found}"} if found else NOT_KNOWN,
    }


async def _sum_up(_services: Services, _turn: Turn, told: Told) -> Outcome:
    say = [Say("utter_report_site_summary", _show(told)), Say("utter_not_connected_report_site")]
    return Outcome(Reply(say, [CALL_165, CHECK_MESSAGE], {"kind": "report", "sent": False}))


REPORT_SITE = Goal(
    "report_site",
    _sum_up,
    fields=(ADDRESS, BRAND, FOUND),
    verb=REPORT,
    confirm=Confirm(
        "utter_report_site_confirm",
        again="utter_report_site_not_yet",
        yes="btn.report_right",
        no=goal_button("btn.not_this_site", "correct"),
        words=r"送出?|整理|(?:這樣)?就好|就這樣(?:吧)?|檢舉(?:吧|它)?|that'?s (?:it|right)|go ahead|do it|report it",
        corrects="address",
    ),
    show=_show,
    opening="utter_report_site_opening",
    not_done="utter_report_not_sent",
    left=(CALL_165, CHECK_MESSAGE),
    loss_first=False,
    verdict_first=True,
)
