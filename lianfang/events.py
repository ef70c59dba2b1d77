"""The history of every change of state: written in the same transaction, chained by hash, sealed each minute.

Design rule 10: `event(id, at, actor_kind, actor, entity, entity_id, from, to, reason, params, trace, prev_hash, hash)`,
one chain per (entity, entity_id). A seal is a digest over all events since the seal before it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NotRequired, TypedDict, Unpack

from sqlalchemy import JSON, Index, String, UniqueConstraint, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, Session, mapped_column

from lianfang.clock import rfc3339
from lianfang.database import Base, Retention
from lianfang.ids import new_id

ActorKind = Literal["person", "officer", "partner", "job", "system"]


class Event(Base):
    __tablename__ = "events"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]  # position in its entity's chain, from 1
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor: Mapped[str | None] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(32))
    entity_id: Mapped[str] = mapped_column(String(64))
    from_state: Mapped[str | None] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(String(64))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    trace: Mapped[str | None] = mapped_column(String(64))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str | None] = mapped_column(String(40), index=True)  # not hashed: set when sealed

    __table_args__ = (
        # No index begins with the entity, which most events share: a database without statistics (SQLite, or PostgreSQL
        # while the table is young) would go through all events of an entity instead of one chain, or one day.
        UniqueConstraint("entity_id", "entity", "number"),
        Index("ix_events_at", "at", "entity"),
        Index("ix_events_actor", "actor", "at"),
        {
            "info": {
                "retention": Retention("history and audit; ids and codes only, no personal data, so it stays")
            }
        },
    )


class Seal(Base):
    __tablename__ = "event_seals"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
    events: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = ({"info": {"retention": Retention("digests that prove the history; no personal data")}},)


@dataclass(frozen=True)
class Actor:
    """Who changed something."""

    kind: ActorKind
    id: str | None = None


SYSTEM = Actor("system")


class Change(TypedDict):
    """One change of state; `params` holds ids, codes and numbers only."""

    at: datetime
    actor: Actor
    entity: str
    entity_id: str
    to_state: str
    from_state: NotRequired[str | None]
    reason: NotRequired[str | None]
    params: NotRequired[Mapping[str, Any]]
    trace: NotRequired[str | None]


async def record(session: AsyncSession, **change: Unpack[Change]) -> None:
    """`append` within an async session."""
    await session.run_sync(lambda sync: append(sync, **change))


def append(session: Session, *, first: bool = False, **change: Unpack[Change]) -> None:
    """Append to the entity's chain, in the transaction that makes the change.

    `first`: the entity was made in this transaction, so there is no chain to look for.
    """
    # Straight into the table and without a flush: as objects of the session events cost more than twice as much.
    with session.no_autoflush:
        number, prev_hash = (0, "") if first else _last(session, change["entity"], change["entity_id"])
        event: dict[str, Any] = {
            "id": new_id("ev"),
            "number": number + 1,
            "at": change["at"],
            "actor_kind": change["actor"].kind,
            "actor": change["actor"].id,
            "entity": change["entity"],
            "entity_id": change["entity_id"],
            "from_state": change.get("from_state"),
            "to_state": change["to_state"],
            "reason": change.get("reason"),
            "params": dict(change.get("params") or {}),
            "trace": change.get("trace"),
            "prev_hash": prev_hash,
        }
        session.execute(_INSERT, {**event, "hash": _hash(event)})


_INSERT = Base.metadata.tables[Event.__tablename__].insert().inline()
_LAST = (
    select(Event.number, Event.hash)
    .where(Event.entity == bindparam("entity"), Event.entity_id == bindparam("entity_id"))
    .order_by(Event.number.desc())
    .limit(1)
)  # not FOR UPDATE, which would wait for a seal: two writers of one number meet in the unique constraint


def _last(session: Session, entity: str, entity_id: str) -> tuple[int, str]:
    """Number and hash, of this transaction or an earlier one."""
    last = session.execute(_LAST, {"entity": entity, "entity_id": entity_id}).first()
    return (last.number, last.hash) if last else (0, "")


_HASHED = (
    "id", "number", "at", "actor_kind", "actor", "entity", "entity_id",
    "from_state", "to_state", "reason", "params", "trace", "prev_hash",
)  # fmt: skip


def hash_of(event: Event) -> str:
    """SHA-256 over everything but the hash itself; times to the millisecond, as both databases keep them."""
    return _hash({name: getattr(event, name) for name in _HASHED})


def _hash(event: Mapping[str, Any]) -> str:
    fields = [rfc3339(event[name]) if name == "at" else event[name] for name in _HASHED]
    return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


async def seal(session: AsyncSession, at: datetime) -> int:
    """Digest the events that no seal holds yet into a new one; returns how many there were."""
    seal_id = new_id("seal")
    # Marked, not "later than the last one": a transaction that began earlier may commit later.
    await session.execute(update(Event).where(Event.seal.is_(None)).values(seal=seal_id))
    hashes = await _hashes(session, seal_id)
    if not hashes:
        return 0
    last = await session.scalar(select(Seal).order_by(Seal.id.desc()).limit(1))
    digest = _digest(last.digest if last else "", hashes)
    session.add(Seal(id=seal_id, at=at, events=len(hashes), digest=digest))
    return len(hashes)


async def verify(session: AsyncSession) -> list[str]:
    """Every break in the chains and seals, as `entity/entity_id#number` or `seal id`; empty when all hold."""
    breaks: list[str] = []
    chain: tuple[str, str] | None = None
    previous, number = "", 0
    events = await session.stream_scalars(select(Event).order_by(Event.entity_id, Event.entity, Event.number))
    async for event in events:
        if (event.entity, event.entity_id) != chain:
            chain, previous, number = (event.entity, event.entity_id), "", 0
        number += 1
        if event.number != number or event.prev_hash != previous or event.hash != hash_of(event):
            breaks.append(f"{event.entity}/{event.entity_id}#{event.number}")
        previous = event.hash
    return breaks + await _broken_seals(session)


async def _broken_seals(session: AsyncSession) -> list[str]:
    breaks: list[str] = []
    digest = ""
    for one in (await session.scalars(select(Seal).order_by(Seal.id))).all():
        hashes = await _hashes(session, one.id)
        if len(hashes) != one.events or _digest(digest, hashes) != one.digest:
            breaks.append(f"seal {one.id}")
        digest = one.digest
    return breaks


async def _hashes(session: AsyncSession, seal_id: str) -> Sequence[str]:
    return (await session.scalars(select(Event.hash).where(Event.seal == seal_id).order_by(Event.id))).all()


def _digest(previous: str, hashes: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([previous, *hashes]).encode()).hexdigest()
