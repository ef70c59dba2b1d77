"""How are my cases: the own ones by number, by "the last one" or as a list, and what can be done about each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.case_words import LOCK, case_reply, list_reply, opened
from actions.goal import Field, Goal, Heard, Told, Values, first
from actions.lock_words import LOCK_BUTTON, outcome_reply
from actions.outcome import Outcome
from actions.own_locks import NO_ANSWER, NOT_FOUND, find_numbers, own_locks
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, Reply, Say, says
from lianfang.text.normalise import normalise, to_traditional
from services.cases.client import Case
from services.locks.client import CardCase

LATEST = "latest"
TAKES_BACK = frozenset({"withdraw", "wrong"})
NO_CASES = says("utter_cases_none", buttons=[LOCK_BUTTON, CALL_165])
_LATEST = re.compile(
    r"最近|最後|最新|上一[個件次張]|上次|剛剛那?[個件張]?|\b(?:last|latest|newest|most recent)\b",
    re.IGNORECASE,
)


def _find(heard: Heard) -> Values:
    """A case by its number, or the latest."""
    is_latest = _LATEST.search(to_traditional(normalise(heard.text)))
    return find_numbers(heard) or ((LATEST,) if is_latest else ())


WHICH = Field("case_id", find=_find, required=False)


async def _show(services: Services, turn: Turn, told: Told) -> Outcome:
    wanted = first(told, "case_id")
    try:
        cases = await _own(services, turn, wanted)
    except (ServiceUnavailable, ServiceRefused):
        return NO_ANSWER
    if not cases:
        return Outcome(NO_CASES if wanted in {None, LATEST} else NOT_FOUND)
    if len(cases) > 1:
        return Outcome(list_reply(cases))
    return await _one(services, turn, cases[0])


async def show_what_can_go(services: Services, turn: Turn) -> Outcome | None:
    """The own cases that can be taken back, with the buttons for it; None when there is none."""
    try:
        cases = await _own(services, turn, None)
    except (ServiceUnavailable, ServiceRefused):
        return NO_ANSWER
    open_ones = [case for case in cases if not TAKES_BACK.isdisjoint(case.may)]
    if not open_ones:
        return None
    if len(open_ones) > 1:
        return _below("utter_take_back_which", Outcome(list_reply(open_ones)))
    return _below("utter_take_back_one", await _one(services, turn, open_ones[0]))


def _below(key: str, outcome: Outcome) -> Outcome:
    if outcome.reply is None:
        return outcome
    return replace(outcome, reply=replace(outcome.reply, say=[Say(key), *outcome.reply.say]))


async def _own(services: Services, turn: Turn, wanted: str | None) -> Sequence[Case]:
    """Foreign and unknown numbers alike find nothing."""
    if not turn.person:
        return ()
    if wanted is None or wanted == LATEST:
        cases = await services.cases.mine(turn.person)
        return cases if wanted is None else cases[:1]
    case = await services.cases.one(turn.person, wanted)
    return () if case is None else (case,)


async def _one(services: Services, turn: Turn, case: Case) -> Outcome:
    """A lock is told as it was when it was asked for; other cases by their state."""
    if case.lane != LOCK:
        return Outcome(case_reply(case))
    locks = await own_locks(services, turn)
    if locks is None:
        return NO_ANSWER
    mine = [one for one in locks if one.number == case.number]
    return Outcome(_lock_reply(case, mine) if mine else case_reply(case))


def _lock_reply(case: Case, locks: Sequence[CardCase]) -> Reply:
    reply = outcome_reply([replace(one, again=False) for one in locks], kind="case")
    return replace(reply, say=[Say("utter_case_opened", {"opened": opened(case)}), *reply.say])


CASE_STATUS = Goal("case_status", _show, fields=(WHICH,))
