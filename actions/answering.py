"""The base of every action that answers: safety first, one reply as data, and no goal left open by accident."""

from dataclasses import replace
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.beginning import begin
from actions.bind_merchant import join_code_in
from actions.checking import check_text
from actions.content import has_checkable, is_somebody_elses
from actions.emergency import emergency_for, loses_a_card, names_a_loss
from actions.goals import GOALS
from actions.info import general_question, info_reply
from actions.object_card import OBJECT_CARD
from actions.open_goal import CONFIRM, FORM, FORM_SLOTS, OPEN, Open
from actions.outcome import LISTEN, GoesOn, Outcome
from actions.plainly_wanted import objects, plainly_wanted
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import Say, says
from lianfang.text.distress import find_distress

# The gateway says this itself, before all else and in place of what is no verdict and no emergency card.
SELF_HARM = Outcome(says("utter_self_harm", urgent=True))


class Answering(Action):  # type: ignore[misc]  # rasa-sdk's Action is untyped
    """Subclasses set `NAME` and write `answer`."""

    NAME: ClassVar[str]
    checks_itself: ClassVar[bool] = False  # it decides what of the sentence is judged
    loss_comes_first: ClassVar[bool] = False  # it can only be a side wish of somebody who tells of a loss

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        return self.NAME

    async def answer(self, turn: Turn) -> Outcome:
        raise NotImplementedError

    def gives_way_to_loss(self, _turn: Turn) -> bool:
        return self.loss_comes_first

    async def answer_safely(self, turn: Turn) -> Outcome:
        """Loss and dying first; somebody else's message starts nothing but a check; an address is always judged."""
        if turn.is_tap:
            return await self.answer(turn)
        distress = find_distress(turn.text)
        if objects(turn) and not distress.self_harm:  # "my card was locked" sounds like a loss
            return await begin(self.services, turn, OBJECT_CARD)
        if self.gives_way_to_loss(turn) and (distress.loss or names_a_loss(turn)):
            return await self._what_helps(turn)
        if distress.self_harm and not distress.loss and not has_checkable(turn.text):
            return SELF_HARM
        return await self._to_what_is_meant(turn)

    async def _to_what_is_meant(self, turn: Turn) -> Outcome:
        if is_somebody_elses(turn.text):
            return await check_text(self.services, turn, turn.text)
        plain = await plainly_wanted(self.services, turn)
        if plain is not None:
            return plain
        if not self.checks_itself and has_checkable(turn.text):
            return await check_text(self.services, turn, turn.text)
        asked = general_question(turn.text)
        if asked is not None:  # whatever goal its words resemble
            return Outcome(info_reply(asked, turn.text), goes_on=GoesOn.ALWAYS)
        return await self.answer(turn)

    async def _answered(self, turn: Turn) -> Outcome:
        """The code of an invitation is used up, whatever goal the words around it resemble."""
        if not turn.is_tap and join_code_in(turn.text):
            return await begin(self.services, turn, GOALS["bind_merchant"])
        return await self.answer_safely(turn)

    async def _what_helps(self, turn: Turn) -> Outcome:
        """Whom to call; a card may still be locked besides."""
        if loses_a_card(turn):
            return await begin(self.services, turn, GOALS["lock_card"])
        return Outcome(emergency_for(turn))

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[EventType]:
        turn = Turn(tracker)
        outcome = await self._answered(turn)
        known = Open.of(turn.slot(OPEN)) if turn.form else None
        is_urgent = outcome.reply is not None and outcome.reply.urgent
        stays = known is not None and _stays(outcome, known)
        if known is not None and not stays and not is_urgent:
            outcome = _with_what_was_not_done(outcome, known)
        if outcome.reply:
            dispatcher.utter_message(json_message=outcome.reply.as_json())
        return _events(turn, outcome, known if stays else None)


def _stays(outcome: Outcome, known: Open) -> bool:
    if outcome.then != LISTEN:
        return False
    if (
        outcome.reply is not None and outcome.reply.urgent
    ):  # what helps now ends every goal but one that helps too
        return bool(GOALS[known.goal].answers_loss)
    if outcome.goes_on is GoesOn.NOT:
        return False
    return outcome.goes_on is GoesOn.ALWAYS or known.asked != CONFIRM


def _with_what_was_not_done(outcome: Outcome, known: Open) -> Outcome:
    """Who leaves a goal that would have changed something hears that it has not."""
    goal = GOALS[known.goal]
    said = [line.key for line in outcome.reply.say] if outcome.reply else []
    if goal.confirm is None or goal.not_done in said:
        return outcome
    if outcome.reply is None:
        return replace(outcome, reply=says(goal.not_done))
    return replace(outcome, reply=replace(outcome.reply, say=[*outcome.reply.say, Say(goal.not_done)]))


def _events(turn: Turn, outcome: Outcome, stays: Open | None) -> list[EventType]:
    slots: dict[str, Any] = dict.fromkeys(FORM_SLOTS)
    if stays is not None:
        slots = {OPEN: replace(stays, note="").as_slot()}
    if turn.slot("lang") != turn.language:
        slots["lang"] = turn.language
    slots |= outcome.slots
    events = [
        SlotSet(name, value) for name, value in slots.items() if turn.slot(name) != value or name == "lang"
    ]
    if turn.form and stays is None:
        events.append(ActiveLoop(None))
    return [*events, FollowupAction(outcome.then if stays is None else FORM)]
