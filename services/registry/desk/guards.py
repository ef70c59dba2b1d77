"""What no two officers may make a fact: names that name nothing, addresses of nobody in particular; pure."""

import re
from collections.abc import Callable
from datetime import date

from services.registry.desk.overlay import ANNOUNCEMENT, Change
from services.registry.directory import Directory
from services.registry.facts import line_key
from services.registry.hosts import read_address
from services.registry.records import Key, Records
from services.registry.seed import SHORTEST_PLAIN, SHORTEST_PLAIN_LATIN

SHORTEST_NAME = 2
SHARED_CODE = "111"  # of all the government
MOST_ANNOUNCEMENTS = 100  # of one organisation at once: every check of its messages compares with them
_CONTACT = {
    "short_code": re.compile(r"\d{3,6}|\d{3}\*"),
    "phone": re.compile(r"\d[\d-]{2,15}"),
    "bank_code": re.compile(r"\d{3}"),
    "line_id": re.compile(r"@?[a-z0-9._-]{4,64}"),
}


def refusal(change: Change, before: Records, after: Records, directory: Directory, today: date) -> str | None:
    """Why a change cannot be made, as a code; `directory` is that of `before`."""
    if change.operation == "retire":
        return None
    if change.values.get("verified_on", "") > today.isoformat():
        return "date_in_future"
    guard = _GUARDS.get(change.key[0])
    return None if guard is None else guard(change.key, before, after, directory)


def listable_keys(key: Key) -> list[tuple[str, str]]:
    """Under which keys a list might name what a change makes an organisation's own."""
    kind, *about = key
    if kind == "domain":
        address = read_address(about[1])
        return [] if address is None else [("host", name) for name in address.parents()]
    if kind == "contact" and about[1] == "phone":
        return [("phone", re.sub(r"\D", "", about[2]))]
    if kind == "contact" and about[1] == "line_id":
        return [("line_id", line_key(about[2]))]
    return []


def _organisation(key: Key, before: Records, after: Records, _directory: Directory) -> str | None:
    known = before[key]["aliases"] if key in before else []
    for alias in after[key]["aliases"]:
        text = alias["text"]
        shortest = SHORTEST_PLAIN_LATIN if text.isascii() else SHORTEST_PLAIN
        enough = SHORTEST_NAME if alias["brackets"] else shortest
        if alias not in known and len(text) < enough:
            return "name_too_short"
    return None


def _domain(key: Key, before: Records, after: Records, directory: Directory) -> str | None:
    if ("organisation", key[1]) not in before:
        return "no_such_organisation"
    address = read_address(key[2])
    if address is None or address.host != key[2] or address.is_ip or address.has_odd_letters:
        return "not_a_domain"
    was_suffix = key in before and before[key]["role"] == "suffix"
    if after[key]["role"] == "suffix" or was_suffix:
        return None if was_suffix and after[key]["role"] == "suffix" else "role_not_allowed"
    if address.registrable is None:
        return "public_suffix"
    return "shared_host" if directory.shared(address) is not None else None


def _domain_list(key: Key, _before: Records, after: Records, directory: Directory) -> str | None:
    organisation = directory.organisations[key[1]]
    if not after[key]["complete"]:
        return None
    if not after[key]["evidence"]:
        return "evidence_missing"
    return None if organisation.official_domain() else "no_official_domain"


def _contact(key: Key, before: Records, after: Records, _directory: Directory) -> str | None:
    _, organisation, kind, value = key
    if ("organisation", organisation) not in before:
        return "no_such_organisation"
    if _CONTACT[kind].fullmatch(value) is None:
        return "not_a_contact"
    others = (
        one["confirmed"]
        for other, one in before.items()
        if other[0] == "contact" and other[2:] == (kind, value) and other[1] != organisation
    )
    taken = kind == "short_code" and value != SHARED_CODE and after[key]["confirmed"] and any(others)
    return "belongs_to_another" if taken else None


def _announcement(key: Key, before: Records, _after: Records, _directory: Directory) -> str | None:
    standing = sum(other[:2] == key[:2] for other in before)
    return "too_many" if standing >= MOST_ANNOUNCEMENTS else None


_GUARDS: dict[str, Callable[[Key, Records, Records, Directory], str | None]] = {
    "organisation": _organisation,
    "domain": _domain,
    "domain_list": _domain_list,
    "contact": _contact,
    ANNOUNCEMENT: _announcement,
}
