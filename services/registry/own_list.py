"""Our own list: what officers decided to list, each entry added and taken away by itself, read like every other list.

A number or an account stands in it as a keyed index: whoever reads the table learns none.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI
from lianfang.privacy import Vault
from services.registry.models import Current, Generation, Indicator

OWN = "lianfang"
KEYED = frozenset({"phone", "account"})
Key = tuple[str, str]


def stored_key(vault: Vault, kind: str, value: str) -> Key:
    """The key under which our own list keeps a host, page, LINE id, number or account."""
    return (kind, vault.index(OWN, kind, value) if kind in KEYED else value)


def asked_keys(vault: Vault, kind: str, value: str) -> list[Key]:
    """Every key under which our own list may hold it, with the keys of earlier times too."""
    if kind not in KEYED:
        return [(kind, value)]
    return [(kind, index) for index in vault.indexes(OWN, kind, value)]


def add_to_own_list(session: Session, keys: Iterable[Key], now: datetime) -> int:
    """The next check finds them; returns how many are new. The caller writes the event of what it decided."""
    wanted = set(keys)
    generation = _generation(session, now)
    present = _present(session, generation, wanted)
    day = now.astimezone(TAIPEI).date()
    new = sorted(wanted - present)
    session.add_all(
        Indicator(generation_id=generation, kind=kind, value=value, as_of=day) for kind, value in new
    )
    _count(session, generation, len(new), now)
    return len(new)


def take_from_own_list(session: Session, keys: Iterable[Key], now: datetime) -> int:
    """No check finds them here any more; returns how many there were."""
    generation = _generation(session, now)
    present = _present(session, generation, set(keys))
    for kind, value in present:
        session.execute(
            delete(Indicator).where(
                Indicator.generation_id == generation, Indicator.kind == kind, Indicator.value == value
            )
        )
    _count(session, generation, -len(present), now)
    return len(present)


def _present(session: Session, generation: int, keys: set[Key]) -> set[Key]:
    if not keys:
        return set()
    rows = session.execute(
        select(Indicator.kind, Indicator.value).where(
            Indicator.generation_id == generation,
            tuple_(Indicator.kind, Indicator.value).in_(sorted(keys)),
        )
    )
    return {(kind, value) for kind, value in rows}


def _generation(session: Session, now: datetime) -> int:
    """The one generation that is never replaced."""
    number = session.scalar(select(Current.generation_id).where(Current.kind == OWN))
    if number is not None:
        return number
    generation = Generation(
        kind=OWN, state="complete", sha256="", source="officers", rows=0, rejected=0, imported_at=now
    )
    try:
        with session.begin_nested():
            session.add(generation)
            session.flush()
            session.add(Current(kind=OWN, generation_id=generation.id))
            session.flush()
    except IntegrityError:  # another officer's first listing at the same moment
        return session.scalars(select(Current.generation_id).where(Current.kind == OWN)).one()
    return generation.id


def _count(session: Session, generation: int, by: int, now: datetime) -> None:
    if by:
        session.execute(
            update(Generation)
            .where(Generation.id == generation)
            .values(rows=Generation.rows + by, as_of=now.astimezone(TAIPEI).date())
        )
