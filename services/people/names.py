"""What an organisation is called: as the registry names it, else the partners or the issuers, else its id."""

from datetime import datetime

from sqlalchemy.orm import Session

from lianfang.database import Database
from services.locks.issuer_records import read_issuer
from services.partners.joining import name_of_partner
from services.registry.snapshots import snapshots_of


async def name_of_organisation(database: Database, organisation: str, now: datetime) -> tuple[str, str]:
    """In Chinese and in English."""
    directory, _ = await snapshots_of(database).current(now)
    registered = directory.organisations.get(organisation)
    if registered is not None:
        return registered.name_zh, registered.name_en

    def look(session: Session) -> tuple[str, str] | None:
        issuer = read_issuer(session, organisation)
        return (issuer["name_zh"], issuer["name_en"]) if issuer else name_of_partner(session, organisation)

    return await database.look(look) or (organisation, organisation)
