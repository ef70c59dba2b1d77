"""What a message or a tap tells a goal, and how that joins what was told before. Pure."""

from dataclasses import replace

from actions.goal import Goal, Heard, Told, Values
from actions.open_goal import Open


def tapped(goal: Goal, entities: Told) -> dict[str, Values]:
    """What a tap tells: fields by their names, several values parted by blanks, choices only as they were offered."""
    told = {one.name: (one, entities[one.name][0]) for one in goal.fields if entities.get(one.name)}
    return {
        name: tuple(value.split()) if one.many else (value,)
        for name, (one, value) in told.items()
        if not one.choices or value in dict(one.choices)
    }


def given(goal: Goal, heard: Heard) -> dict[str, Values]:
    """What is meant at the beginning without being named: the last check, its address."""
    return _known({one.name: one.given(heard) for one in goal.fields})


def readings(goal: Goal, heard: Heard) -> dict[str, Values]:
    """What a sentence surely tells, whatever was asked."""
    return _known({one.name: one.find(heard) for one in goal.fields})


def _known(found: Told) -> dict[str, Values]:
    return {name: values for name, values in found.items() if values}


def learn(goal: Goal, known: Open, found: Told, *, instead: bool = False) -> Open:
    """With what was found; `instead`: it corrects what was told (不是 A，是 B), so what it names again is denied."""
    told, others = dict(known.told), dict(known.others)
    for name, values in found.items():
        before = told.pop(name, ())
        if instead and goal.field(name).many:
            now = _corrected(before, values)
        elif instead:
            now = tuple(value for value in values if value not in before)[-1:]
        elif goal.field(name).many:
            now = tuple(dict.fromkeys((*before, *values)))
        else:
            now, others[name] = values[:1], values[1:]
        if now:
            told[name] = now
    return replace(known, told=told, others={name: values for name, values in others.items() if values})


def _corrected(before: Values, values: Values) -> Values:
    """Of several: what is named again goes, what is new stands with the rest, or for all when none was named."""
    new = tuple(value for value in values if value not in before)
    kept = tuple(value for value in before if value not in values)
    return new if new and kept == before else (*kept, *new)
