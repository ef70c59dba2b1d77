"""The desk's approved changes laid over the shipped records, in the order they were decided; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from services.registry.records import Key, Records

Operation = Literal["add", "change", "retire"]
ANNOUNCEMENT = "announcement"
OF_AN_ORGANISATION = frozenset({"domain", "domain_list", "contact", ANNOUNCEMENT})


@dataclass(frozen=True)
class Change:
    """What becomes of one record. `values`: of an added one all, of a changed one those that change, else none."""

    key: Key
    operation: Operation
    values: Mapping[str, Any]


def overlay(records: Records, changes: Iterable[Change]) -> Records:
    """The records as they are to be read.

    A change of what is no longer shipped changes nothing; what belongs to no organisation is left out; an organisation
    whose domain list nobody proved has one that is not complete.
    """
    laid = dict(records)
    for change in changes:
        if change.operation == "add":
            laid[change.key] = dict(change.values)
        elif change.key in laid and change.operation == "change":
            laid[change.key] = {**laid[change.key], **change.values}
        elif change.operation == "retire":
            laid.pop(change.key, None)
    owned = {key: one for key, one in laid.items() if _has_owner(key, laid)}
    for key, one in laid.items():
        if key[0] == "organisation":
            unproven = {"complete": False, "evidence": "", "verified_on": one["verified_on"]}
            owned.setdefault(("domain_list", key[1]), unproven)
    return owned


def _has_owner(key: Key, records: Records) -> bool:
    return key[0] not in OF_AN_ORGANISATION or ("organisation", key[1]) in records
