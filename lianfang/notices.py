"""Notices to persons: written in the transaction that changes the state, sent later by the gateway."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict, TypeVar, Unpack

from sqlalchemy import Index, LargeBinary, String, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, Session, mapped_column

from lianfang.database import Base, Retention
from lianfang.ids import new_id
from lianfang.privacy import Vault

T = TypeVar("T")

KEEP = timedelta(days=30)
AT_ONCE = 500


class Notice(Base):
    """`state`: waiting -> sent | undeliverable (shown at the next contact -> sent) | expired."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))
    params: Mapped[bytes] = mapped_column(LargeBinary)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[str | None] = mapped_column(String(16))  # where the case was opened; None: the last used
    retry_key: Mapped[str] = mapped_column(String(36))
    not_before: Mapped[datetime]
    expires: Mapped[datetime]
    urgent: Mapped[bool]
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int]
    sent_parts: Mapped[int]
    created_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_notices_waiting", "state", "not_before"),
        Index("ix_notices_person", "person", "state"),
        {
            "info": {
                "retention": Retention(
                    "what we told a person, while it may have to be shown again",
                    subject="person",
                    keep=KEEP,
                    after="created_at",
                    on_delete="delete",
                )
            }
        },
    )


class Told(TypedDict):
    """What a person is told: `key` of domain.yml with `params`, once for each `dedupe_key`."""

    person: str
    key: str
    params: Mapping[str, Any]
    dedupe_key: str
    now: datetime
    not_before: NotRequired[datetime | None]
    expires: NotRequired[datetime | None]
    urgent: NotRequired[bool]
    channel: NotRequired[str | None]


async def notify(session: AsyncSession, vault: Vault, **told: Unpack[Told]) -> bool:
    """`queue` within an async session."""
    return await session.run_sync(lambda sync: queue(sync, vault, **told))


def queue(session: Session, vault: Vault, **told: Unpack[Told]) -> bool:
    """Queue words for a person in the transaction that changes the state; returns whether they are new."""
    if session.scalar(select(Notice.id).where(Notice.dedupe_key == told["dedupe_key"])):
        return False
    now, sealed = told["now"], vault.encrypt_json(dict(told["params"]))
    values = {
        **_waiting(told["person"], told["key"], sealed, told["dedupe_key"], now),
        "channel": told.get("channel"),
        "not_before": told.get("not_before") or now,
        "expires": told.get("expires") or now + KEEP,
        "urgent": told.get("urgent", False),
    }
    session.add(Notice(**values))
    return True


async def notify_all(
    session: AsyncSession,
    vault: Vault,
    *,
    key: str,
    params: Mapping[str, Mapping[str, Any]],
    dedupe: str,
    now: datetime,
) -> int:
    """The same words to many persons (person -> params) in few statements, once for each and `dedupe`."""
    told = {person: f"{dedupe}:{person}" for person in params}
    known: set[str] = set()
    for some in _batches(list(told.values())):
        known |= set(await session.scalars(select(Notice.dedupe_key).where(Notice.dedupe_key.in_(some))))
    sealed: dict[tuple[tuple[str, Any], ...], bytes] = {}
    rows = []
    for person, values in params.items():
        if told[person] in known:
            continue
        same = tuple(sorted(values.items()))
        if same not in sealed:
            sealed[same] = vault.encrypt_json(dict(values))
        rows.append(_waiting(person, key, sealed[same], told[person], now))
    for some_rows in _batches(rows):
        await session.execute(insert(Notice), some_rows)
    return len(rows)


async def take_back(session: AsyncSession, dedupe: str) -> set[str]:
    """What `notify_all` queued under `dedupe` and nobody tried to send yet is over; returns who may have read theirs."""
    ours = Notice.dedupe_key.startswith(f"{dedupe}:", autoescape=True)
    untouched = update(Notice).where(ours, Notice.state == "waiting", Notice.attempts == 0)
    await session.execute(untouched.values(state="expired").execution_options(synchronize_session=False))
    return set(await session.scalars(select(Notice.person).where(ours, Notice.state != "expired")))


def _waiting(person: str, key: str, params: bytes, dedupe_key: str, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id("nt"),
        "person": person,
        "key": key,
        "params": params,
        "dedupe_key": dedupe_key,
        "channel": None,
        "retry_key": str(uuid.uuid4()),
        "not_before": now,
        "expires": now + KEEP,
        "urgent": False,
        "state": "waiting",
        "attempts": 0,
        "sent_parts": 0,
        "created_at": now,
    }


def _batches(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]
