"""`lianfang import`: an official list from a file or URL becomes a new generation, in short transactions."""

import asyncio
import csv
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
from sqlalchemy import insert, select

from lianfang.clock import Clock
from lianfang.database import Database
from services.registry.generations import (
    PAUSE_SECONDS,
    ROWS_AT_ONCE,
    current_of,
    drop,
    finish,
    make_current,
    prune,
)
from services.registry.layouts import READERS, Entry, NotThisData
from services.registry.listing import Lister, Refused
from services.registry.models import Generation, Indicator
from services.registry.snapshots import snapshots_of

KINDS = tuple(READERS)
MAX_DOWNLOAD_BYTES = 256 * 1024 * 1024
DOWNLOAD_SECONDS = 300
ROWS_READ_AT_ONCE = 500
LARGE_LIST = 1000
Progress = Callable[[int, int], None]


class DownloadFailed(Exception):
    """One sentence: what the address answered."""


@dataclass(frozen=True)
class ImportReport:
    """What an import did. `outcome`: imported, unchanged, or restored (that file again after an undo).

    `shrunk_from`: how many the list before named, when this one names less than half of them.
    """

    kind: str
    outcome: str
    rows_read: int
    listed: int
    rejected: int
    as_of: date | None
    rejected_file: Path | None = None
    shrunk_from: int | None = None


@dataclass
class _Gathered:
    """Distinct indicators of a file, each with its newest day and all its reports."""

    listed: dict[tuple[str, str], tuple[date | None, int | None]]
    rejected: list[tuple[int, str, str]]
    rows_read: int = 0
    as_of: date | None = None

    def add(self, key: tuple[str, str], entry: Entry) -> None:
        day, reports = self.listed.get(key, (None, None))
        newest = max((one for one in (day, entry.as_of) if one is not None), default=None)
        total = reports if entry.reports is None else (reports or 0) + entry.reports
        self.listed[key] = (newest, total)
        if newest is not None and (self.as_of is None or newest > self.as_of):
            self.as_of = newest


async def import_file(
    database: Database,
    kind: str,
    path: Path,
    clock: Clock,
    progress: Progress,
    *,
    source: str | None = None,
    rejected_to: Path | None = None,
) -> ImportReport:
    """Import one list. Raises NotThisData with nothing changed when the file is not that list.

    `rejected_to`: where the rejected rows go, each with its line and reason.
    """
    sha256 = await asyncio.to_thread(_sha256, path)
    known = await _known(database, kind, sha256, clock)
    if known is not None:
        return known
    gathered = await _gather(database, kind, path, clock, progress)
    async with database.read() as session:
        before = await current_of(session, kind)
    rows_before = 0 if before is None else before.rows
    await _store(
        database, kind, gathered, clock, sha256=sha256, source=source or path.name, progress=progress
    )
    await prune(database, kind, clock)
    if rejected_to is not None and gathered.rejected:
        await asyncio.to_thread(_write_rejected, rejected_to, gathered.rejected)
    return ImportReport(
        kind,
        "imported",
        gathered.rows_read,
        len(gathered.listed),
        len(gathered.rejected),
        gathered.as_of,
        rejected_to if gathered.rejected else None,
        rows_before if shrank(rows_before, len(gathered.listed)) else None,
    )


def shrank(before: int, now: int) -> bool:
    """Whether a large list lost more than half: a cut-off download more often than a true change."""
    return before > LARGE_LIST and now * 2 < before


async def download(
    url: str, path: Path, *, max_bytes: int = MAX_DOWNLOAD_BYTES, seconds: float = DOWNLOAD_SECONDS
) -> None:
    """Fetch a list to `path`. Raises DownloadFailed."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise DownloadFailed("only http and https addresses can be imported")
    timeout = aiohttp.ClientTimeout(total=seconds)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(url) as answer,
        ):
            if answer.status != 200:
                raise DownloadFailed(f"the address answered {answer.status}")
            size = 0
            with path.open("wb") as file:
                async for chunk in answer.content.iter_chunked(1 << 16):
                    size += len(chunk)
                    if size > max_bytes:
                        raise DownloadFailed(f"the file is larger than {max_bytes >> 20} MB")
                    file.write(chunk)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise DownloadFailed(f"the address cannot be read: {type(error).__name__}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _known(database: Database, kind: str, sha256: str, clock: Clock) -> ImportReport | None:
    """The same file again: nothing to do, or, after an undo, make its generation current once more."""
    async with database.read() as session:
        present = await current_of(session, kind)
        same = await session.scalar(
            select(Generation)
            .where(Generation.kind == kind, Generation.sha256 == sha256, Generation.state == "complete")
            .order_by(Generation.id.desc())
            .limit(1)
        )
    if same is None:
        return None
    outcome = "unchanged"
    if present is None or present.id != same.id:
        async with database.write() as session:
            await make_current(session, await session.get_one(Generation, same.id), clock(), "restored")
        outcome = "restored"
    return ImportReport(kind, outcome, 0, same.rows, same.rejected, same.as_of)


async def _gather(database: Database, kind: str, path: Path, clock: Clock, progress: Progress) -> _Gathered:
    directory, _ = await snapshots_of(database).current(clock())
    lister = Lister(directory)
    gathered = _Gathered({}, [])
    with path.open("rb") as file:
        for entry in READERS[kind](file):
            gathered.rows_read += 1
            decided = lister.decide(entry)
            if isinstance(decided, Refused):
                gathered.rejected.append((entry.line, entry.text[:200], decided.reason))
            else:
                gathered.add((decided.kind, decided.value), entry)
            if gathered.rows_read % ROWS_READ_AT_ONCE == 0:
                progress(0, gathered.rows_read)
                await asyncio.sleep(0)
    if not gathered.listed:
        raise NotThisData(f"no row of this file can be listed as {kind}; nothing was changed")
    return gathered


async def _store(
    database: Database,
    kind: str,
    gathered: _Gathered,
    clock: Clock,
    *,
    sha256: str,
    source: str,
    progress: Progress,
) -> None:
    async with database.write() as session:
        generation = Generation(
            kind=kind,
            state="loading",
            sha256=sha256,
            source=source[:500],
            as_of=gathered.as_of,
            rows=0,
            rejected=len(gathered.rejected),
            imported_at=clock(),
        )
        session.add(generation)
        await session.flush()
        generation_id = generation.id
    done = 0
    try:
        for batch in _batches(gathered, generation_id):
            async with database.write() as session:
                await session.execute(insert(Indicator), batch)
            done += len(batch)
            progress(done, len(gathered.listed))
            await asyncio.sleep(PAUSE_SECONDS)
    except BaseException:
        await asyncio.shield(drop(database, generation_id))
        raise
    await finish(database, generation_id, done, clock)


def _batches(gathered: _Gathered, generation_id: int) -> Iterable[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for (kind, value), (day, reports) in gathered.listed.items():
        batch.append(
            {
                "generation_id": generation_id,
                "kind": kind,
                "value": value,
                "as_of": day,
                "reports": reports,
            }
        )
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _write_rejected(path: Path, rejected: list[tuple[int, str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["line", "value", "reason"])
        writer.writerows(cast("list[tuple[Any, ...]]", rejected))
