"""Money back for a locked card: what to bring to which desk, and the proof to show there."""

from collections.abc import Sequence
from dataclasses import replace

from actions.goal import Goal, Told
from actions.lock_words import (
    CALLS,
    DEMO,
    LOCK_BUTTON,
    NONE,
    OWN_WAY,
    SANDBOX,
    cards_of,
    outcome_reply,
    rule_of,
)
from actions.outcome import Outcome
from actions.own_locks import CASES, NO_ANSWER, NOT_FOUND, looks_at_own, own_locks
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import CALL_165, Json, Reply, Say, goal_button, says
from services.locks.client import CardCase

STATUS = goal_button("btn.case_status", "case_status")
MOST_AT_ONCE = 3
STANDING = frozenset({"locked", "confirmed", "objected", "refunded"})


def _none_locked(locks: Sequence[CardCase]) -> Reply:
    """Whoever asked for a lock that does not stand hears how that is, and the way to the issuer."""
    asked = [replace(one, again=False) for one in locks if one.words in OWN_WAY]
    if not asked:
        return says("utter_refund_none", "utter_refund_how", buttons=[LOCK_BUTTON, STATUS, CALL_165])
    how = outcome_reply(asked)
    return replace(how, say=[Say("utter_refund_none"), *how.say])


async def _prove(services: Services, turn: Turn, told: Told) -> Outcome:
    locks = await own_locks(services, turn)
    if locks is None:
        return NO_ANSWER
    meant = [one for one in locks if one.number in told["case_id"]]
    return Outcome(proof_reply(meant) if meant else NOT_FOUND)


def proof_reply(cases: Sequence[CardCase]) -> Reply:
    """What to bring, then each proof as text and address; the card carries them for a QR code."""
    open_cases = [one for one in cases if one.words != "refunded"]
    say = [line for case in cases for line in _proof(case)]
    if open_cases:
        say = [Say("utter_refund_bring", _store(open_cases[0])), *say, *_below(open_cases)]
    proofs = [
        {"number": one.number, "proof": one.proof, "url": one.proof_url, "image": one.proof_image}
        for one in open_cases
        if one.proof
    ]
    unconfirmed = " ".join(one.number for one in open_cases if one.words == "locked")
    confirm = [goal_button("btn.add_receipt", "confirm_lock", case_id=unconfirmed)] if unconfirmed else []
    codes = [{"key": "btn.show_qr", "url": one["image"]} for one in proofs if one["image"]]
    buttons = [*codes, *confirm, *(CALLS if open_cases else ())]
    return Reply(say, buttons, {"kind": "proof", "proofs": proofs})


def _proof(case: CardCase) -> list[Say]:
    params = {
        "demo": DEMO if case.status == SANDBOX else "",
        "cards": cards_of(case.issuer_zh, case.issuer_en, [case.last4]),
        "number": case.number,
        "proof": case.proof or "",
        "url": case.proof_url or "",
    }
    if case.words == "refunded":
        return [Say("utter_refund_done", params)]
    return [Say("utter_refund_proof", params)] if case.proof else []


def _store(case: CardCase) -> Json:
    """The desk of the chain where it was bought, when that was told."""
    if not case.chain_zh:
        return {"store": {"key": "utter_some_store"}}
    return {"store": {"key": "utter_store_of", "params": {"chain": case.chain_zh, "chain_en": case.chain_en}}}


def _below(cases: Sequence[CardCase]) -> list[Say]:
    """What stands in the way of a refund, and the issuer's own rule."""
    one = cases[0]
    names = {"chain": one.chain_zh or "", "chain_en": one.chain_en or ""}
    lines = []
    if any(case.words == "locked" for case in cases):
        lines.append(Say("utter_refund_confirm_first"))
    if one.chain_zh and one.chain_status == NONE:
        lines.append(
            Say(
                "utter_refund_store_not_joined",
                {**names, "issuer": one.issuer_zh, "issuer_en": one.issuer_en},
            )
        )
    return [*lines, Say("utter_refund_rule", {"rule": rule_of(one)})]


REFUND_CARD = Goal(
    "refund_card",
    _prove,
    fields=(CASES,),
    verb=r"退|refund",
    look=looks_at_own(STANDING, _none_locked, at_once=MOST_AT_ONCE),
    not_done="utter_refund_not_shown",
    left=(STATUS, CALL_165),
)
