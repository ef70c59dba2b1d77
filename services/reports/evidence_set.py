"""The evidence set of a report, as stop-resolution requests use it in practice (domain facts, section 3). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lianfang.clock import TAIPEI, UTC
from lianfang.text.defang import defang
from services.registry.directory import Directory
from services.registry.hosts import read_address
from services.reports.subjects import whole_address

LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Source:
    """What the set is made of: the case's number, what the first reporter told, texts and pictures added later."""

    number: str
    kind: str
    opened_at: datetime
    told: Mapping[str, Any]
    others: int
    brand: str | None = None
    hotline_number: str | None = None
    added: Sequence[str] = ()
    pictures: Sequence[str] = ()


def evidence_set(source: Source, directory: Directory) -> dict[str, Any]:
    """JSON values; absent facts are null, addresses are defanged, times are Taipei's."""
    told = source.told
    whole = whole_address(told["subject"])
    address = read_address(whole) if source.kind == "site" else None
    organisation = directory.organisations.get(source.brand or "")
    seen_at = datetime.fromisoformat(told["seen_at"]) if told.get("seen_at") else source.opened_at
    return {
        "case_number": source.number,
        "kind": source.kind,
        "fqdn": defang(address.host) if address and not address.is_ip else None,
        "ip": address.host if address and address.is_ip else None,
        "url": defang(whole) if address else None,
        "what": None if address else told["subject"][:LONGEST_TEXT],
        "seen_at": _taipei(seen_at),
        "found": told.get("found"),
        "imitates": {
            "name": organisation.name_zh if organisation else told.get("brand"),
            "genuine_site": organisation.official_domain() if organisation else None,
        },
        "message": {"text": told.get("text"), "sender": told.get("sender")},
        "money_lost": told.get("money_lost"),
        "screenshots": list(source.pictures),
        "added": list(source.added),
        "others": source.others,
        "reporter": told.get("contact"),
        "hotline_number": source.hotline_number,
    }


def _taipei(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(TAIPEI).isoformat(timespec="minutes")
