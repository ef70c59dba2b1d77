"""Files what a person reports, each thing on its own, and tells the number that is saved by then."""

from asyncio import gather
from collections.abc import Sequence
from dataclasses import dataclass

from actions.filed_words import filed_reply, not_filed_reply
from actions.goal import Field, Heard, Looked, Seen, Told, Values, first
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import Json
from lianfang.text.distress import find_distress
from lianfang.text.find import find_all
from services.reports.client import Filed, Kind

MOST_LOST = 10**9
FAILED = "utter_report_failed"
STATUS, UNKNOWN = "status", "unknown"
REFUSED = {"subject_unreadable": "utter_report_unreadable", "too_many_reports": "utter_report_too_many"}


@dataclass(frozen=True)
class Subject:
    """One thing that is reported, as `ReportsClient.report` takes it, with what was told about just this."""

    kind: Kind
    text: str
    story: str | None = None


def find_lost(heard: Heard) -> Values:
    """TWD that somebody says to have lost."""
    if not find_distress(heard.text).loss:
        return ()
    sums = [found.value for found in find_all(heard.text) if found.kind == "amount"]
    return tuple(value for value in sums if value.isdigit() and int(value) <= MOST_LOST)[:1]


CHECK = Field("check", required=False)  # told by the button below a verdict
LOST = Field("lost", find=find_lost, required=False)


async def look_up_165(services: Services, _turn: Turn, _told: Told) -> Looked:
    """What 165 is to us decides what the person agrees to; if that cannot be learned, nothing is claimed."""
    try:
        return Looked({STATUS: await services.reports.hotline()})
    except (ServiceUnavailable, ServiceRefused):
        return Looked()


def consent(seen: Seen) -> Json:
    """What sending it means, as the card says it."""
    return {"key": f"utter_report_consent_{seen.get(STATUS, UNKNOWN)}"}


async def file_reports(services: Services, turn: Turn, told: Told, subjects: Sequence[Subject]) -> Outcome:
    """What could not be filed is said too."""
    answers = await gather(*(_try(services, turn, told, subject) for subject in subjects))
    faults = [answer for answer in answers if isinstance(answer, str)]
    filed = [
        (subject.text, answer)
        for subject, answer in zip(subjects, answers, strict=True)
        if not isinstance(answer, str)
    ]
    fault = next(iter(faults), "")
    return Outcome(filed_reply(filed, fault) if filed else not_filed_reply(fault))


async def _try(services: Services, turn: Turn, told: Told, subject: Subject) -> Filed | str:
    """The report that was saved, or the key of why it was not."""
    try:
        return await _file(services, turn, told, subject)
    except ServiceRefused as refused:
        return REFUSED.get(refused.code, FAILED)
    except ServiceUnavailable:
        return FAILED


async def _file(services: Services, turn: Turn, told: Told, subject: Subject) -> Filed:
    lost = first(told, "lost")
    return await services.reports.report(
        turn.person or "",
        kind=subject.kind,
        subject=subject.text,
        event=turn.event,
        channel=turn.channel or None,
        brand=first(told, "brand"),
        found=first(told, "found"),
        money_lost=int(lost) if lost else None,
        check=first(told, "check"),
        text=subject.story,
        sender=first(told, "sender"),
    )
