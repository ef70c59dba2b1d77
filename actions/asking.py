"""The question of a goal as a reply: of one field with its choices, or the confirming card."""

from actions.goal import Confirm, Field, Goal
from actions.open_goal import CONFIRM, Open
from lianfang.replies import Json, Reply, Say, goal_button

STOP = goal_button("btn.stop", "cancel")


def question(goal: Goal, known: Open) -> Reply:
    """What is asked now; the second time with an example of what fits."""
    if goal.confirm and known.asked == CONFIRM:
        return _card(goal, goal.confirm, known)
    asked = goal.field(known.asked)
    buttons = [*_choices(goal, asked, known), *asked.buttons]
    if not asked.takes_pasted and not goal.interrupts:
        buttons.append(goal_button("btn.dont_know", "skip", field=asked.name))
    if goal.confirm:
        buttons.append(STOP)
    asks = asked.ask + ("_again" if known.tries else "")
    along = [key for name, key in asked.along if name not in known.told and not known.tries]
    options = [
        Say("utter_option", {"option": {"key": one.key, "params": one.words}})
        for one in asked.options(known.seen)
    ]
    lines = [Say(key) for key in (known.note, asks, *along) if key]
    return Reply([*lines, *options], buttons)


def _choices(goal: Goal, asked: Field, known: Open) -> list[Json]:
    """Its button tells either all that the goal needs, or for which beginning it was made."""
    carried = {name: known.told[name][0] for name in goal.carries if known.told.get(name)}
    with_it = carried if goal.carries or goal.interrupts else {"run": known.run}
    chosen = [goal_button(key, goal.name, **with_it, **{asked.name: value}) for value, key in asked.choices]
    looked_up = [
        {**goal_button(one.key, goal.name, **with_it, **{asked.name: one.value}), "words": dict(one.words)}
        for one in asked.options(known.seen)
    ]
    return [*chosen, *looked_up]


def _card(goal: Goal, confirm: Confirm, known: Open) -> Reply:
    say = [Say(confirm.card, goal.show(known.told, known.seen))]
    if known.tries:
        say.insert(0, Say(confirm.again))
    if known.note:
        say.insert(0, Say(known.note))
    buttons = [
        goal_button(confirm.yes(known.told, known.seen), "confirm", seal=known.seal),
        _sealed(confirm.no, known),
    ]
    if confirm.no["goal"] == "correct":
        buttons.append(STOP)
    for name in confirm.also:
        if name not in known.told:
            buttons += _choices(goal, goal.field(name), known)
    return Reply(say, buttons, {"kind": "choice", "confirms": goal.name})


def _sealed(button: Json, known: Open) -> Json:
    """The button "not this one" belongs to the card it stands under."""
    if button["goal"] != "correct":
        return button
    return {**button, "params": {"seal": known.seal}}
