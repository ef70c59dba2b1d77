"""Compares what both sides of every race were answered with what the whole database says afterwards."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bench.racing.races import Said
from bench.racing.scene import ISSUER, card_ref
from lianfang.database import Database
from lianfang.events import Event, verify
from lianfang.notices import Notice
from services.cases.models import Case
from services.locks.cards import ENTITY
from services.locks.models import Card, Lock
from services.locks.telling import LOCK_PLACED
from services.partners.models import DeliveryRow

WAITS = ("requested", True)  # what a buyer is told while the card is being credited


@dataclass(frozen=True)
class Outcome:
    """How a race must have ended; `locks`: what the buyer may have been told (state, waiting)."""

    card: str
    case: str
    locks: frozenset[tuple[str, bool]]


OUTCOMES: Mapping[
    tuple[str | None, str | None], Outcome
] = {  # what the issuer was answered, what it reported
    ("permitted", "credited"): Outcome("credited", "too_late", frozenset({("too_late", False), WAITS})),
    ("permitted", "held"): Outcome("locked", "provisional", frozenset({("provisional", False), WAITS})),
    ("permitted", "locked"): Outcome("locked", "provisional", frozenset({WAITS})),
    ("locked", None): Outcome("locked", "provisional", frozenset({("provisional", False)})),
}


@dataclass(frozen=True)
class Stored:
    """What the database says of one card and of the case of its buyer."""

    card: str
    permission: str | None
    holder: str | None
    history: frozenset[str]
    case: str | None
    state: str
    number: str
    placed: int
    told_too_late: int


@dataclass
class Judgement:
    """How races ended, and everything that must not be."""

    ended: Counter[str]
    violations: Counter[str]


async def judge(database: Database, said: Mapping[int, Said]) -> Judgement:
    """Every card, every case, every chain of events."""
    found = Judgement(Counter(), Counter())
    async with database.read() as session:
        stored = await _stored(session)
        cases = await session.scalar(select(func.count()).select_from(Case))
        found.violations["cases that nobody was answered"] += (cases or 0) - len(said)
        found.violations["broken event chains"] += len(await verify(session))
    for card, answers in said.items():
        one = stored.get(card_ref(card))
        found.ended[_ending(answers)] += 1
        found.violations.update(_violations(answers, one) if one else ["card not there"])
    return found


def _ending(said: Said) -> str:
    came = "waited" if said.lock.get("waiting") else said.lock.get("state")
    reported = said.report.get("state", "nothing")
    return f"permission {said.permission.get('reason') or 'given'}, reported {reported}, lock {came}"


def _violations(said: Said, one: Stored) -> Iterator[str]:
    if {"credited", "locked"} <= one.history:
        yield "both credited and locked"
    result = said.permission.get("reason") or said.permission.get("result")
    outcome = OUTCOMES.get((result, said.report.get("state")))
    if outcome is None or said.report.get("fault"):
        yield "no lawful answers"
        return
    if (said.lock.get("state"), said.lock.get("waiting")) not in outcome.locks:
        yield "the answers contradict each other"
    if one.card != outcome.card:
        yield f"neither after a yes: {one.card}"
    if one.state != outcome.case or one.number != said.lock.get("number"):
        yield "the case is not as answered"
    if one.permission != said.permission.get("permission", one.permission):
        yield "the permission is lost"
    locked = outcome.case == "provisional"
    if (one.holder == one.case) != locked or one.placed != locked:
        yield "the lock or its message to the issuer is lost or double"
    if one.told_too_late != (not locked and said.lock.get("waiting")):
        yield "the message to the buyer is lost or double"


async def _stored(session: AsyncSession) -> dict[str, Stored]:
    history: defaultdict[str, set[str]] = defaultdict(set)
    steps = select(Event.entity_id, Event.to_state).where(Event.entity == ENTITY)
    async for card, state in await session.stream(steps):
        history[card].add(state)
    placed = select(DeliveryRow.entity_id, func.count()).where(DeliveryRow.kind == LOCK_PLACED)
    deliveries = await _counts(session, placed.group_by(DeliveryRow.entity_id))
    told = select(Notice.person, func.count()).where(Notice.key == "notice.lock_too_late")
    notices = await _counts(session, told.group_by(Notice.person))
    rows = await session.stream(
        select(Card, Lock.case, Case.state, Case.number, Lock.person)
        .outerjoin(Lock, Lock.card == Card.id)
        .outerjoin(Case, Case.id == Lock.case)
        .where(Card.issuer == ISSUER)
    )
    return {
        card.card_ref: Stored(
            card.state,
            card.permission,
            card.lock,
            frozenset(history[card.id]),
            case,
            state or "",
            number or "",
            deliveries[case or ""],
            notices[buyer or ""],
        )
        async for card, case, state, number, buyer in rows
    }


async def _counts(session: AsyncSession, wanted: Select[str, int]) -> Counter[str]:
    return Counter({row[0]: row[1] for row in await session.execute(wanted)})
