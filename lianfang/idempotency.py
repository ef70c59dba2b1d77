"""A POST that changes something is done once: a repeat with the same `Idempotency-Key` gets the first answer.

The answer is kept for 24 h, encrypted, in the transaction that makes the change. A repeat that arrives while the
first is still running waits for it on the key's row, because both insert the same primary key.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, Session, mapped_column

from lianfang.clock import Clock
from lianfang.database import Base, Database, Retention, insert_new
from lianfang.privacy import Vault


class Answered(Base):
    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    operation: Mapped[str] = mapped_column(String(64))
    person: Mapped[str | None] = mapped_column(String(40), index=True)
    answered_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "a repeated request gets the first answer; retries end well within a day",
                    subject="person",
                    keep=timedelta(hours=24),
                    after="answered_at",
                    on_delete="delete",
                )
            }
        },
    )


class KeyReused(Exception):
    """The same key came for another operation or another person."""


async def once(
    database: Database,
    vault: Vault,
    clock: Clock,
    *,
    key: str | None,
    operation: str,
    person: str | None,
    change: Callable[[AsyncSession], Awaitable[dict[str, Any]]],
) -> dict[str, Any]:
    """Run `change` in a write transaction, or return what it answered the first time. Raises KeyReused."""
    async with database.write() as session:
        if key is None:
            return await change(session)
        row = await session.run_sync(insert_new, Answered, _new(key, operation, person, clock))
        if row is None:
            return _answer_of(await session.get_one(Answered, key), operation, person, vault)
        answer = await change(session)
        row.answer = vault.encrypt_json(answer)
        return answer


async def once_together(
    database: Database,
    vault: Vault,
    clock: Clock,
    *,
    key: str,
    operation: str,
    person: str | None,
    change: Callable[[Session], dict[str, Any]],
) -> dict[str, Any]:
    """`once` for a short change that is a plain function of a session, on the fast way. Raises KeyReused."""

    def answer_once(session: Session) -> dict[str, Any]:
        row = insert_new(session, Answered, _new(key, operation, person, clock))
        if row is None:
            return _answer_of(session.get_one(Answered, key), operation, person, vault)
        answer = change(session)
        row.answer = vault.encrypt_json(answer)
        return answer

    return await database.together(answer_once)


def _new(key: str, operation: str, person: str | None, clock: Clock) -> dict[str, Any]:
    return {"key": key, "operation": operation, "person": person, "answered_at": clock()}


def _answer_of(first: Answered, operation: str, person: str | None, vault: Vault) -> dict[str, Any]:
    if (first.operation, first.person) != (operation, person) or first.answer is None:
        raise KeyReused(operation)
    answer: dict[str, Any] = vault.decrypt_json(first.answer)
    return answer
