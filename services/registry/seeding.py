"""Loads the shipped registry into the database when its files changed, as a generation like every import."""

from lianfang.clock import Clock
from lianfang.database import Database
from services.registry.generations import current_of, make_current, prune
from services.registry.models import (
    Generation,
    Organisation,
    OrganisationContact,
    OrganisationDomain,
    SpecialNumber,
)
from services.registry.seed import KIND, read_organisations, read_special_numbers, seed_sha256


async def load_seed(database: Database, clock: Clock) -> bool:
    """Make the shipped registry current; False when it already is."""
    sha256 = seed_sha256()
    async with database.read() as session:
        present = await current_of(session, KIND)
    if present is not None and present.sha256 == sha256:
        return False
    rows = _rows()
    async with database.write() as session:
        await database.alone(session, "registry seed")
        present = await current_of(session, KIND)
        if present is not None and present.sha256 == sha256:
            return False
        generation = Generation(
            kind=KIND,
            state="complete",
            sha256=sha256,
            source="shipped",
            rows=len(rows),
            rejected=0,
            imported_at=clock(),
        )
        session.add(generation)
        await session.flush()
        for row in rows:
            row.generation_id = generation.id
        session.add_all(rows)
        await make_current(session, generation, clock(), "shipped")
    await prune(database, KIND, clock)
    return True


def _rows() -> list[Organisation | OrganisationDomain | OrganisationContact | SpecialNumber]:
    rows: list[Organisation | OrganisationDomain | OrganisationContact | SpecialNumber] = []
    for facts in read_organisations():
        rows.append(
            Organisation(
                id=facts.id,
                name_zh=facts.name_zh,
                name_en=facts.name_en,
                category=facts.category,
                aliases=[{"text": name.text, "brackets": name.brackets} for name in facts.written],
                domains_complete=facts.domains_complete,
                complete_evidence=facts.complete_evidence,
                source=facts.source,
                verified_on=facts.verified_on,
            )
        )
        rows += [
            OrganisationDomain(
                organisation_id=facts.id,
                domain=domain.domain,
                role=domain.role,
                confirmed=domain.confirmed,
                evidence=domain.source,
                verified_on=domain.as_of,
            )
            for domain in facts.domains
        ]
        rows += [
            OrganisationContact(
                organisation_id=facts.id,
                kind=contact.kind,
                value=contact.value,
                confirmed=contact.confirmed,
                evidence=contact.source,
                verified_on=contact.as_of,
            )
            for contact in facts.contacts
        ]
    rows += [
        SpecialNumber(
            number=number.number,
            name_zh=number.name_zh,
            name_en=number.name_en,
            use=number.use,
            confirmed=confirmed,
            evidence=evidence,
            verified_on=day,
        )
        for number, confirmed, evidence, day in read_special_numbers()
    ]
    return rows
