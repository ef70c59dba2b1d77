"""The durable inbox: stored before the webhook is answered, one conversation in order, many side by side."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.messages import Inbound
from bot.models import OPEN_STATES, InboxRow
from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.ids import new_id, new_token
from lianfang.privacy import Vault
from lianfang.text.normalise import cap
from lianfang.text.redact import redact

LEASE = timedelta(seconds=60)
TEXT_LIMIT = 5000
# Kinds of which nothing but the event id is kept.
NOTHING_KEPT = frozenset({"group_message", "left"})


@dataclass(frozen=True)
class Claimed:
    """A leased row, opened: what came in, and the answer if one was already made."""

    id: str
    lease: str
    conversation: str
    attempts: int
    held: bool
    received_at: datetime
    inbound: Inbound
    answer: list[dict[str, Any]] | None
    sent_parts: int
    uncertain: bool

    def key_for(self, purpose: str) -> str:
        """The same UUID for every attempt to push for one purpose (the answer, the holding message)."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, self.id + purpose))


class Inbox:
    """All statements on the inbox table."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, owner: str = "") -> None:
        """`owner` names this gateway the same way after a restart, so that it can free its own leases."""
        self._database = database
        self._vault = vault
        self._clock = clock
        self._owner = owner

    async def store(self, events: Sequence[Inbound]) -> int:
        """Store new events in one transaction, redacted and encrypted; returns how many were new."""
        if not events:
            return 0
        now = self._clock()
        rows = [self._row(event, now) for event in events]
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        statement = (
            insert(InboxRow)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["channel", "event_id"])
            .returning(InboxRow.id)
        )
        async with self._database.write() as session:
            stored = len((await session.execute(statement)).all())
            for event in events:
                if event.kind == "unsent" and event.message_id:
                    await self._forget_message(session, event)
        return stored

    def _row(self, event: Inbound, now: datetime) -> dict[str, Any]:
        keep = event.kind not in NOTHING_KEPT
        if event.text is not None:
            event = replace(event, text=redact(cap(event.text, TEXT_LIMIT)))
        return {
            "id": new_id("in"),
            "channel": event.channel,
            "event_id": event.event_id,
            "conversation": self._vault.index(event.channel, event.conversation) if keep else None,
            "message": self._message_index(event) if keep else None,
            "person": None,
            "state": "new" if keep else "ignored",
            "payload": self._vault.encrypt_json(_to_json(event)) if keep else None,
            "answer": None,
            "sent_parts": 0,
            "uncertain": False,
            "held": False,
            "attempts": 0,
            "received_at": now,
            "due_at": now,
            "lease": None,
            "lease_until": None,
            "done_at": None if keep else now,
            "outcome": None if keep else event.kind,
        }

    def _message_index(self, event: Inbound) -> str | None:
        if event.message_id is None or event.kind == "unsent":
            return None
        return self._vault.index(event.channel, event.conversation, event.message_id)

    async def _forget_message(self, session: AsyncSession, event: Inbound) -> None:
        """The person took a message back: its text goes now; one not answered yet needs no answer any more."""
        message = self._vault.indexes(event.channel, event.conversation, event.message_id or "")
        mine = InboxRow.message.in_(message)
        await session.execute(
            update(InboxRow)
            .where(mine, InboxRow.state == "new")
            .values(state="ignored", done_at=self._clock(), outcome="unsent")
        )
        await session.execute(update(InboxRow).where(mine).values(payload=None, answer=None))

    async def event_of_message(self, event: Inbound) -> str | None:
        """The trace id of the message an `unsent` event takes back."""
        message = self._vault.indexes(event.channel, event.conversation, event.message_id or "")
        async with self._database.read() as session:
            return await session.scalar(select(InboxRow.id).where(InboxRow.message.in_(message)))

    async def claim(self, limit: int) -> list[Claimed]:
        """Lease up to `limit` rows that are due and first in their conversation."""
        now = self._clock()
        earlier = aliased(InboxRow, name="earlier")
        blocked = exists().where(
            earlier.conversation == InboxRow.conversation,
            earlier.number < InboxRow.number,
            text("earlier.state IN ('new', 'answered')"),
        )
        due = (
            select(InboxRow)
            .where(
                text("inbox.state IN ('new', 'answered')"),  # literally, so that the partial index serves
                InboxRow.due_at <= now,
                or_(InboxRow.lease_until.is_(None), InboxRow.lease_until <= now),
                ~blocked,
            )
            .order_by(InboxRow.number)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self._database.write() as session:
            rows = (await session.scalars(due)).all()
            for row in rows:
                # A lease that was never given back: its worker died, perhaps while sending.
                row.uncertain = row.uncertain or (row.answer is not None and row.lease is not None)
                row.lease, row.lease_until = f"{self._owner}{new_token('l')}", now + LEASE
                row.attempts += 1
        return [self._open(row) for row in rows]

    def _open(self, row: InboxRow) -> Claimed:
        return Claimed(
            id=row.id,
            lease=row.lease or "",
            conversation=row.conversation or "",
            attempts=row.attempts,
            held=row.held,
            received_at=row.received_at,
            inbound=_from_json(self._vault.decrypt_json(row.payload or b"")),
            answer=self._vault.decrypt_json(row.answer) if row.answer else None,
            sent_parts=row.sent_parts,
            uncertain=row.uncertain,
        )

    async def free_own_leases(self) -> None:
        """At the start: what this gateway held when it died is due at once, while reply tokens are still young."""
        mine = and_(text("inbox.state IN ('new', 'answered')"), InboxRow.lease.startswith(self._owner))
        async with self._database.write() as session:
            await session.execute(update(InboxRow).where(mine).values(lease_until=None))

    async def keep_answer(
        self, session: AsyncSession, claimed: Claimed, answer: list[dict[str, Any]], person: str | None
    ) -> bool:
        """Store the rendered answer before it is sent; False when the row is gone, taken over or taken back."""
        values = {"answer": self._vault.encrypt_json(answer), "state": "answered", "person": person}
        return await self._update(session, claimed, values)

    async def _update(self, session: AsyncSession, claimed: Claimed, values: dict[str, Any]) -> bool:
        mine = and_(
            InboxRow.id == claimed.id, InboxRow.lease == claimed.lease, InboxRow.state.in_(OPEN_STATES)
        )
        changed = await session.execute(update(InboxRow).where(mine).values(values).returning(InboxRow.id))
        return changed.first() is not None

    async def finish(
        self, claimed: Claimed, outcome: str, *, dead: bool = False, forget: bool = False
    ) -> None:
        """The event is dealt with; `forget` drops text and person at once."""
        values: dict[str, Any] = {
            "state": "dead" if dead else "done",
            "done_at": self._clock(),
            "outcome": outcome,
            "lease": None,
            "lease_until": None,
        }
        if forget:
            values |= {"payload": None, "answer": None, "person": None, "conversation": None, "message": None}
        async with self._database.write() as session:
            await self._update(session, claimed, values)

    async def retry(
        self, claimed: Claimed, after: timedelta, *, sent_parts: int, held: bool, uncertain: bool = False
    ) -> None:
        """Give the lease back; the row is due again in `after`."""
        values = {
            "uncertain": uncertain,
            "due_at": self._clock() + after,
            "lease": None,
            "lease_until": None,
            "sent_parts": sent_parts,
            "held": held,
        }
        async with self._database.write() as session:
            await self._update(session, claimed, values)

    async def backlog(self) -> dict[str, int]:
        """Rows by state, for metrics and readiness."""
        async with self._database.read() as session:
            rows = await session.execute(
                select(InboxRow.state, func.count().label("rows")).group_by(InboxRow.state)
            )
            return {row.state: row.rows for row in rows}


def _to_json(event: Inbound) -> dict[str, Any]:
    return {**asdict(event), "sent_at": event.sent_at.isoformat()}


def _from_json(value: dict[str, Any]) -> Inbound:
    return Inbound(**{**value, "sent_at": datetime.fromisoformat(value["sent_at"])})
