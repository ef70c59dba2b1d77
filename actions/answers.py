"""The answer to a question of a goal, with whatever else it tells; a correction; not knowing. Pure."""

import re
from dataclasses import replace

from actions.goal import Field, Goal, Heard, Told, Values
from actions.learning import learn, readings
from actions.open_goal import Open, Step, advance, skip, stop, take_the_other, try_again
from actions.saying import (
    asks_back,
    asks_why,
    does_not_know,
    only_does_not_know,
    says_not_this,
    says_the_other,
)
from actions.turn import Turn

# Ways to answer; every other intent may be what the person wants now.
ANSWERS = frozenset(
    {"inform", "affirm", "deny", "out_of_scope", "nlu_fallback", "check_message", "forward_message", ""}
)
_CLAUSE = re.compile(r"[,，、;；。!！\n]+|(?<=[.!?])\s+")


def heard_in(turn: Turn, known: Open | None = None) -> Heard:
    """The turn as readers of fields see it; what stands in a tap is no text."""
    text, named = ("", {}) if turn.is_tap else (turn.text, turn.named)
    return Heard(text, turn.intent, turn.entities, named, turn.about, known.seen if known else {}, turn.at)


def the_other(goal: Goal, known: Open, turn: Turn) -> Step | None:
    if says_the_other(turn.text) or says_not_this(turn.text):
        return take_the_other(goal, known)
    return None


def hear_answer(goal: Goal, known: Open, turn: Turn) -> Step | None:
    """An answer to the question, perhaps with more, or with another value for what was told before."""
    asked, heard = goal.field(known.asked), heard_in(turn, known)
    found = told_in(goal, known, turn)
    if asked.why and not found and asks_why(turn.text):
        return Step(replace(known, note=asked.why))
    is_lost = only_does_not_know(turn.text) if asked.takes_own_words else does_not_know(turn.text)
    if not is_lost:
        answer = _answer_to(asked, goal, heard, found)
        found |= {asked.name: answer} if answer else {}
    if found:
        return advance(goal, learn(goal, known, found, instead=says_not_this(turn.text)))
    if is_lost:
        return stop(known) if asked.required else skip(goal, known)
    other = the_other(goal, known, turn)
    if other is not None:
        return other
    if turn.intent == "deny":
        return None if asked.required else skip(goal, known)
    is_question = turn.intent not in ANSWERS and asks_back(turn.text)
    return None if is_question else try_again(goal, known)


def told_in(goal: Goal, known: Open, turn: Turn) -> dict[str, Values]:
    """What the sentence tells; a mere name in it corrects nothing that was told before (它在 Google 廣告第一個)."""
    heard = heard_in(turn, known)
    found = readings(goal, heard)
    if says_not_this(turn.text):
        return found
    said = readings(goal, replace(heard, entities={}, named={}))
    return {
        name: values
        for name, values in found.items()
        if name in said or goal.field(name).many or not known.told.get(name)
    }


def _answer_to(asked: Field, goal: Goal, heard: Heard, found: Told) -> Values:
    """What the asked field finds by its own words, or takes from those that told nothing else."""
    said = asked.find(replace(heard, entities={}, named={}))
    others = {name: values for name, values in found.items() if name != asked.name}
    if said or not others or asked.takes_anywhere:
        return said or asked.take(heard)
    clauses = [clause.strip() for clause in _CLAUSE.split(heard.text)]
    rest = [one for one in clauses if one and not says_not_this(one) and not _tells(goal, others, heard, one)]
    return asked.take(replace(heard, text=", ".join(rest))) if rest else ()


def _tells(goal: Goal, names: Told, heard: Heard, clause: str) -> bool:
    return any(goal.field(name).find(replace(heard, text=clause, entities={}, named={})) for name in names)
