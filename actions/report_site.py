"""Report a website: its address, at most one question, and one card that says what is sent and to whom."""

from collections.abc import Mapping
from typing import Any

from actions.contents import find_story, story_meant
from actions.filing import CHECK, LOST, Subject, consent, file_reports, look_up_165
from actions.goal import Confirm, Field, Goal, Looked, Seen, Told, first, says_yes
from actions.outcome import Outcome
from actions.services import Services
from actions.shown import shown
from actions.sites import (
    PLACES,
    address_meant,
    find_addresses,
    find_imitated,
    find_place,
    imitated_meant,
    take_imitated,
    take_place,
)
from actions.turn import Turn
from lianfang.replies import CALL_165, CHECK_MESSAGE, Json, Say, goal_button
from lianfang.text.defang import defang

LONGEST_SHOWN = 100
REPORT = r"檢舉|通報|舉報|送出|report"
SEND = r"送出?(?:檢舉)?|(?:這樣)?就好|就這樣(?:吧)?|檢舉(?:吧|它)?|that'?s (?:it|right)|go ahead|do it|(?:send|report) it"
ASKED = "asked"  # whether the one question of this report went to its address


async def look_first(services: Services, turn: Turn, told: Told) -> Looked:
    """Who has to be asked for the address is asked for nothing else."""
    known = await look_up_165(services, turn, told)
    return Looked({**known.seen, ASKED: not told.get("address")})


def _was_asked(_told: Told, seen: Seen) -> bool:
    return bool(seen.get(ASKED))


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
    "brand",
    "utter_ask_brand",
    why="utter_why_report",
    given=imitated_meant,
    find=find_imitated,
    take=take_imitated,
    required=False,
    needless=_was_asked,
)
FOUND = Field(
    "found",
    find=find_place,
    take=take_place,
    required=False,
    choices=tuple((place, f"btn.found_{place}") for place in PLACES),
)
STORY = Field("story", given=story_meant, find=find_story, required=False)


def line(key: str, value: Any) -> list[Json]:
    """One fact of a card, none when it is not known."""
    return [Say(key, {"value": value}).as_json()] if value else []


def known_facts(told: Told) -> list[Json]:
    """What every report may tell beside its subject."""
    brand, lost, story = first(told, "brand"), first(told, "lost"), first(told, "story")
    return [
        *line("utter_report_line_brand", defang(brand) if brand else None),
        *line("utter_report_line_lost", f"{int(lost):,}" if lost else None),
        *line("utter_report_line_story", shown(story) if story else None),
    ]


def _show(told: Told, seen: Seen) -> Mapping[str, Any]:
    addresses = "、".join(defang(address)[:LONGEST_SHOWN] for address in told.get("address", ()))
    found = first(told, "found")
    place = {"key": f"btn.found_{found}"} if found else None
    return {
        "details": [
            *line("utter_report_line_address", addresses),
            *line("utter_report_line_found", place),
            *known_facts(told),
        ],
        "consent": consent(seen),
    }


async def _report(services: Services, turn: Turn, told: Told) -> Outcome:
    story = first(told, "story")
    return await file_reports(services, turn, told, [Subject("site", one, story) for one in told["address"]])


REPORT_SITE = Goal(
    "report_site",
    _report,
    fields=(ADDRESS, BRAND, FOUND, STORY, LOST, CHECK),
    verb=REPORT,
    look=look_first,
    confirm=Confirm(
        "utter_report_confirm",
        again="utter_report_not_yet",
        yes=says_yes("btn.report_send"),
        no=goal_button("btn.not_this_site", "correct"),
        words=SEND,
        corrects="address",
        also=("found",),
    ),
    show=_show,
    not_done="utter_report_not_sent",
    left=(CALL_165, CHECK_MESSAGE),
    loss_first=False,
    verdict_first=True,
)
