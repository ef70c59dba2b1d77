"""Answers what is plainly wanted, before the model's guess; what needs something of one's own, only where it is open."""

from actions.beginning import begin
from actions.cards import find_serials
from actions.case_status import CASE_STATUS, show_what_can_go
from actions.confirm_lock import CONFIRM_LOCK, CONFIRMABLE
from actions.goal import Heard
from actions.object_card import OBJECT_CARD
from actions.outcome import Outcome
from actions.own_locks import own_locks
from actions.plain_wishes import (
    brings_receipt,
    names_one_case,
    says_objection,
    says_others_locked,
    wants_back,
)
from actions.services import Services
from actions.turn import Turn
from lianfang.text.distress import find_distress


async def plainly_wanted(services: Services, turn: Turn) -> Outcome | None:
    """None when no pattern fits, or nothing of the person's own is open for it."""
    if names_one_case(turn.text):
        return await begin(services, turn, CASE_STATUS)
    if brings_receipt(turn.text) and await _can_confirm(services, turn):
        return await begin(services, turn, CONFIRM_LOCK)
    if wants_back(turn.text) and not turn.form:
        return await show_what_can_go(services, turn)
    return None


def objects(turn: Turn) -> bool:
    """Somebody else locked the card: told so, or by taking up the offer to object."""
    if says_others_locked(turn.text):
        return True
    is_offered = OBJECT_CARD.name in turn.offered and not find_distress(turn.text).loss
    return is_offered and (says_objection(turn.text) or bool(find_serials(Heard(turn.text))))


async def _can_confirm(services: Services, turn: Turn) -> bool:
    """Also when that cannot be learned now: then the goal says so."""
    locks = await own_locks(services, turn)
    return locks is None or any(one.words in CONFIRMABLE for one in locks)
