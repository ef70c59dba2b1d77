"""Appeal against a verdict, a listing or a block: which, why, one card, then a number and its clock."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from actions.appealed import (
    KINDS,
    LONGEST,
    appealed,
    appealed_shown,
    is_clear,
    names_something,
    subject_meant,
    take_kind,
    take_subject,
)
from actions.filed_words import STATUS
from actions.goal import Confirm, Field, Goal, Heard, Seen, Told, Values, first, says_yes
from actions.outcome import Outcome
from actions.saying import asks_back
from actions.services import Services
from actions.shown import shown
from actions.sites import means_the_last
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.clock import TAIPEI
from lianfang.replies import CALL_165, Json, Reply, Say, goal_button, says
from lianfang.text.normalise import normalise, to_traditional
from services.reports.client import About, Appealed

SHORTEST_REASON = 4
ABOUTS: tuple[About, ...] = ("verdict", "listing", "block")
REFUSED = {"subject_unreadable": "utter_appeal_unreadable", "too_many_reports": "utter_report_too_many"}
_NO_ANSWER = frozenset({"affirm", "cancel"})
# The first that applies: a site that cannot be opened is blocked, whatever list that follows from.
_ABOUT = (
    (
        "block",
        r"打不開|連不上|被(?:你們)?[封擋攔]|誤[封攔]|封[網站鎖我]|[解阻][封斷]|停止解析|恢復解析|攔截頁|警告頁|rpz|\b(?:un)?block",
    ),
    ("listing", r"名單|列[為成入]|被列|標[成示]|警示|誤列|標籤|\b(?:listed|flagged|tagged|blacklist)"),
    ("verdict", r"判斷|誤判|判錯|你們?說|說是詐騙|說我|\b(?:verdict|you (?:say|said)|your answer)\b"),
)
_ABOUT_PATTERNS = tuple((about, re.compile(pattern, re.IGNORECASE)) for about, pattern in _ABOUT)
_REASON = re.compile(
    r"合法|正常|登記|統編|營登|我們是|這是|其實|因為|沒有?(?:詐騙|騙)|不是詐騙|無辜|清白|惡意|亂檢舉|換號|前一個主人|盜用"
    r"|\b(?:because|legit\w*|registered|we are|we're|it is my|it's my|not a scam|mistake|genuine)\b",
    re.IGNORECASE,
)


def _about_meant(heard: Heard) -> Values:
    is_verdict = bool(heard.entities.get("check")) and means_the_last(heard)
    return ("verdict",) if is_verdict else find_about(heard)


def find_about(heard: Heard) -> Values:
    plain = to_traditional(normalise(heard.text))
    return next(((about,) for about, pattern in _ABOUT_PATTERNS if pattern.search(plain)), ())


def find_reason(heard: Heard) -> Values:
    """A first sentence that already says why."""
    says_why = _REASON.search(to_traditional(normalise(heard.text)))
    return (heard.text[:LONGEST],) if says_why and not asks_back(heard.text) else ()


def take_reason(heard: Heard) -> Values:
    text = heard.text.strip()
    is_none = heard.intent in _NO_ANSWER or len(text) < SHORTEST_REASON or asks_back(text)
    return () if is_none else (text[:LONGEST],)


SUBJECT = Field(
    "subject",
    "utter_ask_appealed",
    given=subject_meant,
    take=take_subject,
    takes_anywhere=True,
    takes_pasted=True,
)
NAMED = Field(
    "named",
    "utter_ask_appealed_named",
    take=take_subject,
    required=False,
    needless=names_something,
    takes_anywhere=True,
    takes_pasted=True,
)
NUMBER_IS = Field(
    "number_is",
    "utter_ask_number_is",
    take=take_kind,
    needless=is_clear,
    lacking="utter_appeal_which_number",
    choices=tuple((kind, f"btn.is_{kind}") for kind in KINDS),
)
ABOUT = Field(
    "about",
    "utter_ask_about",
    given=_about_meant,
    take=find_about,
    required=False,
    choices=tuple((about, f"btn.about_{about}") for about in ABOUTS),
)
REASON = Field(
    "reason",
    "utter_ask_reason",
    find=find_reason,
    take=take_reason,
    takes_anywhere=True,
    takes_own_words=True,
)
CHECK = Field("check", required=False)


def _about(told: Told) -> About:
    """Who cannot say which objects to what we said."""
    return next((one for one in ABOUTS if one == first(told, "about")), "verdict")


def _show(told: Told, _seen: Seen) -> Mapping[str, Any]:
    return {
        "what": appealed_shown(told),
        "about": {"key": f"btn.about_{_about(told)}"},
        "reason": shown(first(told, "reason") or ""),
    }


async def _appeal(services: Services, turn: Turn, told: Told) -> Outcome:
    about, (subject, kind) = _about(told), appealed(told)
    try:
        answer = await services.reports.appeal(
            turn.person or "",
            about=about,
            subject=subject,
            kind=kind,
            why=first(told, "reason") or "",
            event=turn.event,
            channel=turn.channel or None,
            check=first(told, "check"),
        )
    except ServiceRefused as refused:
        return Outcome(says(REFUSED.get(refused.code, "utter_appeal_failed"), buttons=[CALL_165]))
    except ServiceUnavailable:
        return Outcome(says("utter_appeal_failed", buttons=[CALL_165]))
    return Outcome(_reply(answer, _whose(answer, about, told)))


def _whose(answer: Appealed, about: About, told: Told) -> str:
    """What was not named was not looked up either: of that no list is spoken of."""
    if answer.found:
        return "ours"
    if not names_something(told, {}):
        return "unnamed"
    return "verdict" if about == "verdict" else "elsewhere"


def _reply(appealed: Appealed, whose: str) -> Reply:
    """Number and clock, then whose list it is: what others listed or blocked, only they can lift."""
    say = [Say("utter_appeal_filed", {"number": appealed.number})]
    if appealed.due_at:
        say.append(Say("utter_appeal_due", {"due": _minute(appealed.due_at)}))
    say.append(Say(f"utter_appeal_{whose}", {"phone": appealed.way.phone, "url": appealed.way.url}))
    case = {"number": appealed.number, "state": appealed.state}
    return Reply(say, _buttons(appealed.number), {"kind": "case", "cases": [case]})


def _buttons(number: str) -> list[Json]:
    return [
        goal_button("btn.add_evidence", "add_evidence", case_id=number),
        goal_button("btn.act_withdraw", "case_act", case_id=number, act="withdraw"),
        STATUS,
        CALL_165,
    ]


def _minute(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(TAIPEI):%m/%d %H:%M}"


APPEAL_BLOCK = Goal(
    "appeal_block",
    _appeal,
    fields=(SUBJECT, NAMED, NUMBER_IS, ABOUT, REASON, CHECK),
    verb=r"申訴|申復|appeal",
    confirm=Confirm(
        "utter_appeal_confirm",
        again="utter_appeal_not_yet",
        yes=says_yes("btn.appeal_send"),
        no=goal_button("btn.not_this_one", "correct"),
        words=r"(?:提出|送出)(?:申訴)?|申訴|file it|send it|appeal(?: it)?|go ahead",
        corrects="subject",
    ),
    show=_show,
    not_done="utter_appeal_not_filed",
    left=(CALL_165,),
)
