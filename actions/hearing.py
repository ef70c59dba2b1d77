"""What a message means to the goal that is open: an answer, a correction, a yes, or nothing of it. Pure."""

from dataclasses import replace

from actions.answers import ANSWERS, hear_answer, heard_in, the_other, told_in
from actions.content import is_somebody_elses, is_surely_pasted
from actions.goal import Field, Goal
from actions.info import general_question
from actions.learning import learn, readings, tapped
from actions.open_goal import CONFIRM, Open, Step, advance, ask_again_for, skip, stop, try_again
from actions.saying import (
    SHORT,
    asks_why,
    begins_with_no,
    denies,
    does_not_know,
    is_plain_yes,
    says_a_wish,
    says_not_this,
)
from actions.turn import Turn
from lianfang.text.distress import find_distress
from lianfang.text.find import find_all

SURE = 0.5  # below it, another goal that the words resemble is no reason to leave the one that is open
CONFIRM_WITHIN_SECONDS = 600
LONGEST_CHOICE = 12
SHORTEST_FOREIGN = 16  # below it, the marks of somebody else's message are chance


def hear(goal: Goal, known: Open, turn: Turn) -> Step | None:
    """The goal after this message, None when the message is not for it: then its own intent decides."""
    if known.person != turn.person:
        return None
    known = replace(known, note="")
    if turn.is_tap:
        return _hear_tap(goal, known, turn)
    if _is_for_another(goal, known, turn):
        return None
    if denies(turn.text, goal.verb):
        return stop(known, refused=True)
    return _hear_yes_or_no(goal, known, turn) if known.asked == CONFIRM else hear_answer(goal, known, turn)


def _hear_tap(goal: Goal, known: Open, turn: Turn) -> Step | None:
    """The buttons of this goal as it stands now; an old one has an action of its own."""
    told = turn.entities
    if turn.intent == goal.name and told.get("run") == (known.run,):
        return advance(goal, learn(goal, known, tapped(goal, told)))
    if turn.intent == "skip" and told.get("field") == (known.asked,):
        return skip(goal, known)
    if goal.confirm is None or known.asked != CONFIRM or turn.intent not in {"confirm", "correct"}:
        return None
    if told.get("seal") != (known.seal,):
        return Step(replace(known, tries=1))  # a card with other details: the present one is shown again
    if turn.intent == "confirm":
        return Step(known, done=True)
    return ask_again_for(goal, known, goal.confirm.corrects)


def _is_for_another(goal: Goal, known: Open, turn: Turn) -> bool:
    """Loss, dying and somebody else's message come before any form; so does another wish, clearly said."""
    asked = goal.field(known.asked) if goal.has(known.asked) else None
    if asked and asked.takes_pasted and is_surely_pasted(turn.text, turn.intent):
        return False
    if denies(turn.text, goal.verb):
        return _comes_first(turn)
    return _comes_first(turn) or _is_another_wish(goal, asked, turn)


def _comes_first(turn: Turn) -> bool:
    is_own = len(turn.text) <= SHORTEST_FOREIGN or begins_with_no(turn.text)  # 14:05, 不是 vip.top
    is_foreign = not is_own and is_somebody_elses(turn.text)
    return is_foreign or bool(find_distress(turn.text)) or general_question(turn.text) is not None


def _is_another_wish(goal: Goal, asked: Field | None, turn: Turn) -> bool:
    found = readings(goal, heard_in(turn))
    if not found and any(one.kind == "url" for one in find_all(turn.text)):
        return not (asked and asked.takes_pasted)
    if turn.intent in ANSWERS or turn.intent == goal.name or turn.confidence < SURE:
        return False
    if turn.intent == "cancel":
        return not (asked and does_not_know(turn.text))
    is_answer = bool(found) and len(turn.text) <= SHORT and not says_a_wish(turn.text)
    is_why = asked is not None and bool(asked.why) and asks_why(turn.text)
    return not (is_answer or is_why or (asked and _is_choice(asked, turn)))


def _is_choice(asked: Field, turn: Turn) -> bool:
    """A word that stands on one of the buttons, whatever goal it resembles."""
    is_short = len(turn.text.strip()) <= LONGEST_CHOICE
    return bool(asked.choices) and is_short and bool(asked.take(heard_in(turn)))


def _hear_yes_or_no(goal: Goal, known: Open, turn: Turn) -> Step | None:
    """The confirming card is shown: only a plain yes to just this card is one."""
    if is_plain_yes(turn.text, goal.confirm.words if goal.confirm else ""):
        return Step(known, done=True) if may_confirm(goal, turn) else Step(replace(known, tries=1))
    found = told_in(goal, known, turn)
    changed = learn(goal, known, found, instead=says_not_this(turn.text))
    if changed.told != known.told:
        return advance(goal, changed)
    other = the_other(goal, known, turn)
    if other is not None:
        return other
    return None if turn.intent in {"deny", "cancel"} else try_again(goal, known)


def may_confirm(goal: Goal, turn: Turn) -> bool:
    """Whether a typed yes can count: not in a group, at once, to the last thing shown (design rule 3)."""
    age = turn.seconds_since_card(goal.name)
    if age is None or turn.shown_since_core or turn.in_group or turn.typed_command:
        return False
    return age <= CONFIRM_WITHIN_SECONDS
