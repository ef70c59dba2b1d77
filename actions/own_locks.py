"""A person's own locks as a goal looks them up: which one is meant, which can be tapped, what is said when none is."""

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from http import HTTPStatus

from actions.goal import Field, Heard, Looked, Option, Seen, Told, Values
from actions.lock_words import cards_of, outcome_reply
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, Json, Reply, Say, says
from lianfang.text.find import find_all
from lianfang.text.normalise import normalise, to_traditional
from services.locks.client import CardCase

MOST_SHOWN = 5
REFUSED = {"too_much_evidence": "utter_evidence_full", "act_not_open": "utter_act_not_open"}
NOT_FOUND = says("utter_case_not_found", buttons=[CALL_165])
NO_ANSWER = Outcome(says("utter_cases_unavailable", buttons=[CALL_165]))

_ALL = re.compile(r"全部|都要?|兩[張個]都|所有|\b(?:all|both)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"最近|最後|最新|上一[個張]|剛剛那[個張]|\b(?:last|latest|newest|most recent)\b", re.IGNORECASE
)
_PLACE = re.compile(
    r"第\s?(?P<zh>[一二三四五1-5])|\b(?P<en>first|second|third|fourth|fifth)\b", re.IGNORECASE
)
_PLACES = {
    **{sign: place for place, sign in enumerate("一二三四五")},
    **{str(place + 1): place for place in range(5)},
}
_PLACES |= {word: place for place, word in enumerate("first second third fourth fifth".split())}
_TAIL = re.compile(r"(?<![A-Z0-9])(?=[A-Z]*\d)[A-Z0-9]{4}(?![A-Z0-9])")
_NAMED_TAIL = re.compile(
    r"(?:尾號|末四碼|後四碼|尾碼|ending in|last four)\D{0,3}([A-Z0-9]{4})", re.IGNORECASE
)


async def own_locks(services: Services, turn: Turn) -> list[CardCase] | None:
    """Newest first; None when they cannot be learned now."""
    if not turn.person:
        return None
    try:
        return await services.locks.mine(turn.person)
    except (ServiceUnavailable, ServiceRefused):
        return None


def find_numbers(heard: Heard) -> Values:
    """Case numbers in their one form, however they were written."""
    return tuple(found.value for found in find_all(heard.text) if found.kind == "case_id")


def find_cases(heard: Heard) -> Values:
    """Those named by number, or by the tail of the card's serial."""
    tails = [match[1].upper() for match in _NAMED_TAIL.finditer(normalise(heard.text))]
    return find_numbers(heard) or _with_tails(heard.seen, tails)


def take_cases(heard: Heard) -> Values:
    """In the answer to "which": also by place, all of them, or the latest."""
    plain = to_traditional(normalise(heard.text))
    numbers = [row["number"] for row in heard.seen.get("cases", ())]
    place = _PLACE.search(plain)
    if place is not None:
        wanted = _PLACES[(place["zh"] or place["en"]).lower()]
        return tuple(numbers[wanted : wanted + 1])
    if _ALL.search(plain):
        return tuple(numbers)
    if _LATEST.search(plain):
        return tuple(numbers[:1])
    return _with_tails(heard.seen, _TAIL.findall(plain.upper()))


def _with_tails(seen: Seen, tails: Sequence[str]) -> Values:
    return tuple(row["number"] for row in seen.get("cases", ()) if row["last4"] in tails)


def _options(seen: Seen) -> tuple[Option, ...]:
    rows = seen.get("cases", ())
    return tuple(Option(row["number"], "btn.one_card", row) for row in rows) if len(rows) > 1 else ()


CASES = Field(
    "case_id", "utter_ask_case", find=find_cases, take=take_cases, many=True, options=_options, lacking=""
)


async def act_on(numbers: Values, act: Callable[[str], Awaitable[CardCase]]) -> list[CardCase] | Outcome:
    """The cases as they are after the act; an Outcome when it reached none of them."""
    done: list[CardCase] = []
    refusals: list[ServiceRefused] = []
    try:
        for number in numbers:
            answer = await _try(act, number)
            done += [answer] if isinstance(answer, CardCase) else []
            refusals += [answer] if isinstance(answer, ServiceRefused) else []
    except ServiceUnavailable:
        return done or NO_ANSWER
    return done or Outcome(refused_reply(*refusals))


async def _try(act: Callable[[str], Awaitable[CardCase]], number: str) -> CardCase | ServiceRefused:
    try:
        return await act(number)
    except ServiceRefused as refused:
        return refused


def refused_reply(*refusals: ServiceRefused) -> Reply:
    """Not found only where that is so: of foreign and unknown numbers alike."""
    others = [one.code for one in refusals if one.status != HTTPStatus.NOT_FOUND]
    if not others:
        return NOT_FOUND
    return says(REFUSED.get(others[0], "utter_act_refused"), buttons=[CALL_165])


def looks_at_own(
    words: Collection[str], none: Callable[[Sequence[CardCase]], Reply], *, at_once: int = 1
) -> Callable[[Services, Turn, Told], Awaitable[Looked | Outcome]]:
    """Look up the own locks that are in one of these ways; a number that is not among the own is not found.

    Up to `at_once` need no question which one is meant; of none that fits, `none` makes the answer.
    """

    async def look(services: Services, turn: Turn, told: Told) -> Looked | Outcome:
        locks = await own_locks(services, turn)
        if locks is None:
            return NO_ANSWER
        named = told.get("case_id", ())
        if not {one.number for one in locks}.issuperset(named):
            return Outcome(NOT_FOUND)
        meant = [one for one in locks if one.number in named] or locks
        fitting = [one for one in meant if one.words in words]
        if not fitting:
            return Outcome(outcome_reply(meant) if named else none(locks))
        rows = [_row(one) for one in fitting[:MOST_SHOWN]]
        only = tuple(one.number for one in fitting) if named or len(fitting) <= at_once else ()
        return Looked({"cases": rows}, {"case_id": only} if only else {})

    return look


def _row(case: CardCase) -> Json:
    """What its button and its line in a confirming card say."""
    return {
        "number": case.number,
        "issuer": case.issuer_zh,
        "issuer_en": case.issuer_en,
        "last4": case.last4 or "",
    }


def show_cases(told: Told, seen: Seen) -> Json:
    """One line for each case that is meant."""
    rows = [row for row in seen.get("cases", ()) if row["number"] in told.get("case_id", ())]
    return {"cases": [_line(row) for row in rows]}


def _line(row: Json) -> Json:
    cards = cards_of(row["issuer"], row["issuer_en"], [row["last4"]])
    return Say("utter_case_card_line", {"cards": cards, "number": row["number"]}).as_json()
