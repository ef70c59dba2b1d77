"""One more fact about the last message (sender, last three digits, app), and the verdict that follows."""

from collections.abc import Callable, Container
from dataclasses import replace

from actions.checking import remembered
from actions.details import (
    APPS,
    find_app,
    find_receiver_last3,
    find_sender,
    read_app,
    read_receiver_last3,
    read_sender,
)
from actions.goal import Field, Goal, Heard, Reader, Told, Values, first
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, CHECK_MESSAGE, FIND_HUMAN, says
from lianfang.verdicts import ASK_GOALS, verdict_reply

NO_ANSWER = Outcome(says("utter_check_unavailable", buttons=[CALL_165]))
GONE = Outcome(says("utter_check_gone"))
LAST_DIGITS = 3
LONGEST = 60  # characters; who tells more tells something else


def _reading(read: Callable[[str], str | None], *, but: Container[str] = ("affirm",)) -> Reader:
    """A reader of texts as a reader of what was heard; a mere yes tells nothing."""

    def values(heard: Heard) -> Values:
        value = None if heard.intent in but else read(heard.text)
        return (value,) if value else ()

    return values


def _last_check(heard: Heard) -> Values:
    return heard.about.get("check", ())


CHECK = Field("check", given=_last_check, lacking="utter_check_gone")
SENDER = Field(
    "sender",
    "utter_ask_sender",
    why="utter_why_sender",
    find=_reading(find_sender),
    take=_reading(read_sender, but=("affirm", "deny")),
)
RECEIVER_LAST3 = Field(
    "receiver_last3",
    "utter_ask_receiver_last3",
    why="utter_why_receiver_last3",
    find=_reading(find_receiver_last3),
    take=_reading(read_receiver_last3),
)
APP = Field(
    "app",
    "utter_ask_app",
    why="utter_why_app",
    find=_reading(find_app),
    take=_reading(read_app),
    choices=tuple((app, f"btn.app_{app}") for app in APPS),
)
DETAILS = (SENDER, RECEIVER_LAST3, APP)


async def check_again(services: Services, turn: Turn, told: Told) -> Outcome:
    """The verdict with these facts; says whether it changed when it replaces the one last shown."""
    check = first(told, "check") or ""
    before = turn.slot("verdict") if turn.slot("check") == check else None
    facts = {one.name: first(told, one.name) for one in DETAILS}
    if not turn.person:
        return GONE
    try:
        answer = await services.registry.again(check, **facts, person=turn.person, event=turn.event)
    except ServiceRefused as refused:
        return GONE if refused.status in {404, 410} else NO_ANSWER
    except ServiceUnavailable:
        return NO_ANSWER
    return Outcome(verdict_reply(answer, before), remembered(answer))


def _tell(asked: Field) -> Goal:
    """One is asked for; the others count too when they are told along with it."""
    others = tuple(replace(one, ask="", required=False) for one in DETAILS if one != asked)
    return Goal(
        ASK_GOALS[asked.name],
        check_again,
        fields=(CHECK, asked, *others),
        not_done="utter_detail_ended",
        stuck="",
        left=(CHECK_MESSAGE, FIND_HUMAN),
        carries=("check",),
        loss_first=False,
    )


TELL_SENDER, TELL_LAST3, TELL_APP = (_tell(asked) for asked in DETAILS)


def told_of_last_check(turn: Turn) -> Told | None:
    """Facts that the last check asked for, told without a button: 寄件人是 111, or just three digits."""
    wanted = turn.slot("asks") or []
    if turn.is_tap or not turn.slot("check") or len(turn.text) > LONGEST:
        return None
    heard = Heard(turn.text, turn.intent)
    told = {one.name: values for one in DETAILS if one.name in wanted and (values := one.find(heard))}
    if RECEIVER_LAST3.name in wanted and len(turn.text.strip()) == LAST_DIGITS:
        told |= {RECEIVER_LAST3.name: values} if (values := RECEIVER_LAST3.take(heard)) else {}
    return {CHECK.name: (turn.slot("check"),), **told} if told else None
