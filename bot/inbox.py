"""The durable inbox: stored before the webhook is answered, one conversation in order, many side by side."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Executable, Row, Table, and_, bindparam, exists, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.messages import Inbound
from bot.models import InboxRow
from lianfang.clock import Clock
from lianfang.database import Database, UtcDateTime
from lianfang.ids import new_id, new_token
from lianfang.privacy import Vault
from lianfang.text.normalise import cap
from lianfang.text.redact import redact

LEASE = timedelta(seconds=60)
INBOX = cast("Table", InboxRow.__table__)
# Written literally, so that the partial index serves.
OPEN = text("inbox.state IN ('new', 'answered')")
_earlier = INBOX.alias("earlier")
_blocked = exists().where(
    _earlier.c.conversation == INBOX.c.conversation,
    _earlier.c.number < INBOX.c.number,
    text("earlier.state IN ('new', 'answered')"),
)
# Built once: every turn runs these, and building a statement costs more than running it.
DUE = (
    select(INBOX)
    .where(
        OPEN,
        INBOX.c.due_at <= bindparam("now", type_=UtcDateTime()),
        or_(INBOX.c.lease_until.is_(None), INBOX.c.lease_until <= bindparam("now", type_=UtcDateTime())),
        ~_blocked,
    )
    .order_by(INBOX.c.number)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=INBOX)
)
TAKE = (
    update(INBOX)
    .where(INBOX.c.number == bindparam("of"))
    .values({name: bindparam(name) for name in ("lease", "lease_until", "uncertain", "attempts")})
)
MINE = update(INBOX).where(INBOX.c.id == bindparam("of"), INBOX.c.lease == bindparam("under"), OPEN)
OWN = update(INBOX).where(INBOX.c.conversation == bindparam("of"), INBOX.c.person.is_(None))
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
        insert = sqlite.insert if database.is_sqlite else postgresql.insert
        insert_new = insert(INBOX).on_conflict_do_nothing(index_elements=["channel", "event_id"])
        self._insert = insert_new.inline().execution_options(preserve_rowcount=True)

    async def store(self, events: Sequence[Inbound]) -> int:
        """Store new events, redacted and encrypted; returns after the commit with how many were new."""
        if not events:
            return 0
        return await self._database.together(lambda session: self._store_in(session, events), urgent=True)

    def _store_in(self, session: Session, events: Sequence[Inbound]) -> int:
        now = self._clock()
        stored = 0
        for event in events:
            row = self._row(event, now)
            stored += _run(session, self._insert, row)
            if row["message"] is not None:
                self._forget_taken_back(session, event)
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
            "outcome": "unsent" if event.kind == "unsent" else None if keep else event.kind,
        }

    def _message_index(self, event: Inbound) -> str | None:
        if event.message_id is None:
            return None
        return self._vault.index(event.channel, event.conversation, event.message_id)

    def _forget_taken_back(self, session: Session, event: Inbound) -> None:
        """A message that was taken back, before or after it came: its text goes, and it needs no answer."""
        mine = INBOX.c.message.in_(self._message_indexes(event))
        if event.kind != "unsent":
            taken_back = select(INBOX.c.id).where(mine, INBOX.c.outcome == "unsent").limit(1)
            if session.connection().execute(taken_back).first() is None:
                return
        text_rows = and_(mine, INBOX.c.outcome.is_distinct_from("unsent"))
        connection = session.connection()
        connection.execute(
            update(INBOX)
            .where(text_rows, INBOX.c.state == "new")
            .values(state="ignored", done_at=self._clock(), outcome="taken_back")
        )
        connection.execute(update(INBOX).where(text_rows).values(payload=None, answer=None))

    def _message_indexes(self, event: Inbound) -> list[str]:
        return self._vault.indexes(event.channel, event.conversation, event.message_id or "")

    async def event_of_message(self, event: Inbound) -> str | None:
        """The trace id of the message an `unsent` event takes back."""
        theirs = (
            InboxRow.message.in_(self._message_indexes(event)),
            InboxRow.outcome.is_distinct_from("unsent"),
        )
        return await self._database.look(lambda session: session.scalar(select(InboxRow.id).where(*theirs)))

    async def claim(self, limit: int) -> list[Claimed]:
        """Lease up to `limit` rows that are due and first in their conversation."""
        now = self._clock()
        one = {"now": now, "limit": 1}
        if not await self._database.look_up(DUE, one):
            return []
        return await self._database.together(lambda session: self._lease(session, limit))

    def _lease(self, session: Session, limit: int) -> list[Claimed]:
        now = self._clock()
        rows = session.execute(DUE, {"now": now, "limit": limit}).all()
        leases = [f"{self._owner}{new_token('l')}" for _ in rows]
        # A lease that was never given back: its worker died, perhaps while sending.
        uncertain = [row.uncertain or (row.answer is not None and row.lease is not None) for row in rows]
        for row, lease, doubt in zip(rows, leases, uncertain, strict=True):
            taken = {"lease": lease, "uncertain": doubt, "attempts": row.attempts + 1}
            _run(session, TAKE, taken | {"of": row.number, "lease_until": now + LEASE})
        return [
            self._open(row, lease, uncertain=doubt)
            for row, lease, doubt in zip(rows, leases, uncertain, strict=True)
        ]

    def _open(self, row: Row[Any], lease: str, *, uncertain: bool) -> Claimed:
        return Claimed(
            id=row.id,
            lease=lease,
            conversation=row.conversation or "",
            attempts=row.attempts + 1,
            held=row.held,
            received_at=row.received_at,
            inbound=_from_json(self._vault.decrypt_json(row.payload or b"")),
            answer=self._vault.decrypt_json(row.answer) if row.answer else None,
            sent_parts=row.sent_parts,
            uncertain=uncertain,
        )

    async def free_own_leases(self) -> None:
        """At the start: what this gateway held when it died is due at once, while reply tokens are still young."""
        mine = and_(text("inbox.state IN ('new', 'answered')"), InboxRow.lease.startswith(self._owner))
        async with self._database.write() as session:
            await session.execute(update(InboxRow).where(mine).values(lease_until=None))

    def keep_answer(
        self, session: Session, claimed: Claimed, answer: list[dict[str, Any]], person: str | None
    ) -> bool:
        """Store the rendered answer before it is sent; False when the row is gone, taken over or taken back."""
        values = {"answer": self._vault.encrypt_json(answer), "state": "answered", "person": person}
        kept = self._update(session, claimed, values)
        if kept and person is not None and not claimed.inbound.is_group:
            # Events that ended before we knew who wrote them are this person's too, for `delete_my_data`
            unknown = {"of": claimed.conversation, "person": person}
            _run(session, OWN.values(person=bindparam("person")), unknown)
        return kept

    def _update(self, session: Session, claimed: Claimed, values: dict[str, Any]) -> bool:
        mine = {"of": claimed.id, "under": claimed.lease}
        return _run(session, MINE.values({name: bindparam(name) for name in values}), mine | values) == 1

    async def finish(
        self, claimed: Claimed, outcome: str, *, dead: bool = False, forget: bool = False
    ) -> None:
        """The event is dealt with; `forget` drops text, person and conversation at once.

        The keyed index of an `unsent` event's message stays a day: the message itself may still come.
        """
        values: dict[str, Any] = {
            "state": "dead" if dead else "done",
            "done_at": self._clock(),
            "outcome": outcome,
            "lease": None,
            "lease_until": None,
        }
        if forget:
            values |= {"payload": None, "answer": None, "person": None, "conversation": None}
        await self._database.together(lambda session: self._update(session, claimed, values))

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
        await self._database.together(lambda session: self._update(session, claimed, values))

    async def backlog(self) -> dict[str, int]:
        """Rows by state, for metrics and readiness."""
        async with self._database.read() as session:
            rows = await session.execute(
                select(InboxRow.state, func.count().label("rows")).group_by(InboxRow.state)
            )
            return {row.state: row.rows for row in rows}


def _run(session: Session, statement: Executable, values: dict[str, Any]) -> int:
    """Rows touched; on the bare connection, because the ORM's work for one row costs more than the row."""
    return session.connection().execute(statement, values).rowcount


def _to_json(event: Inbound) -> dict[str, Any]:
    return {**asdict(event), "sent_at": event.sent_at.isoformat()}


def _from_json(value: dict[str, Any]) -> Inbound:
    return Inbound(**{**value, "sent_at": datetime.fromisoformat(value["sent_at"])})
