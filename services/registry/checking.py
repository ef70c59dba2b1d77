"""A check from request to stored verdict: read, look up, judge (pure), store, answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI, Clock, rfc3339
from lianfang.database import Database
from lianfang.ids import new_id
from lianfang.privacy import Vault
from lianfang.text.normalise import cap, normalise
from lianfang.text.redact import redact
from services.people.memory import last_check, remember_check
from services.registry.campaigns.findings import evidence_of
from services.registry.campaigns.store import Known, forget_empty, join, look
from services.registry.campaigns.traits import Traits, traits_of
from services.registry.evidence import Evidence
from services.registry.facts import Facts, wanted_keys
from services.registry.late.queue import found_before, queue_late_look_ups
from services.registry.late.signs import Found, judge_late, with_targets
from services.registry.models import TEXT_KEPT, Check
from services.registry.models import CheckRequest as StoredRequest
from services.registry.reading import Message, read_message
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


@dataclass(frozen=True)
class Looked:
    """A request read and looked up, ready to be judged; `shown` is the message with what its short links hide."""

    request: CheckRequest
    message: Message
    facts: Facts
    is_cut: bool
    shown: Message
    found: Sequence[Found] = ()

    def judge(
        self, now: datetime, *, more: Sequence[Evidence] = (), supersedes: str | None = None
    ) -> dict[str, Any]:
        outcome = judge_late(self.message, self.shown, self.facts, self.found, more)
        response = build_response(new_id("ck"), self.shown, outcome, self.facts, now, supersedes=supersedes)
        if self.is_cut:
            response["advice"].append("text_cut")
        return response


async def judge_request(
    database: Database, request: CheckRequest, now: datetime, vault: Vault | None = None
) -> dict[str, Any]:
    """The whole answer, with nothing counted or stored: for the command line."""
    return (await look_up(database, request, now, vault=vault)).judge(now)


async def look_up(
    database: Database,
    request: CheckRequest,
    now: datetime,
    found: Sequence[Found] = (),
    *,
    vault: Vault | None = None,
) -> Looked:
    """Read a request and look up what lists say of it; `found` is what outside sources told before.

    Without `vault` the numbers and accounts of our own list, which it keeps as keyed indexes, are not found.
    """
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
    shown = with_targets(message, found, directory)
    hits = await snapshots.hits(wanted_keys(shown), vault)
    announced = snapshots.announcements(now)
    facts = Facts(directory, now.astimezone(TAIPEI).date(), lists, hits, announcements=announced)
    return Looked(cleaned, message, facts, len(request.text) > LONGEST_TEXT, shown, found)


def clean(request: CheckRequest) -> CheckRequest:
    """What may be judged and kept: at most 5,000 characters, secrets of class A replaced."""
    sender = None if request.sender is None else redact(request.sender)
    text = cap(request.text, LONGEST_TEXT)
    longer = len(normalise(text)) / LONGEST_TEXT
    if longer > 1:  # some single characters are whole words in normal form
        text = cap(text, int(len(text) / longer))
    return request.model_copy(update={"text": redact(text), "sender": sender})


async def run_check(
    database: Database,
    vault: Vault,
    clock: Clock,
    request: CheckRequest,
    asker: Asker,
    *,
    supersedes: str | None = None,
    late: Collection[str] = (),
) -> dict[str, Any]:
    """Judge and store; the check becomes the person's last one in the same transaction. `late`: what is looked up after."""
    now = clock()
    found = await found_before(database, supersedes) if late and supersedes else ()
    looked = await look_up(database, request, now, found, vault=vault)
    traits = traits_of(looked.message, vault)
    if looked.is_cut:
        traits = replace(traits, cases=())  # no officer saw what the next copy has behind the cut
    known = await look(database, traits, asker.person, now, supersedes=supersedes)
    response = looked.judge(now, more=evidence_of(known.finding, looked.facts), supersedes=supersedes)
    stored = vault.encrypt_json(looked.request.model_dump())

    def store(session: Session) -> None:
        campaign = join(session, traits, known, now)
        response["id"] = _replace_repeated(session, asker, supersedes) or response["id"]
        if campaign.campaign is not None:
            response["campaign"] = _counted(campaign)
        _store(session, response, stored, asker, now, traits)
        if response["verdict"] != "fraud":  # else nothing could make it worse
            queue_late_look_ups(session, response["id"], asker.person, looked.shown, now, late)
        if asker.person is not None:
            remember_check(session, asker.person, response["id"])

    await database.together(store)
    return response


def _counted(campaign: Known) -> dict[str, Any]:
    first = campaign.first_seen
    return {
        "id": campaign.campaign,
        "askers": campaign.askers,
        "first_seen": None if first is None else rfc3339(first),
    }


async def check_again(
    database: Database,
    vault: Vault,
    clock: Clock,
    check_id: str,
    *,
    told: AgainRequest,
    asker: Asker,
    late: Collection[str] = (),
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
    return await run_check(database, vault, clock, now_known, asker, supersedes=check.id, late=late)


async def forget_event(database: Database, event: str) -> int:
    """The message was taken back: delete its checks, and those made again from them, with their texts."""
    async with database.write() as session:
        one = select(Check.id, Check.person, Check.campaign).where(Check.event == event)
        found = (await session.execute(one)).all()
        gone = {row.id for row in found}
        people = {row.person for row in found if row.person is not None}
        newest = gone
        while newest and people:
            later = select(Check.id).where(Check.person.in_(people), Check.supersedes.in_(newest))
            newest = set(await session.scalars(later)) - gone
            gone = gone | newest
        await session.execute(delete(StoredRequest).where(StoredRequest.check_id.in_(gone)))
        await session.execute(delete(Check).where(Check.id.in_(gone)))
        await forget_empty(session, {row.campaign for row in found if row.campaign is not None})
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


def _store(
    session: Session,
    response: dict[str, Any],
    stored: bytes,
    asker: Asker,
    now: datetime,
    traits: Traits,
) -> None:
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
            campaign=response["campaign"]["id"],
            case_key=next(iter(traits.cases), None),
            wording_key=next(iter(traits.wordings), None),
            sender_kind=traits.sender_kind,
        )
    )
    session.add(StoredRequest(check_id=response["id"], person=asker.person, request=stored, stored_at=now))
