"""What comes round: issuers are asked what became of a permission, people are told before an unconfirmed lock ends."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.jobs import Job
from lianfang.notices import queue
from lianfang.privacy import Vault
from services.cases.walking import lock_case
from services.locks import rules, telling
from services.locks.card_states import PERMITTED
from services.locks.cards import lock_row
from services.locks.describing import describe, moment
from services.locks.lock_states import OBJECTED, PROVISIONAL
from services.locks.models import Card, Lock

AT_ONCE = 200


def lock_jobs(database: Database, vault: Vault, clock: Clock) -> tuple[Job, ...]:
    """Ten seconds after a question is due at the latest; warnings each minute."""

    async def ask() -> None:
        await ask_about_permissions(database, vault, clock)

    async def warn() -> None:
        await warn_of_expiry(database, vault, clock)

    return (
        Job("card_questions", timedelta(seconds=10), ask),
        Job("lock_warnings", timedelta(minutes=1), warn),
    )


async def ask_about_permissions(database: Database, vault: Vault, clock: Clock) -> int:
    """Ask for each permission without a report, again every ten minutes; it ends by the issuer's word only."""
    now = clock()
    async with database.read() as session:
        due = select(Card.id).where(Card.ask_at <= now).order_by(Card.ask_at).limit(AT_ONCE)
        cards = list(await session.scalars(due))
    asked = [await database.together(partial(_ask, vault=vault, card_id=card, now=now)) for card in cards]
    return sum(asked)


async def warn_of_expiry(database: Database, vault: Vault, clock: Clock) -> int:
    """Tell the owners of unconfirmed locks that end within half a day, once."""
    now = clock()
    async with database.read() as session:
        ending = select(Lock.case).where(Lock.until <= now + rules.WARNED_BEFORE, Lock.warned_at.is_(None))
        cases = list(await session.scalars(ending.order_by(Lock.until).limit(AT_ONCE)))
    warned = [await database.together(partial(_warn, vault=vault, case_id=case, now=now)) for case in cases]
    return sum(warned)


def _ask(session: Session, *, vault: Vault, card_id: str, now: datetime) -> bool:
    card = lock_row(session, card_id)
    if card is None or card.state != PERMITTED or card.ask_at is None or card.ask_at > now:
        return False  # it was reported on since
    telling.ask_about(session, vault, card, now)
    card.ask_at = now + rules.ASKED_AGAIN_AFTER
    return True


def _warn(session: Session, *, vault: Vault, case_id: str, now: datetime) -> bool:
    case, lock = lock_case(session, case_id), session.get_one(Lock, case_id)
    if case.state not in {PROVISIONAL, OBJECTED} or lock.warned_at is not None or lock.until is None:
        return False
    lock.warned_at = now
    if case.person is None:
        return False
    return queue(
        session,
        vault,
        person=case.person,
        key="notice.lock_expiring",
        params={**describe(session, vault, case), "number": case.number, "until": moment(lock.until)},
        dedupe_key=f"{case.id}:expiring",
        now=now,
        expires=lock.until,
        channel=case.channel,
    )
