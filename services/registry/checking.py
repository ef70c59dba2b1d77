"""A check from request to stored verdict: read, look up, judge (pure), store, answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI, Clock
from lianfang.database import Database
from lianfang.ids import new_id
from lianfang.privacy import Vault
from lianfang.text.normalise import cap
from lianfang.text.redact import redact
from services.people.memory import last_check, remember_check
from services.registry.evaluate import evaluate
from services.registry.facts import Facts, wanted_keys
from services.registry.models import TEXT_KEPT, Check
from services.registry.models import CheckRequest as StoredRequest
from services.registry.reading import read_message
from services.registry.requests import LONGEST_TEXT, AgainRequest, CheckRequest
from services.registry.responses import VALID_FOR, build_response
from services.registry.snapshots import snapshots_of

LAST = "last"


class CheckNotFound(Exception):
    """No such check of this person; somebody else's looks exactly the same."""


class CheckTextGone(Exception):
    """The check is this person's, but its text was deleted after a day."""


@dataclass(frozen=True)
class Asker:
    """Who asks (None for nobody known) and the event that brought the message."""

    person: str | None = None
    event: str | None = None


async def judge_request(
    database: Database, request: CheckRequest, now: datetime, *, supersedes: str | None = None
) -> dict[str, Any]:
    """The whole answer, with nothing stored: for the command line and as the first half of `run_check`."""
    snapshots = snapshots_of(database)
    directory, lists = await snapshots.current(now)
    cleaned = clean(request)
    message = read_message(
        cleaned.text,
        sender=cleaned.sender,
        last3=cleaned.receiver_last3,
        app=cleaned.app,
        directory=directory,
    )
    hits = await snapshots.hits(wanted_keys(message))
    facts = Facts(directory, now.astimezone(TAIPEI).date(), lists, hits)
    outcome = evaluate(message, facts)
    response = build_response(new_id("ck"), message, outcome, facts, now, supersedes=supersedes)
    if len(request.text) > LONGEST_TEXT:
        response["advice"].append("text_cut")
    return response


def clean(request: CheckRequest) -> CheckRequest:
    """What may be judged and kept: at most 5,000 characters, secrets of class A replaced."""
    sender = None if request.sender is None else redact(request.sender)
    return request.model_copy(update={"text": redact(cap(request.text, LONGEST_TEXT)), "sender": sender})


async def run_check(
    database: Database,
    vault: Vault,
    clock: Clock,
    request: CheckRequest,
    asker: Asker,
    *,
    supersedes: str | None = None,
) -> dict[str, Any]:
    """Judge and store; the check becomes the person's last one in the same transaction."""
    now = clock()
    response = await judge_request(database, request, now, supersedes=supersedes)
    stored = vault.encrypt_json(clean(request).model_dump())

    def store(session: Session) -> None:
        response["id"] = _replace_repeated(session, asker, supersedes) or response["id"]
        _store(session, response, stored, asker, now)
        if asker.person is not None:
            remember_check(session, asker.person, response["id"])

    await database.together(store)
    return response


async def check_again(
    database: Database, vault: Vault, clock: Clock, check_id: str, *, told: AgainRequest, asker: Asker
) -> dict[str, Any]:
    """Judge an own check again with what was told now. Raises CheckNotFound or CheckTextGone."""
    if asker.person is None:
        raise CheckNotFound
    async with database.read() as session:
        wanted = await last_check(session, asker.person) if check_id == LAST else check_id
        check = None if wanted is None else await session.get(Check, wanted)
        if check is None or check.person != asker.person:
            raise CheckNotFound
        stored = await session.get(StoredRequest, check.id)
    if stored is None or clock() - stored.stored_at > TEXT_KEPT:
        raise CheckTextGone
    request = CheckRequest.model_validate(vault.decrypt_json(stored.request))
    now_known = request.model_copy(update=told.model_dump(exclude_none=True))
    return await run_check(database, vault, clock, now_known, asker, supersedes=check.id)


async def forget_event(database: Database, event: str) -> int:
    """The message was taken back: delete its checks, and those made again from them, with their texts."""
    async with database.write() as session:
        found = (await session.execute(select(Check.id, Check.person).where(Check.event == event))).all()
        gone = {row.id for row in found}
        people = {row.person for row in found if row.person is not None}
        newest = gone
        while newest and people:
            later = select(Check.id).where(Check.person.in_(people), Check.supersedes.in_(newest))
            newest = set(await session.scalars(later)) - gone
            gone = gone | newest
        await session.execute(delete(StoredRequest).where(StoredRequest.check_id.in_(gone)))
        await session.execute(delete(Check).where(Check.id.in_(gone)))
        return len(gone)


def _replace_repeated(session: Session, asker: Asker, supersedes: str | None) -> str | None:
    """A turn repeated after a crash judges again under the same id, so that no event has two checks."""
    if asker.event is None:
        return None
    same = select(Check.id).where(
        Check.event == asker.event,
        Check.person == asker.person,
        Check.supersedes.is_(None) if supersedes is None else Check.supersedes == supersedes,
    )
    check_id = session.scalar(same)
    if check_id is not None:
        session.execute(delete(StoredRequest).where(StoredRequest.check_id == check_id))
        session.execute(delete(Check).where(Check.id == check_id))
    return check_id


def _store(session: Session, response: dict[str, Any], stored: bytes, asker: Asker, now: datetime) -> None:
    organisation = response["organisation"]
    session.add(
        Check(
            id=response["id"],
            person=asker.person,
            event=asker.event,
            verdict=response["verdict"],
            score=response["score"],
            judged_by=response["judged_by"],
            version=response["version"],
            organisation=None if organisation is None else organisation["id"],
            reasons=response["reasons"],
            indicators=response["indicators"],
            supersedes=response["supersedes"],
            checked_at=now,
            expires_at=now + VALID_FOR,
        )
    )
    session.add(StoredRequest(check_id=response["id"], person=asker.person, request=stored, stored_at=now))
