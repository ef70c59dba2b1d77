"""The chains that sell cards: ids, names, and which one is meant."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SEED = Path(__file__).parent / "seed" / "stores.csv"


@dataclass(frozen=True)
class Chain:
    """`spoken` is the name the core reads it as; a joined chain's partner has the same id."""

    id: str
    name_zh: str
    name_en: str
    spoken: str


@cache
def chains() -> dict[str, Chain]:
    """Every chain by id."""
    with SEED.open(encoding="utf-8", newline="") as file:
        return {row["id"]: Chain(**row) for row in csv.DictReader(file)}


def find_chain(text: str) -> str | None:
    """The id of the chain of this id or name, None for none of ours."""
    return _by_name().get(text.strip().casefold())


@cache
def _by_name() -> dict[str, str]:
    return {
        name.casefold(): chain.id
        for chain in chains().values()
        for name in (chain.id, chain.name_zh, chain.name_en, chain.spoken)
    }
