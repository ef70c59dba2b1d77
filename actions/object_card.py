"""The holder of a card that somebody else had locked objects: the same details, one yes, and officers decide."""

from collections.abc import Sequence

from actions.card_fields import CARD_FIELDS, cards, purchase, show_cards
from actions.goal import Confirm, Goal, Told, opens_with, says_yes
from actions.lock_card import look_up_issuers
from actions.lock_words import CALLS, grouped, params_of
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, Reply, Say, goal_button, says
from services.locks.client import CardCase

NOTHING_LOCKED = Outcome(says("utter_object_nothing", buttons=CALLS))
NO_ANSWER = Outcome(says("utter_cases_unavailable", buttons=[CALL_165]))


async def _object(services: Services, turn: Turn, told: Told) -> Outcome:
    """One card after the other; those whose details open no lock are not told apart from unknown ones."""
    found: list[CardCase] = []
    try:
        for place, card in enumerate(cards(told)):
            event = f"{turn.event}-{place}" if place else turn.event  # one answer is kept for each
            case = await services.locks.object_to_card(
                turn.person or "", card, purchase(told, turn), event=event
            )
            found += [case] if case else []
    except ServiceRefused:
        return NOTHING_LOCKED
    except ServiceUnavailable:
        return NO_ANSWER
    return Outcome(_filed(found)) if found else NOTHING_LOCKED


def _filed(cases: Sequence[CardCase]) -> Reply:
    """It is another person's lock: its receipt is not for the objector to add."""
    say = [Say("utter_object_filed", params_of(group)) for group in grouped(cases)]
    numbers = " ".join(case.number for case in cases)
    evidence = goal_button("btn.add_evidence", "add_evidence", case_id=numbers)
    shown = [{"number": case.number, "state": case.state} for case in cases]
    return Reply(say, [evidence, *CALLS], {"kind": "lock", "cases": shown})


OBJECT_CARD = Goal(
    "object_card",
    _object,
    fields=CARD_FIELDS,
    verb=r"異議|object",
    look=look_up_issuers,
    opening=opens_with("utter_object_opening"),
    confirm=Confirm(
        "utter_object_confirm",
        again="utter_object_not_yet",
        yes=says_yes("btn.object_now"),
        no=goal_button("btn.not_these_cards", "correct"),
        words=r"提出|送出|object",
        corrects="serial",
    ),
    show=show_cards,
    not_done="utter_object_not_done",
    stuck="",
    left=(CALL_165,),
    known_by="serial",
)
