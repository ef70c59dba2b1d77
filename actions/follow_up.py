"""What can be done with a case that is open: add something to it, withdraw it, say that one was wrong, object."""

from dataclasses import replace

from actions.beginning import begin
from actions.case_words import ACTS, case_reply
from actions.confirm_lock import CONFIRM_LOCK, CONFIRMABLE
from actions.goal import Confirm, Field, Goal, Heard, Seen, Told, Values, first, says_yes
from actions.outcome import Outcome
from actions.own_locks import NO_ANSWER, own_locks, refused_reply
from actions.plain_wishes import brings_receipt
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, Json, Reply, goal_button, says

STATUS = goal_button("btn.case_status", "case_status")
NOT_OPEN = Outcome(says("utter_act_not_open", buttons=[STATUS, CALL_165]))
LONGEST = 2000


def _as_written(heard: Heard) -> Values:
    return (heard.text[:LONGEST],) if heard.text.strip() else ()


CASE = Field("case_id", many=True, lacking="utter_which_case_lacking")  # told by a button
EVIDENCE = Field(
    "evidence",
    "utter_ask_evidence",
    take=_as_written,
    takes_pasted=True,
    takes_own_words=True,
    keeps_loss=True,
)
ACT = Field("act", lacking="utter_which_case_lacking")


async def _add(services: Services, turn: Turn, told: Told) -> Outcome:
    try:
        for number in told["case_id"]:
            await services.cases.add_evidence(
                turn.person or "", number, first(told, "evidence") or "", event=turn.event
            )
    except ServiceRefused as refused:
        kept = refused_reply(refused)
    except ServiceUnavailable:
        return NO_ANSWER
    else:
        kept = says("utter_evidence_added", buttons=[STATUS, CALL_165])
    return await _confirmed_by(services, turn, told["case_id"], kept) or Outcome(kept)


async def _confirmed_by(services: Services, turn: Turn, numbers: Values, kept: Reply) -> Outcome | None:
    """A receipt that is told as evidence confirms the own lock, or begins to; None when it is none."""
    if not brings_receipt(turn.text):
        return None
    locks = await own_locks(services, turn) or []
    meant = tuple(one.number for one in locks if one.number in numbers and one.words in CONFIRMABLE)
    if not meant:
        return None
    outcome = await begin(services, turn, CONFIRM_LOCK, {"case_id": meant})
    return outcome if outcome.reply else replace(outcome, reply=Reply(kept.say))


async def _act(services: Services, turn: Turn, told: Told) -> Outcome:
    act = next((one for one in ACTS if one == first(told, "act")), None)
    if act is None:
        return NOT_OPEN
    try:
        case = await services.cases.act(turn.person or "", told["case_id"][0], act, event=turn.event)
    except ServiceRefused as refused:
        return NOT_OPEN if refused.code == "act_not_open" else Outcome(refused_reply(refused))
    except ServiceUnavailable:
        return NO_ANSWER
    return Outcome(case_reply(case))


def _show(told: Told, _seen: Seen) -> Json:
    return {"number": first(told, "case_id"), "act": {"key": f"utter_act_{first(told, 'act')}"}}


ADD_EVIDENCE = Goal(
    "add_evidence",
    _add,
    fields=(CASE, EVIDENCE),
    not_done="utter_evidence_not_added",
    stuck="",
    left=(STATUS,),
    loss_first=False,
)
CASE_ACT = Goal(
    "case_act",
    _act,
    fields=(CASE, ACT),
    confirm=Confirm(
        "utter_act_confirm",
        again="utter_act_not_yet",
        yes=says_yes("btn.act_now"),
        no=goal_button("btn.act_not_now", "cancel"),
    ),
    show=_show,
    not_done="utter_act_not_done",
    stuck="",
    left=(STATUS,),
    loss_first=False,
)
