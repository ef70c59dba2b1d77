"""Asks an outside source about an address, unless somebody asked a short while ago; keeps what it says."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.web import where
from services.registry.late.models import LateAnswer
from services.registry.late.port import Adapter, TryLater

log = structlog.get_logger(__name__)

SIDE_BY_SIDE = 4
Asked = tuple[str, str]  # kind and value


@dataclass(frozen=True)
class Answer:
    """What a source said, and when; `told` None: it has nothing on it. `keep` None: it is kept already."""

    told: str | None
    fetched_at: datetime
    keep: timedelta | None = None


async def ask_all(
    database: Database, clock: Clock, adapters: Mapping[str, Adapter], asked: Collection[Asked]
) -> dict[Asked, Answer | None]:
    """An answer for each, None for "try later"; holds no transaction while it waits for others."""
    kept = select(LateAnswer).where(
        tuple_(LateAnswer.kind, LateAnswer.key).in_([(kind, cache_key(value)) for kind, value in asked]),
        LateAnswer.expires_at > clock(),
    )
    async with database.read() as session:
        known = {(row.kind, row.key): row for row in await session.scalars(kept)} if asked else {}
    turn = asyncio.Semaphore(SIDE_BY_SIDE)

    async def answer(kind: str, value: str) -> Answer | None:
        before = known.get((kind, cache_key(value)))
        if before is not None:
            return Answer(before.answer, before.fetched_at)
        async with turn:
            return await _ask(adapters[kind], value, clock)

    pairs = sorted(asked)
    return dict(zip(pairs, await asyncio.gather(*(answer(*pair) for pair in pairs)), strict=True))


async def _ask(adapter: Adapter, value: str, clock: Clock) -> Answer | None:
    try:
        finding = await adapter.look(value)
    except TryLater as later:
        log.info("late look-up", kind=adapter.kind, status="later", reason=str(later))
        return None
    except Exception as error:  # noqa: BLE001 -- one odd address must not keep all others waiting
        log.error("late look-up failed", kind=adapter.kind, error=type(error).__name__, where=where(error))
        return None
    if finding is None:
        return Answer(None, clock(), adapter.keep_nothing)
    return Answer(finding.told, clock(), finding.keep)


async def keep(session: AsyncSession, answers: Mapping[Asked, Answer | None]) -> None:
    """Remember the new answers for whoever asks next."""
    new = {
        (kind, cache_key(value)): (answer, answer.keep)
        for (kind, value), answer in answers.items()
        if answer is not None and answer.keep is not None
    }
    for (kind, key), (answer, time) in new.items():
        await session.merge(
            LateAnswer(
                kind=kind,
                key=key,
                answer=answer.told,
                fetched_at=answer.fetched_at,
                expires_at=answer.fetched_at + time,
            )
        )


def cache_key(value: str) -> str:
    """As the registry writes pages: host and path."""
    return value.rpartition("://")[2].rstrip("/")
