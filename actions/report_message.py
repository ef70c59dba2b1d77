"""Report a message, number, LINE ID, advertisement or account: which one, and one card that says what is sent."""

from collections.abc import Mapping
from typing import Any

from actions.contents import (
    AD,
    CHAT,
    contents_meant,
    find_contacts,
    find_medium,
    find_story,
    story_meant,
    take_contents,
)
from actions.details import find_sender
from actions.filing import CHECK, LOST, Subject, consent, file_reports, look_up_165
from actions.goal import Confirm, Field, Goal, Heard, Seen, Told, Values, first, says_yes
from actions.outcome import Outcome
from actions.report_site import REPORT, SEND, known_facts, line
from actions.services import Services
from actions.shown import shown
from actions.sites import find_imitated, imitated_meant
from actions.turn import Turn
from lianfang.replies import ALREADY_SCAMMED, CALL_165, CHECK_MESSAGE, Json, goal_button
from lianfang.text.chats import TELEGRAM, chat_in_words
from services.reports.client import Kind

KINDS: Mapping[str, Kind] = {"phone": "phone", "line_id": "line_id", "account": "account"}


def _find_sender(heard: Heard) -> Values:
    sender = find_sender(heard.text)
    return (sender,) if sender else ()


def _what(ask: str) -> Field:
    return Field(
        "what",
        ask,
        why="utter_why_report",
        given=contents_meant,
        find=find_contacts,
        take=take_contents,
        takes_anywhere=True,
        many=True,
        takes_pasted=True,
    )


FACTS = (
    Field("medium", find=find_medium, required=False),
    Field("sender", find=_find_sender, required=False),
    Field("brand", given=imitated_meant, find=find_imitated, required=False),
    Field("story", given=story_meant, find=find_story, required=False),
    LOST,
    CHECK,
)


def _subjects(told: Told) -> list[Subject]:
    """Each with the sentence that names it; a message tells itself."""
    story = first(told, "story") or ""
    named, medium = find_contacts(Heard(story)), first(told, "medium")
    return [_subject(value, medium, story if value in named else None) for value in told.get("what", ())]


def _subject(value: str, medium: str | None, story: str | None) -> Subject:
    """A message is an advertisement when it was called so; what Telegram calls people by is no LINE ID."""
    kind, _, text = value.partition(":")
    if kind == CHAT:
        return Subject("chat", chat_in_words(text), story)
    if kind == "line_id" and medium == TELEGRAM:
        return Subject("chat", chat_in_words(f"{TELEGRAM}:{text.lstrip('@')}"), story)
    return Subject(KINDS.get(kind, "ad" if medium == AD else "sms"), text, story)


def _show(told: Told, seen: Seen) -> Mapping[str, Any]:
    subjects = _subjects(told)
    what = [part for one in subjects for part in line(f"utter_report_line_{one.kind}", shown(one.text))]
    stories = tuple(one.story for one in subjects if one.story)
    sender = line("utter_report_line_sender", first(told, "sender"))
    details = [*what, *sender, *known_facts({**told, "story": stories[:1]})]
    return {"details": details, "consent": consent(seen)}


async def _report(services: Services, turn: Turn, told: Told) -> Outcome:
    return await file_reports(services, turn, told, _subjects(told))


def _goal(name: str, ask: str, *left: Json, loss_first: bool) -> Goal:
    return Goal(
        name,
        _report,
        fields=(_what(ask), *FACTS),
        verb=REPORT,
        look=look_up_165,
        confirm=Confirm(
            "utter_report_confirm",
            again="utter_report_not_yet",
            yes=says_yes("btn.report_send"),
            no=goal_button("btn.not_this_one", "correct"),
            words=SEND,
            corrects="what",
        ),
        show=_show,
        not_done="utter_report_not_sent",
        left=(*left, CALL_165),
        loss_first=loss_first,
        verdict_first=True,
    )


# Who reports a message still gets that answer, below the emergency line that the gateway adds.
REPORT_MESSAGE = _goal("report_message", "utter_ask_contents", CHECK_MESSAGE, loss_first=False)
REPORT_ACCOUNT = _goal("report_account", "utter_ask_account", ALREADY_SCAMMED, loss_first=True)
