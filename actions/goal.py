"""What a goal of people is, as data: what it wants to know, how that is read, what confirms it, how it ends."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import Json

Values = tuple[str, ...]
# What is known so far, by field; no values: asked for, and the person does not know.
Told = Mapping[str, Values]


@dataclass(frozen=True)
class Heard:
    """One message as the readers of fields see it; `about` is what we know of what the person speaks of."""

    text: str
    intent: str = ""
    entities: Told = field(default_factory=dict)  # normalised
    named: Told = field(default_factory=dict)  # as they were written
    about: Told = field(default_factory=dict)


Reader = Callable[[Heard], Values]
Finish = Callable[[Services, Turn, Told], Awaitable[Outcome]]


def nothing(_heard: Heard) -> Values:
    return ()


@dataclass(frozen=True)
class Field:
    """One thing a goal wants to know."""

    name: str  # also the parameter of a tap that tells it
    ask: str = ""  # the key of its question, `…_again` after an answer that does not fit; "": never asked for
    given: Reader = nothing  # at the beginning: what is meant without being named
    find: Reader = nothing  # in whatever sentence: only what is surely meant
    take: Reader = nothing  # in the answer to its own question, where more is clear
    required: bool = True  # without it the goal cannot go on
    lacking: str = ""  # what is said then; "": the goal's `not_done`
    many: bool = False  # several are told, perhaps one after another; otherwise the first counts
    choices: tuple[tuple[str, str], ...] = ()  # what can be tapped: value, key of its button
    buttons: tuple[Json, ...] = ()  # what else stands below its question
    why: str = ""  # the key of what is said to "why do you ask"
    takes_pasted: bool = False  # somebody else's message may be the answer


@dataclass(frozen=True)
class Confirm:
    """The confirming answer (design rule 3): a tap, or a typed yes while the card is the last thing shown."""

    card: str  # the key of the question, with what `Goal.show` makes of what was told
    again: str  # what is said above it when the answer was no plain yes
    yes: str  # the key of its button
    no: Json
    words: str = ""  # how people say yes to just this, as a pattern (送出, delete it)
    corrects: str = ""  # the field that "no, not this one" asks for again; "": it ends the goal


def show_nothing(_told: Told) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Goal:
    """One goal: adding one is adding one of these to `actions/goals.py`, and its words to domain.yml."""

    name: str  # the intent, and the goal of its taps
    finish: Finish
    fields: tuple[Field, ...] = ()
    verb: str = ""  # a pattern of what is done: who denies it (不要刪) does not want this goal
    confirm: Confirm | None = None
    show: Callable[[Told], Mapping[str, Any]] = show_nothing
    opening: str = ""  # said before the first question
    not_done: str = "utter_nothing_done"  # what cancelling says was not done
    stuck: str = "utter_to_a_person"  # said below it when two answers did not fit; "": it names 165 itself
    left: tuple[Json, ...] = ()  # buttons below `not_done`
    carries: tuple[str, ...] = ()  # fields that its buttons tell again, so that they work at any time
    interrupts: bool = False  # answered within another goal, which then goes on
    loss_first: bool = True  # words of loss are answered by the emergency card instead
    verdict_first: bool = False  # an address, number or account in the sentence is judged as well

    def field(self, name: str) -> Field:
        """Raises StopIteration for a field it does not have."""
        return next(one for one in self.fields if one.name == name)

    def has(self, name: str) -> bool:
        return any(one.name == name for one in self.fields)


def first(told: Told, name: str) -> str | None:
    """The one value of a field, None when it is not known."""
    return next(iter(told.get(name, ())), None)
