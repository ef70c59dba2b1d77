"""Reads the registry that ships with the product (`seed/*.csv`) into facts and rows."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from services.registry.directory import Contact, Domain, OrganisationFacts, SpecialNumberFacts
from services.registry.names import Written

KIND = "organisations"
SEED = Path(__file__).parent / "seed"
FILES = ("organisations.csv", "domains.csv", "contacts.csv", "special_numbers.csv")
SHORTEST_PLAIN_LATIN = 6
SHORTEST_PLAIN = 3


def seed_sha256(folder: Path = SEED) -> str:
    """One hash over all files: when it changes, the seed is loaded again."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def read_shared_hosts(folder: Path = SEED) -> dict[str, str]:
    """Host -> shortener, messenger, store, platform or hosting: never listed as a whole."""
    return {row["host"]: row["kind"] for row in _rows(folder / "shared_hosts.csv")}


def read_well_known(folder: Path = SEED) -> frozenset[str]:
    """Registrable domains of ordinary sites everybody knows: nobody's for our purposes, and never listed whole."""
    return frozenset((folder / "well_known.txt").read_text(encoding="utf-8").split())


def read_organisations(folder: Path = SEED) -> list[OrganisationFacts]:
    """Every organisation of the seed with its names, domains and contacts."""
    domains: dict[str, list[Domain]] = {}
    for row in _rows(folder / "domains.csv"):
        domains.setdefault(row["organisation_id"], []).append(
            Domain(
                row["organisation_id"],
                row["domain"],
                row["role"],
                _yes(row["confirmed"]),
                row["evidence"],
                date.fromisoformat(row["verified_on"]),
            )
        )
    contacts: dict[str, list[Contact]] = {}
    for row in _rows(folder / "contacts.csv"):
        contacts.setdefault(row["organisation_id"], []).append(
            Contact(
                row["kind"],
                row["value"],
                _yes(row["confirmed"]),
                row["evidence"],
                date.fromisoformat(row["verified_on"]),
            )
        )
    return [
        OrganisationFacts(
            id=row["id"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            category=row["category"],
            written=tuple(_written(row)),
            domains_complete=_yes(row["domains_complete"]),
            complete_evidence=row["complete_evidence"] or None,
            domains=tuple(domains.get(row["id"], ())),
            contacts=tuple(contacts.get(row["id"], ())),
            source=row["source"],
            verified_on=date.fromisoformat(row["verified_on"]),
        )
        for row in _rows(folder / "organisations.csv")
    ]


def read_special_numbers(folder: Path = SEED) -> list[tuple[SpecialNumberFacts, bool, str, date]]:
    """Number, whether confirmed, evidence, date."""
    return [
        (
            SpecialNumberFacts(row["number"], row["name_zh"], row["name_en"], row["use"]),
            _yes(row["confirmed"]),
            row["evidence"],
            date.fromisoformat(row["verified_on"]),
        )
        for row in _rows(folder / "special_numbers.csv")
    ]


def name_as_written(name: str) -> Written:
    """A short name says too little unless it stands where a speaker does."""
    return Written(name, brackets=len(name) < (SHORTEST_PLAIN_LATIN if name.isascii() else SHORTEST_PLAIN))


def _written(row: dict[str, str]) -> Iterator[Written]:
    yield name_as_written(row["name_zh"])
    for alias in filter(None, row["aliases"].split(";")):
        yield Written(alias)
    for alias in filter(None, row["bracket_aliases"].split(";")):
        yield Written(alias, brackets=True)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _yes(value: str) -> bool:
    return value == "yes"
