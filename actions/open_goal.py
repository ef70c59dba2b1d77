"""A goal under way: what was told, what is asked now, and how both change. Pure; it lives in one slot."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from actions.goal import Goal, Seen, Told, Values

FORM = "goal_form"
OPEN = "open_goal"
ANSWER = "answer"
FORM_SLOTS = (OPEN, ANSWER, "requested_slot")
CONFIRM = "confirm"  # in place of a field's name: the confirming card is shown
MOST_TRIES = 2


@dataclass(frozen=True)
class Open:
    """`run` names this one beginning, so that a button of an earlier one is known as old."""

    goal: str
    run: str
    person: str | None
    told: Told = field(default_factory=dict)
    others: Told = field(default_factory=dict)  # named too, but not taken: "no, the other one"
    seen: Seen = field(default_factory=dict)  # looked up when it began
    asked: str = ""
    tries: int = 0  # answers to this question that did not fit
    note: str = ""  # a key that is said above the question, once
    stopped: bool = False  # it cannot go on
    refused: bool = False  # the person said that just this is not wanted

    @classmethod
    def of(cls, slot: Any) -> "Open | None":
        """What the slot holds, None for anything else."""
        if not isinstance(slot, Mapping) or "goal" not in slot:
            return None
        return cls(**{**slot, "told": _tuples(slot["told"]), "others": _tuples(slot["others"])})

    def as_slot(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "told": {name: list(values) for name, values in self.told.items()},
            "others": {name: list(values) for name, values in self.others.items()},
        }

    @property
    def seal(self) -> str:
        """Changes with every detail: a confirming button is good for just the details it stood under."""
        told = {name: list(values) for name, values in self.told.items()}
        content = json.dumps([self.goal, self.run, told], ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]


def _tuples(told: Mapping[str, Any]) -> dict[str, Values]:
    return {name: tuple(values) for name, values in told.items()}


@dataclass(frozen=True)
class Step:
    """The goal after an answer; `done`: nothing is left to ask."""

    open: Open
    done: bool = False


def advance(goal: Goal, known: Open) -> Step:
    """Ask for what is missing, then for the confirming answer; otherwise it is done."""
    for one in goal.fields:
        if one.needless(known.told, known.seen):
            continue
        if one.name in known.told and (known.told[one.name] or not one.required):
            continue
        if one.name in known.told or (one.required and not one.ask):
            return stop(known)
        if one.ask:
            return Step(_ask(known, one.name))
    return Step(_ask(known, CONFIRM)) if goal.confirm else Step(known, done=True)


def _ask(known: Open, asked: str) -> Open:
    return replace(known, asked=asked, tries=known.tries if asked == known.asked else 0)


def try_again(goal: Goal, known: Open) -> Step:
    """The answer did not fit: ask once more, then go on without it where that can be, else stop."""
    if known.tries + 1 < MOST_TRIES:
        return Step(replace(known, tries=known.tries + 1))
    if goal.has(known.asked) and not goal.field(known.asked).required:
        return skip(goal, known)
    return stop(known)


def stop(known: Open, *, refused: bool = False) -> Step:
    return Step(replace(known, stopped=True, refused=refused), done=True)


def skip(goal: Goal, known: Open) -> Step:
    """The person does not know."""
    return advance(goal, replace(known, told={**known.told, known.asked: ()}))


def take_the_other(goal: Goal, known: Open) -> Step | None:
    """After "no, the other one": the next that was named, else the question again; None when nothing can be meant."""
    for name, values in known.others.items():
        told = {**known.told, name: values[:1]}
        others = {**known.others, name: (*values[1:], *known.told.get(name, ()))}
        return advance(goal, replace(known, told=told, others=others))
    return ask_again_for(goal, known, goal.confirm.corrects if goal.confirm else "")


def ask_again_for(goal: Goal, known: Open, name: str) -> Step | None:
    """Forget one field and ask for it; None when it was never told."""
    if name not in known.told:
        return None
    told = {other: values for other, values in known.told.items() if other != name}
    return advance(goal, replace(known, told=told))
