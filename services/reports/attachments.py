"""Pictures of cases: encrypted files beside rows that say whose they are and how long they stay."""

import asyncio
import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import Actor, append
from lianfang.ids import new_id
from lianfang.jobs import Job
from lianfang.privacy import Vault
from services.cases.walking import ENTITY
from services.reports.models import Attachment
from services.reports.pictures import MOST_BYTES, NotAPicture, take_picture

log = structlog.get_logger(__name__)

MOST_OF_A_CASE = 20
SWEPT_AFTER = timedelta(hours=1)  # a file is written before its row is committed


class NotTaken(Exception):
    """`code`: attachment_too_large, not_a_picture or too_many_attachments."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Stored:
    """One picture as it is kept."""

    id: str
    media_type: str
    size: int
    width: int
    height: int


class AttachmentStore:
    """Files in one folder, each named by its row's id; safe to use by several processes."""

    def __init__(self, folder: Path, database: Database, vault: Vault, clock: Clock) -> None:
        self._folder = folder
        self._database = database
        self._vault = vault
        self._clock = clock

    async def keep(
        self, raw: bytes, *, actor: Actor, case_of: Callable[[Session], str | None], trace: str | None = None
    ) -> Stored:
        """Draw the picture anew and keep it with the case that `case_of` finds (None: with none). Raises NotTaken."""
        if len(raw) > MOST_BYTES:
            raise NotTaken("attachment_too_large")
        try:
            picture = await asyncio.to_thread(take_picture, raw)
        except NotAPicture as error:
            raise NotTaken("not_a_picture") from error
        stored = Stored(new_id("at"), picture.media_type, len(picture.content), picture.width, picture.height)

        def note(session: Session) -> None:
            case = case_of(session)
            if case is not None and self._is_full(session, case):
                raise NotTaken("too_many_attachments")
            self._note(session, stored, case, actor, trace)

        await asyncio.to_thread(self._write, stored.id, picture.content)
        try:
            await self._database.together(note)
        except BaseException:
            self._path(stored.id).unlink(missing_ok=True)
            raise
        return stored

    async def read(self, attachment: str) -> tuple[str, bytes] | None:
        """Media type and content; None for one that was never there or is no longer."""
        row = await self._database.look(lambda session: session.get(Attachment, attachment))
        if row is None:
            return None
        try:
            sealed = await asyncio.to_thread(self._path(row.id).read_bytes)
        except FileNotFoundError:
            log.error("an attachment's file is missing", id=row.id)
            return None
        return row.media_type, await asyncio.to_thread(self._vault.decrypt_bytes, sealed)

    async def sweep(self) -> int:
        """Remove files whose rows are gone; returns how many."""
        files = await asyncio.to_thread(self._old_files)
        known = await self._database.look(lambda session: set(session.scalars(select(Attachment.id))))
        gone = [path for path in files if path.name not in known]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def job(self) -> Job:
        """Every ten minutes, as retention."""

        async def run() -> None:
            await self.sweep()

        return Job("attachments", timedelta(minutes=10), run)

    def _note(
        self, session: Session, stored: Stored, case: str | None, actor: Actor, trace: str | None
    ) -> None:
        now = self._clock()
        row = Attachment(
            **vars(stored), case=case, person=actor.id if actor.kind == "person" else None, stored_at=now
        )
        session.add(row)
        append(
            session,
            at=now,
            actor=actor,
            entity="attachment",
            entity_id=row.id,
            to_state="kept",
            params={ENTITY: case, "size": row.size},
            trace=trace,
        )

    @staticmethod
    def _is_full(session: Session, case: str) -> bool:
        kept = select(Attachment.id).where(Attachment.case == case).limit(MOST_OF_A_CASE)
        return len(session.scalars(kept).all()) == MOST_OF_A_CASE

    def _path(self, attachment: str) -> Path:
        return self._folder / attachment

    def _write(self, attachment: str, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path, half = self._path(attachment), self._folder / f"{attachment}.half"
        with half.open("wb") as file:
            file.write(self._vault.encrypt_bytes(content))
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)

    def _old_files(self) -> list[Path]:
        before = self._clock().timestamp() - SWEPT_AFTER.total_seconds()
        old = []
        for path in self._folder.glob("at_*"):
            with contextlib.suppress(FileNotFoundError):
                old += [path] if path.stat().st_mtime < before else []
        return old
