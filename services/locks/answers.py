"""What issuers answer: to a request to lock, by webhook or by polling, and to the question about a permission."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.events import Actor, append
from lianfang.notices import queue
from lianfang.privacy import Vault
from services.cases.walking import ENTITY, lock_case, walk
from services.locks import telling
from services.locks.describing import describe
from services.locks.directory import API
from services.locks.lane import LOCK
from services.locks.lock_states import REQUESTED
from services.locks.models import Card, Lock
from services.locks.permissions import Report, report
from services.partners.deliveries import Delivery, Handler

Answer = Literal["locked", "too_late", "unknown_card", "refused"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
EVENTS: Mapping[Answer, str] = {"locked": "match", "too_late": "too_late"}
REPORTS: Mapping[str, Report] = {told: told for told in get_args(Report)}
UNANSWERED = "unanswered"


def answer_lock(
    session: Session, vault: Vault, issuer: str, case_id: str, answer: Answer, *, now: datetime
) -> str | None:
    """The lock's state after it; None when this issuer was not asked to lock it.

    The first answer that ends the request counts. `unknown_card` and `refused` leave it requested: the person is
    told no more about a card than anybody who guesses.
    """
    lock = session.get(Lock, case_id)
    if lock is None or lock.issuer != issuer or lock.way != API:
        return None
    case = lock_case(session, case_id)
    if case.state != REQUESTED or lock.answer == answer:
        return case.state
    lock.answer, actor = answer, Actor("partner", issuer)
    if answer in EVENTS:
        walk(session, vault, LOCK, case, EVENTS[answer], actor=actor, now=now, reason="issuer_answered")
    else:
        _note(session, lock, answer, actor, now)
    return case.state


def handlers(vault: Vault, clock: Clock) -> Mapping[str, Handler]:
    """What the end of a delivery means, by its kind."""

    def requested(session: Session, delivery: Delivery, _status: int, body: dict[str, Any] | None) -> None:
        answer = (body or {}).get("answer")
        if answer in ANSWERS:
            answer_lock(session, vault, delivery.partner, delivery.entity_id, answer, now=clock())
        elif delivery.state != "answered":
            _unanswered(session, vault, delivery, clock())

    def asked(session: Session, delivery: Delivery, _status: int, body: dict[str, Any] | None) -> None:
        said = body or {}
        told = REPORTS.get(str(said.get("report")))
        card = session.get(Card, delivery.entity_id)
        if card is not None and told is not None:
            permission = str(said.get("permission"))
            report(session, vault, card.issuer, card.card_ref, told, permission, now=clock())

    return {telling.LOCK_REQUESTED: requested, telling.CARD_ASK: asked}


def _unanswered(session: Session, vault: Vault, delivery: Delivery, now: datetime) -> None:
    """The issuer refused to take the request, or could not be reached for days: its own way is all there is."""
    lock = session.get(Lock, delivery.entity_id)
    if lock is None:
        return
    case = lock_case(session, lock.case)
    if case.state != REQUESTED or lock.answer is not None:
        return
    lock.answer = UNANSWERED
    _note(session, lock, UNANSWERED, Actor("partner", delivery.partner), now)
    if case.person is not None:
        queue(
            session,
            vault,
            person=case.person,
            key="notice.lock_unanswered",
            params={**describe(session, vault, case), "number": case.number},
            dedupe_key=f"{case.id}:{UNANSWERED}",
            now=now,
            channel=case.channel,
            urgent=True,
        )


def _note(session: Session, lock: Lock, reason: str, actor: Actor, now: datetime) -> None:
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=lock.case,
        from_state=REQUESTED,
        to_state=REQUESTED,
        reason=reason,
        params={"lane": LOCK.name},
    )
