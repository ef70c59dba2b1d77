"""The registry's rows as plain records under keys, which the desk's changes are laid over, and the directory they make."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.directory import (
    Contact,
    Directory,
    Domain,
    OrganisationFacts,
    SpecialNumberFacts,
    build_directory,
)
from services.registry.models import Organisation, OrganisationContact, OrganisationDomain, SpecialNumber
from services.registry.names import Written
from services.registry.seed import name_as_written, read_shared_hosts, read_well_known

Key = tuple[str, ...]  # the kind of record, then what it is about
Record = dict[str, Any]  # values as JSON has them; a date is `2026-11-22`
Records = dict[Key, Record]


@dataclass(frozen=True)
class _Stored:
    """Which columns of a table make the key of a record and which its values."""

    table: type[OrganisationDomain | OrganisationContact | SpecialNumber]
    key: tuple[str, ...]
    values: tuple[str, ...]


_STORED = {
    "domain": _Stored(
        OrganisationDomain,
        ("organisation_id", "domain"),
        ("role", "confirmed", "evidence", "verified_on"),
    ),
    "contact": _Stored(
        OrganisationContact,
        ("organisation_id", "kind", "value"),
        ("confirmed", "evidence", "verified_on"),
    ),
    "number": _Stored(
        SpecialNumber,
        ("number",),
        ("name_zh", "name_en", "use", "confirmed", "evidence", "verified_on"),
    ),
}


async def shipped_records(session: AsyncSession, generation: int | None) -> Records:
    """Every record of one generation, as it was shipped or imported."""
    records: Records = {}
    organisations = Organisation.__table__
    every = select(organisations).where(organisations.c.generation_id == generation)
    for row in await session.execute(every):
        records["organisation", row.id] = _plain(
            {
                "name_zh": row.name_zh,
                "name_en": row.name_en,
                "category": row.category,
                "aliases": _without_name(row.name_zh, row.aliases),
                "source": row.source,
                "verified_on": row.verified_on,
            }
        )
        records["domain_list", row.id] = _plain(
            {
                "complete": row.domains_complete,
                "evidence": row.complete_evidence or "",
                "verified_on": row.verified_on,
            }
        )
    for kind, stored in _STORED.items():
        table = stored.table.__table__
        rows = await session.execute(select(table).where(table.c.generation_id == generation))
        for one in rows.mappings():
            key = (kind, *(one[name] for name in stored.key))
            records[key] = _plain({name: one[name] for name in stored.values})
    return records


def directory_of(records: Records, version: str) -> Directory:
    """What the rules read. A record of an organisation that is not there is nobody's and left out."""
    domains: dict[str, list[Domain]] = {}
    contacts: dict[str, list[Contact]] = {}
    numbers: list[SpecialNumberFacts] = []
    for (kind, *about), record in records.items():
        if kind == "domain":
            organisation, name = about
            domains.setdefault(organisation, []).append(
                Domain(organisation, name, record["role"], *_proof(record))
            )
        elif kind == "contact":
            organisation, contact, value = about
            contacts.setdefault(organisation, []).append(Contact(contact, value, *_proof(record)))
        elif kind == "number":
            numbers.append(SpecialNumberFacts(about[0], record["name_zh"], record["name_en"], record["use"]))
    return build_directory(
        (
            _organisation(one, records, tuple(domains.get(one, ())), tuple(contacts.get(one, ())))
            for one in sorted(key[1] for key in records if key[0] == "organisation")
        ),
        shared_hosts=read_shared_hosts(),
        well_known=read_well_known(),
        special_numbers=numbers,
        version=version,
    )


def _organisation(
    one: str, records: Records, domains: tuple[Domain, ...], contacts: tuple[Contact, ...]
) -> OrganisationFacts:
    record = records["organisation", one]
    complete = records.get(("domain_list", one), {"complete": False, "evidence": "", "verified_on": ""})
    return OrganisationFacts(
        id=one,
        name_zh=record["name_zh"],
        name_en=record["name_en"],
        category=record["category"],
        written=tuple(_written(record)),
        domains_complete=complete["complete"],
        complete_evidence=complete["evidence"] or None,
        domains=domains,
        contacts=contacts,
        source=record["source"],
        verified_on=date.fromisoformat(max(record["verified_on"], complete["verified_on"])),
    )


def _written(record: Record) -> Iterator[Written]:
    yield name_as_written(record["name_zh"])
    for alias in record["aliases"]:
        yield Written(alias["text"], brackets=alias["brackets"])


def _without_name(name: str, aliases: list[Record]) -> list[Record]:
    """Rows hold the name itself as the first way to write it."""
    return aliases[1:] if aliases and aliases[0]["text"] == name else aliases


def _proof(record: Record) -> tuple[bool, str, date]:
    return record["confirmed"], record["evidence"], date.fromisoformat(record["verified_on"])


def _plain(record: Record) -> Record:
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in record.items()}
