"""What a message means to the goal that is open: an answer, a correction, a yes, or nothing of it. Pure."""

from dataclasses import replace

from actions.answers import ANSWERS, hear_answer, heard_in, the_other, told_in
from actions.bind_merchant import join_code_in
from actions.cards import mixes_two_kinds
from actions.content import is_somebody_elses, is_surely_pasted
from actions.goal import Field, Goal, Values
from actions.info import general_question
from actions.learning import learn, readings, tapped
from actions.open_goal import CONFIRM, Open, Step, advance, ask_again_for, skip, stop, try_again
from actions.plain_wishes import names_one_case, says_objection, says_others_locked
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
from lianfang.text.redact import secret_kinds

SURE = 0.5  # below it, another goal that the words resemble is no reason to leave the one that is open
CONFIRM_WITHIN_SECONDS = 600
# Meant as such also where any sentence may be an answer.
COMMANDS = frozenset({"cancel", "change_language", "delete_my_data", "talk_to_human"})
LONGEST_CHOICE = 12
OBJECT = "object_card"
# An invoice's number can look like an identity number, a serial like that of a credit card.
COVERED = {"pin": "utter_secret_not_kept", "id": "utter_covered_id", "card": "utter_covered_card"}
SHORTEST_FOREIGN = 16  # below it, the marks of somebody else's message are chance


def hear(goal: Goal, known: Open, turn: Turn) -> Step | None:
    """The goal after this message, None when the message is not for it: then its own intent decides."""
    if known.person != turn.person:
        return None
    known = replace(known, note=note_on(goal, turn))
    if turn.is_tap:
        return _hear_tap(goal, known, turn)
    if _is_for_another(goal, known, turn):
        return None
    if denies(turn.text, goal.verb):
        return stop(known, refused=True)
    return _hear_yes_or_no(goal, known, turn) if known.asked == CONFIRM else hear_answer(goal, known, turn)


def note_on(goal: Goal, turn: Turn) -> str:
    """What is said above the next question of a card's goal about what was covered in the message."""
    if turn.is_tap or not goal.has("invoice"):
        return ""
    if goal.has("serial") and mixes_two_kinds(heard_in(turn)):
        return "utter_which_is_serial"
    covered = list(secret_kinds(turn.text))
    return next((note for kind, note in COVERED.items() if kind in covered), "")


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
    if _is_plainly_another(goal, asked, turn):
        return True
    if denies(turn.text, goal.verb):
        return _comes_first(goal, known, turn)
    return _comes_first(goal, known, turn) or _is_another_wish(goal, asked, turn)


def _is_plainly_another(goal: Goal, asked: Field | None, turn: Turn) -> bool:
    """A wish that a pattern knows, unless any sentence may be the answer."""
    if asked and asked.takes_own_words:
        return False
    if says_others_locked(turn.text):
        return goal.name != OBJECT
    return names_one_case(turn.text) and not goal.has("case_id")


def _comes_first(goal: Goal, known: Open, turn: Turn) -> bool:
    distress, found = find_distress(turn.text), readings(goal, heard_in(turn))
    if distress.self_harm or join_code_in(turn.text):
        return True
    if goal.known_by in found:
        return False  # the serial of a card, in whatever story
    is_own = len(turn.text) <= SHORTEST_FOREIGN or begins_with_no(turn.text)
    is_foreign = not is_own and is_somebody_elses(turn.text)
    is_answer = bool(goal.answers_loss) and (known.asked in found or _tells_its_loss(goal, turn))
    is_answer |= goal.has(known.asked) and goal.field(known.asked).keeps_loss
    # A loss that is only likely gets its line above the next question, and ends nothing.
    return (
        is_foreign
        or (bool(distress.loss) and distress.sure and not is_answer)
        or general_question(turn.text) is not None
    )


def _tells_its_loss(goal: Goal, turn: Turn) -> bool:
    return bool(find_distress(turn.text).loss & goal.answers_loss)


def _is_another_wish(goal: Goal, asked: Field | None, turn: Turn) -> bool:
    found = readings(goal, heard_in(turn))
    is_its_own = goal.name == OBJECT and says_objection(turn.text)
    if goal.known_by in found or _tells_its_loss(goal, turn) or is_its_own:
        return False
    if asked and asked.takes_own_words:
        return turn.intent in COMMANDS and len(turn.text) <= SHORT
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
    found = told_in(goal, known, turn) or _also_told(goal, known, turn)
    changed = learn(goal, known, found, instead=says_not_this(turn.text))
    if changed.told != known.told:
        return advance(goal, changed)
    other = the_other(goal, known, turn)
    if other is not None:
        return other
    return None if turn.intent in {"deny", "cancel"} else try_again(goal, known)


def _also_told(goal: Goal, known: Open, turn: Turn) -> dict[str, Values]:
    """What can be tapped on the card may be typed as shortly as it stands there."""
    also = goal.confirm.also if goal.confirm else ()
    fields = [goal.field(name) for name in also if name not in known.told]
    taken = {one.name: one.take(heard_in(turn)) for one in fields if _is_choice(one, turn)}
    return {name: values for name, values in taken.items() if values}


def may_confirm(goal: Goal, turn: Turn) -> bool:
    """Whether a typed yes can count: not in a group, at once, to the last thing shown (design rule 3)."""
    age = turn.seconds_since_card(goal.name)
    if age is None or turn.shown_since_core or turn.in_group or turn.typed_command:
        return False
    return age <= CONFIRM_WITHIN_SECONDS
