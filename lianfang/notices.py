"""Notices to persons: written in the transaction that changes the state, sent later by the gateway."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, LargeBinary, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention
from lianfang.ids import new_id
from lianfang.privacy import Vault

KEEP = timedelta(days=30)


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


async def notify(
    session: AsyncSession,
    vault: Vault,
    *,
    person: str,
    key: str,
    params: Mapping[str, Any],
    dedupe_key: str,
    now: datetime,
    not_before: datetime | None = None,
    expires: datetime | None = None,
    urgent: bool = False,
    channel: str | None = None,
) -> bool:
    """Queue `notice.<…>` words for a person, once for each `dedupe_key`; returns whether it is new."""
    if await session.scalar(select(Notice.id).where(Notice.dedupe_key == dedupe_key)):
        return False
    session.add(
        Notice(
            id=new_id("nt"),
            person=person,
            key=key,
            params=vault.encrypt_json(dict(params)),
            dedupe_key=dedupe_key,
            channel=channel,
            retry_key=str(uuid.uuid4()),
            not_before=not_before or now,
            expires=expires or now + KEEP,
            urgent=urgent,
            state="waiting",
            attempts=0,
            sent_parts=0,
            created_at=now,
        )
    )
    return True
