"""What a goal of people is, as data: what it wants to know, how that is read, what confirms it, how it ends."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import Json, Reply, says

Values = tuple[str, ...]
# What is known so far, by field; no values: asked for, and the person does not know.
Told = Mapping[str, Values]
# What was looked up when the goal began, as JSON.
Seen = Mapping[str, Any]


@dataclass(frozen=True)
class Heard:
    """One message as the readers of fields see it.

    `about` is what we know of what the person speaks of, `seen` what the open goal looked up, `at` when it was said.
    """

    text: str
    intent: str = ""
    entities: Told = field(default_factory=dict)  # normalised
    named: Told = field(default_factory=dict)  # as they were written
    about: Told = field(default_factory=dict)
    seen: Seen = field(default_factory=dict)
    at: datetime | None = None


Reader = Callable[[Heard], Values]
Finish = Callable[[Services, Turn, Told], Awaitable[Outcome]]


def nothing(_heard: Heard) -> Values:
    return ()


def always_needed(_told: Told, _seen: Seen) -> bool:
    return False


@dataclass(frozen=True)
class Option:
    """One thing to tap that was looked up: the value it tells, the key of its button and what stands in that."""

    value: str
    key: str
    words: Mapping[str, Any]


def no_options(_seen: Seen) -> tuple[Option, ...]:
    return ()


@dataclass(frozen=True)
class Field:
    """One thing a goal wants to know."""

    name: str  # also the parameter of a tap that tells it
    ask: str = ""  # the key of its question, `…_again` after an answer that does not fit; "": never asked for
    given: Reader = nothing  # at the beginning: what is meant without being named
    find: Reader = nothing  # in whatever sentence: only what is surely meant
    take: Reader = nothing  # in the answer to its own question, where more is clear
    takes_anywhere: bool = False  # its `take` knows its own part among other things that are told
    required: bool = True  # without it the goal cannot go on
    lacking: str = ""  # what is said then; "": the goal's `not_done`
    many: bool = False  # several are told, perhaps one after another; otherwise the first counts
    needless: Callable[[Told, Seen], bool] = always_needed  # whether it need not be asked for after all
    along: tuple[
        tuple[str, str], ...
    ] = ()  # asked for in the same breath while unknown: field, key of its line
    choices: tuple[tuple[str, str], ...] = ()  # what can be tapped: value, key of its button
    options: Callable[[Seen], tuple[Option, ...]] = no_options  # what else can be tapped
    buttons: tuple[Json, ...] = ()  # what else stands below its question
    why: str = ""  # the key of what is said to "why do you ask"
    takes_pasted: bool = False  # somebody else's message may be the answer
    takes_own_words: bool = False  # any sentence may be the answer, whatever goal it resembles
    keeps_loss: bool = False  # words of loss too; the gateway puts whom to call above the next line


@dataclass(frozen=True)
class Confirm:
    """The confirming answer (design rule 3): a tap, or a typed yes while the card is the last thing shown."""

    card: str  # the key of the question, with what `Goal.show` makes of what was told
    again: str  # what is said above it when the answer was no plain yes
    yes: Callable[[Told, Seen], str]  # the key of its button
    no: Json
    words: str = ""  # how people say yes to just this, as a pattern (送出, delete it)
    corrects: str = ""  # the field that "no, not this one" asks for again; "": it ends the goal
    also: tuple[str, ...] = ()  # fields whose choices stand on the card while they are not told


def show_nothing(_told: Told, _seen: Seen) -> Mapping[str, Any]:
    return {}


def says_yes(key: str) -> Callable[[Told, Seen], str]:
    return lambda _told, _seen: key


@dataclass(frozen=True)
class Looked:
    """What was looked up before the first question, and what it tells by itself (the one lock there is)."""

    seen: Seen = field(default_factory=dict)
    told: Told = field(default_factory=dict)


async def look_nothing_up(_services: Services, _turn: Turn, _told: Told) -> Looked | Outcome:
    return Looked()


Opening = Callable[[Turn, Told, Seen], Reply | None]


def says_nothing_first(_turn: Turn, _told: Told, _seen: Seen) -> Reply | None:
    return None


def opens_with(key: str) -> Opening:
    return lambda _turn, _told, _seen: says(key)


@dataclass(frozen=True)
class Goal:
    """One goal: adding one is adding one of these to `actions/goals.py`, and its words to domain.yml."""

    name: str  # the intent, and the goal of its taps
    finish: Finish
    fields: tuple[Field, ...] = ()
    verb: str = ""  # a pattern of what is done: who denies it (不要刪) does not want this goal
    confirm: Confirm | None = None
    show: Callable[[Told, Seen], Mapping[str, Any]] = show_nothing
    look: Callable[[Services, Turn, Told], Awaitable[Looked | Outcome]] = (
        look_nothing_up  # an Outcome ends it
    )
    opening: Opening = says_nothing_first  # before the first question
    not_done: str = "utter_nothing_done"  # what cancelling says was not done
    stuck: str = "utter_to_a_person"  # said below it when two answers did not fit; "": it names 165 itself
    left: tuple[Json, ...] = ()  # buttons below `not_done`
    carries: tuple[str, ...] = ()  # fields that its buttons tell again, so that they work at any time
    interrupts: bool = False  # answered within another goal, which then goes on
    loss_first: bool = True  # words of loss are answered by the emergency card instead
    answers_loss: frozenset[str] = (
        frozenset()
    )  # the losses it is itself the answer to; its opening says whom to call
    known_by: str = (
        ""  # a field that only somebody who means this goal tells, whatever else stands in the message
    )
    verdict_first: bool = False  # an address, number or account in the sentence is judged as well

    def field(self, name: str) -> Field:
        """Raises StopIteration for a field it does not have."""
        return next(one for one in self.fields if one.name == name)

    def has(self, name: str) -> bool:
        return any(one.name == name for one in self.fields)


def first(told: Told, name: str) -> str | None:
    """The one value of a field, None when it is not known."""
    return next(iter(told.get(name, ())), None)
