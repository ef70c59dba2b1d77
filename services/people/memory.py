"""What is remembered about a person: who they are, their language, their last check; and how all of it is forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from lianfang import retention
from lianfang.events import SYSTEM, Actor, append, record
from lianfang.ids import new_id
from lianfang.privacy import Vault
from lianfang.words import DEFAULT_LANGUAGE
from services.people.models import Address, Consent, Person

PRIVACY_NOTICE = "privacy_notice"
NOTE_SEEN_EVERY = timedelta(hours=1)  # retention counts in months: no write for each message


@dataclass(frozen=True)
class Contact:
    """What an event tells about who wrote: where from, in which language, and the app's own language."""

    channel: str
    address: str
    event: str
    language_heard: str | None = None
    app_language: str | None = None


@dataclass(frozen=True)
class Recognised:
    """A person as the gateway needs to know them; `show_privacy` is true for the event that must carry the notice."""

    person: str
    language: str
    show_privacy: bool


def recall(session: Session, vault: Vault, contact: Contact, now: datetime) -> Recognised | None:
    """A person about whom nothing new is told; None when `recognise` has something to write down."""
    found = session.execute(_finding(vault, contact)).first()
    if found is None or found[2] is None:
        return None
    known, person, shown = found
    tells_news = (
        (person.language_heard is None and contact.language_heard is not None)
        or (contact.app_language is not None and contact.app_language != person.language_app)
        or now - known.last_used > NOTE_SEEN_EVERY
    )
    if tells_news:
        return None
    return Recognised(person.id, _language(person), show_privacy=shown.event == contact.event)


def recognise(session: Session, vault: Vault, contact: Contact, now: datetime) -> Recognised:
    """Find the person behind a channel address or get to know them; remembers the first language heard."""
    found = session.execute(_finding(vault, contact)).first()
    shown: Consent | None = None
    if found is None:
        person = _get_to_know(session, vault, contact, now)
    else:
        known, person, shown = found
        person.last_seen = known.last_used = now
    if person.language_heard is None and contact.language_heard is not None:
        person.language_heard = contact.language_heard
    if contact.app_language is not None:
        person.language_app = contact.app_language
    if shown is None:
        shown = Consent(
            id=new_id("cn"), person=person.id, kind=PRIVACY_NOTICE, given_at=now, event=contact.event
        )
        session.add(shown)
    # The event that carried the notice carries it again when its turn is repeated after a crash
    return Recognised(person.id, _language(person), show_privacy=shown.event == contact.event)


def _finding(vault: Vault, contact: Contact) -> Select[Address, Person, Consent]:
    return (
        select(Address, Person, Consent)
        .join(Person, Person.id == Address.person)
        .outerjoin(Consent, and_(Consent.person == Person.id, Consent.kind == PRIVACY_NOTICE))
        .where(
            Address.channel == contact.channel,
            Address.address_index.in_(vault.indexes(contact.channel, contact.address)),
        )
    )


def _get_to_know(session: Session, vault: Vault, contact: Contact, now: datetime) -> Person:
    person = Person(id=new_id("p"), created_at=now, last_seen=now)
    session.add(person)
    session.flush()
    session.add(
        Address(
            id=new_id("ad"),
            person=person.id,
            channel=contact.channel,
            address=vault.encrypt(contact.address),
            address_index=vault.index(contact.channel, contact.address),
            last_used=now,
        )
    )
    append(session, at=now, actor=SYSTEM, entity="person", entity_id=person.id, to_state="known")
    return person


async def choose_language(
    session: AsyncSession, person: str, language: str, *, now: datetime, trace: str | None
) -> bool:
    """An explicit choice, which wins from now on; False when the person is unknown."""
    one = await session.get(Person, person)
    if one is None:
        return False
    await record(
        session,
        at=now,
        actor=Actor("person", person),
        entity="person",
        entity_id=person,
        from_state="known",
        to_state="known",
        reason="language_chosen",
        params={"language": language},
        trace=trace,
    )
    one.language_chosen = language
    return True


def remember_check(session: Session, person: str, check: str) -> None:
    """The check that 「再查一次」 means; silently nothing when the person was erased meanwhile."""
    session.execute(
        update(Person)
        .where(Person.id == person)
        .values(last_check=check)
        .execution_options(synchronize_session=False)
    )


async def last_check(session: AsyncSession, person: str) -> str | None:
    """The id of the person's last check, None when there is none."""
    return await session.scalar(select(Person.last_check).where(Person.id == person))


async def reach(
    session: AsyncSession, vault: Vault, person: str, channel: str | None
) -> tuple[str, str] | None:
    """(channel, address) to send to: on `channel` when the person is there, else the last used; None when unknown."""
    rows = (
        await session.scalars(
            select(Address).where(Address.person == person).order_by(Address.last_used.desc())
        )
    ).all()
    best = next((row for row in rows if row.channel == channel), rows[0] if rows else None)
    return (best.channel, vault.decrypt(best.address)) if best else None


async def language_of(session: AsyncSession, person: str) -> str:
    """The person's language, zh-TW when nothing is known."""
    one = await session.get(Person, person)
    return _language(one) if one else DEFAULT_LANGUAGE


def _language(person: Person) -> str:
    return person.language_chosen or person.language_heard or person.language_app or DEFAULT_LANGUAGE


async def erase(session: AsyncSession, person: str, *, event: str | None, now: datetime) -> dict[str, int]:
    """`delete_my_data`: end every row about the person, except the inbox row of `event`, which must still be answered."""
    touched = await retention.erase(session, person, except_rows={"inbox": event} if event else {})
    await record(
        session,
        at=now,
        actor=Actor("person", person),
        entity="person",
        entity_id=person,
        from_state="known",
        to_state="erased",
        params=touched,
        trace=event,
    )
    return touched
