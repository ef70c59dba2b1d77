"""Issuers of cards as data: how each is reached, how long it holds points, what it refunds; unknown is a value too."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from services.locks.serials import RULES

SEED = Path(__file__).parent / "seed" / "issuers.csv"
Way = Literal["hub", "api", "manual"]
WAYS: tuple[Way, ...] = get_args(Way)
PAGES = frozenset({"lock", "service", "site"})
REFUND_RULES = frozenset({"store_with_invoice_and_slip", "unused_less_costs_used_by_game", "unknown"})
NEEDS = frozenset({"serial", "bought_at", "chain", "store", "invoice", "slip", "face_value"})
COLUMNS = (
    "id", "name_zh", "name_en", "spoken", "way", "delay_hours", "refund_rule", "needs", "url", "page", "hotline",
    "verified_on", "source", "outsider", "serial_rule", "own_rule_hours",
)  # fmt: skip


class NotIssuers(Exception):
    """The file is no list of issuers; one sentence."""


@dataclass(frozen=True)
class IssuerFacts:
    """`way`: hub (it asks us before crediting), api (we ask it to lock), manual (the person goes there).

    `delay_hours`: how long it holds the points of a sold card, None unknown; `own_rule_hours`: how long it waits
    for us before its own rule applies; `serial_rule`: the normalisation of its serials.
    """

    id: str
    name_zh: str
    name_en: str
    spoken: str
    way: Way
    delay_hours: int | None
    refund_rule: str
    needs: tuple[str, ...]
    url: str | None
    page: str | None
    hotline: str | None
    verified_on: date
    source: str
    outsider: bool
    serial_rule: int
    own_rule_hours: int | None


def shipped_issuers() -> list[IssuerFacts]:
    """Those of the seed; none of them has joined."""
    facts, rejected = read_issuers(SEED)
    if rejected:
        raise NotIssuers(f"the shipped list has bad rows: {rejected}")
    return facts


def read_issuers(path: Path) -> tuple[list[IssuerFacts], list[tuple[int, str, str]]]:
    """Facts, and rejected rows as (line, id, reason). Raises NotIssuers for another kind of file."""
    facts: list[IssuerFacts] = []
    rejected: list[tuple[int, str, str]] = []
    for line, row in _rows(path):
        read = _read(row)
        if isinstance(read, IssuerFacts):
            facts.append(read)
        else:
            rejected.append((line, row["id"], read))
    if not facts:
        raise NotIssuers("no row of this file is an issuer; nothing was changed")
    return facts, rejected


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise NotIssuers(f"an issuers file has the columns {','.join(COLUMNS)}")
            for row in reader:
                yield reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS}
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotIssuers("the file is no CSV in UTF-8") from error


def _read(row: Mapping[str, str]) -> IssuerFacts | str:
    """The row as facts, or the name of the column that does not fit."""
    try:
        return _facts(row)
    except ValueError as fault:
        return str(fault)


def _facts(row: Mapping[str, str]) -> IssuerFacts:
    """Raises ValueError with the column that does not fit."""
    _expect("id", row["id"].isascii() and row["id"].isidentifier() and row["id"].islower())
    for name in ("name_zh", "name_en", "spoken", "source"):
        _expect(name, bool(row[name]))
    needs = tuple(filter(None, row["needs"].split(";")))
    _expect("way", row["way"] in WAYS)
    _expect("refund_rule", row["refund_rule"] in REFUND_RULES)
    _expect("needs", NEEDS.issuperset(needs))
    _expect("url", not row["url"] or urlsplit(row["url"]).scheme == "https")
    _expect("page", (row["page"] in PAGES) if row["url"] else not row["page"])
    _expect("outsider", row["outsider"] in {"yes", "no"})
    rule = _number(row, "serial_rule")
    if rule is None or rule not in RULES:
        raise ValueError("serial_rule")
    return IssuerFacts(
        id=row["id"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        spoken=row["spoken"],
        way=cast("Way", row["way"]),
        delay_hours=_number(row, "delay_hours"),
        refund_rule=row["refund_rule"],
        needs=needs,
        url=row["url"] or None,
        page=row["page"] or None,
        hotline=row["hotline"] or None,
        verified_on=_day(row, "verified_on"),
        source=row["source"],
        outsider=row["outsider"] == "yes",
        serial_rule=rule,
        own_rule_hours=_number(row, "own_rule_hours"),
    )


def _expect(column: str, fits: bool) -> None:
    if not fits:
        raise ValueError(column)


def _number(row: Mapping[str, str], column: str) -> int | None:
    _expect(column, not row[column] or (row[column].isascii() and row[column].isdigit()))
    return int(row[column]) if row[column] else None


def _day(row: Mapping[str, str], column: str) -> date:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise ValueError(column) from None
