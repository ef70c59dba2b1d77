"""How 165 may reach the reporter: name, phone or mail, only when asked to keep them, and only with the case."""

import re

from actions.filed_words import STATUS
from actions.follow_up import CASE
from actions.goal import Field, Goal, Heard, Told, Values
from actions.outcome import Outcome
from actions.own_locks import NO_ANSWER, NOT_FOUND
from actions.saying import asks_back, says_a_wish
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, goal_button, says
from lianfang.text.find import find_all
from lianfang.text.normalise import normalise
from services.reports.client import Contact

LONGEST_NAME = 40
_NO_NAME = frozenset({"affirm", "deny", "cancel"})
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LABEL = re.compile(
    r"(?:我(?:的)?)?(?:姓名|名字|電話|手機|信箱|電子郵件|聯絡方式|e-?mail|mail|name|phone|mobile)(?:是|為|:|\s)*"
    r"|我(?:叫做?|是)|\b(?:my|is|i'm|i am|and)\b",
    re.IGNORECASE,
)
_AROUND = " ,，、。;；:\n()"


def _ways(heard: Heard) -> Values:
    """`phone:…` and `mail:…` that stand in the text."""
    mails = [f"mail:{match[0]}" for match in _MAIL.finditer(normalise(heard.text))]
    phones = [f"phone:{one.value}" for one in find_all(heard.text) if one.kind == "phone"]
    return (*phones[:1], *mails[:1])


def take_contact(heard: Heard) -> Values:
    """The same, and what is left as the name."""
    ways, left = _ways(heard), _MAIL.sub(" ", normalise(heard.text))
    for one in reversed([one for one in find_all(left) if one.kind == "phone"]):
        left = left[: one.start] + " " + left[one.end :]
    name = " ".join(_LABEL.sub(" ", left).strip(_AROUND).split())
    no_name = heard.intent in _NO_NAME or asks_back(left) or says_a_wish(left) or any(map(str.isdigit, name))
    return ways if no_name or not 0 < len(name) <= LONGEST_NAME else (f"name:{name.strip(_AROUND)}", *ways)


CONTACT = Field(
    "contact",
    "utter_ask_contact",
    take=take_contact,
    many=True,
    buttons=(goal_button("btn.stop", "cancel"),),
    takes_pasted=True,
    takes_own_words=True,
)


async def _give(services: Services, turn: Turn, told: Told) -> Outcome:
    given = dict(value.split(":", 1) for value in told["contact"])
    contact = Contact(given.get("name"), given.get("phone"), given.get("mail"))
    try:
        await services.reports.give_contact(turn.person or "", told["case_id"][0], contact, event=turn.event)
    except ServiceRefused as refused:
        closed = Outcome(says("utter_act_not_open", buttons=[STATUS, CALL_165]))
        return closed if refused.code == "act_not_open" else Outcome(NOT_FOUND)
    except ServiceUnavailable:
        return NO_ANSWER
    return Outcome(says("utter_contact_added", buttons=[STATUS]))


ADD_CONTACT = Goal(
    "add_contact",
    _give,
    fields=(CASE, CONTACT),
    not_done="utter_contact_not_added",
    stuck="",
    left=(STATUS,),
    loss_first=False,
)
