"""A worse verdict stored in place of the one that was given, with the news to its asker, in one transaction."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.notices import notify
from lianfang.privacy import Vault
from services.people.memory import last_check, remember_check
from services.registry.late.models import LateLookUp
from services.registry.late.queue import queue_late_look_ups
from services.registry.late.signs import rank
from services.registry.late.telling import changed_late
from services.registry.models import Check
from services.registry.models import CheckRequest as StoredRequest
from services.registry.reading import Message
from services.registry.responses import VALID_FOR


async def supersede(
    session: AsyncSession,
    vault: Vault,
    before: Check,
    message: Message,
    response: dict[str, Any],
    now: datetime,
    enabled: Collection[str],
) -> bool:
    """Whether the verdict became worse; late evidence takes nothing bad back, so otherwise nothing is told.

    `message` is the one with its targets: what they lead to is looked up next.
    """
    here = await session.scalar(select(Check).where(Check.id == before.id).with_for_update())
    stored = await session.get(StoredRequest, before.id)
    replaced = await session.scalar(
        select(exists().where(Check.person == before.person, Check.supersedes == before.id))
    )
    if here is None or stored is None or before.person is None or replaced:
        await session.execute(delete(LateLookUp).where(LateLookUp.check_id == before.id))
        return False
    ours = update(LateLookUp).where(LateLookUp.check_id == before.id)
    await session.execute(ours.where(LateLookUp.state == "found").values(state="judged"))
    worse = rank(response["verdict"]) > rank(before.verdict)
    if worse:
        session.add(_successor(before, response, now))
        session.add(_same_text(stored, response["id"]))
        await _hand_over(session, before.id, response["id"])
        if await last_check(session, before.person) == before.id:
            await session.run_sync(remember_check, before.person, response["id"])
        await notify(
            session,
            vault,
            person=before.person,
            key="notice.verdict_changed_late",
            params=changed_late(before, response, asked_at=stored.stored_at, now=now),
            dedupe_key=f"late:{before.id}",
            now=now,
        )
    if response["verdict"] != "fraud":
        check_id = response["id"] if worse else before.id
        await session.run_sync(queue_late_look_ups, check_id, before.person, message, now, enabled)
    return worse


def _successor(before: Check, response: dict[str, Any], now: datetime) -> Check:
    """Counted where the first one was; the event stays, so that a message taken back takes this with it."""
    organisation = response["organisation"]
    return Check(
        id=response["id"],
        person=before.person,
        event=before.event,
        verdict=response["verdict"],
        score=response["score"],
        judged_by=response["judged_by"],
        version=response["version"],
        organisation=None if organisation is None else organisation["id"],
        reasons=response["reasons"],
        indicators=response["indicators"],
        supersedes=before.id,
        checked_at=now,
        expires_at=now + VALID_FOR,
        campaign=before.campaign,
        case_key=before.case_key,
        wording_key=before.wording_key,
        sender_kind=before.sender_kind,
    )


def _same_text(stored: StoredRequest, check_id: str) -> StoredRequest:
    """Kept as long as the first one: the text goes a day after it was given."""
    return StoredRequest(
        check_id=check_id, person=stored.person, request=stored.request, stored_at=stored.stored_at
    )


async def _hand_over(session: AsyncSession, before: str, after: str) -> None:
    """The successor's look-ups go on; what was found stays with both, since an old card may ask again too."""
    rows = (await session.scalars(select(LateLookUp).where(LateLookUp.check_id == before))).all()
    columns = [column.key for column in LateLookUp.__table__.columns if column.key != "check_id"]
    session.add_all(
        LateLookUp(check_id=after, **{name: getattr(row, name) for name in columns}) for row in rows
    )
    await session.execute(
        delete(LateLookUp).where(LateLookUp.check_id == before, LateLookUp.state == "waiting")
    )
