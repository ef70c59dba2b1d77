"""How a goal begins, with all that the sentence or the tap tells, and how it ends."""

from dataclasses import replace

from actions.answers import heard_in
from actions.asking import question
from actions.goal import Goal, Told
from actions.hearing import note_on
from actions.learning import given, learn, readings, tapped
from actions.open_goal import FORM, OPEN, Open, advance
from actions.outcome import GoesOn, Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import says


async def begin(services: Services, turn: Turn, goal: Goal, known: Told | None = None) -> Outcome:
    """Look up what the goal needs, then ask for what is missing; done at once where nothing is.

    `known`: what another goal has learned for this one.
    """
    heard = heard_in(turn)
    found = {**given(goal, heard), **readings(goal, heard)}
    found |= tapped(goal, turn.entities) if turn.is_tap else {}
    found |= known or {}
    looked = await goal.look(services, turn, found)
    if isinstance(looked, Outcome):
        return looked
    new = Open(goal.name, turn.event, turn.person, seen=looked.seen, note=note_on(goal, turn))
    step = advance(goal, learn(goal, new, {**found, **looked.told}))
    goes_on = GoesOn.ALWAYS if goal.interrupts else GoesOn.NOT
    if step.done:
        return replace(await finish(services, turn, goal, step.open), goes_on=goes_on)
    if goal.interrupts:
        return Outcome(question(goal, step.open), goes_on=goes_on)
    opening = goal.opening(turn, step.open.told, step.open.seen)
    return Outcome(opening, {OPEN: step.open.as_slot()}, FORM)


async def finish(services: Services, turn: Turn, goal: Goal, known: Open) -> Outcome:
    """Do it, or say what was not done."""
    if not known.stopped:
        return await goal.finish(services, turn, known.told)
    if known.refused:
        return Outcome(says(goal.not_done, buttons=goal.left))
    needed = (one for one in goal.fields if one.required and not one.needless(known.told, known.seen))
    lacking = next((one.lacking for one in needed if not known.told.get(one.name)), "")
    lines = [lacking] if lacking else [goal.not_done, *([goal.stuck] if goal.stuck else [])]
    return Outcome(says(*lines, buttons=goal.left))
