"""Whether a change lets messages become `fraud` that were not: then another organisation has to agree. Pure."""

from services.registry.desk.overlay import Change
from services.registry.records import Records

_FACTS = frozenset({"organisation", "domain", "domain_list"})
Names = frozenset[tuple[str, bool]]


def makes_fraud_possible(before: Records, after: Records, change: Change) -> bool:
    """A domain list proves more than before, or an address becomes nobody's."""
    if change.key[0] not in _FACTS:
        return False
    lost = _covered(before, change.key[1]) - _covered(after, None)
    return bool(lost) or proves_more(before, after, change)


def proves_more(before: Records, after: Records, change: Change) -> bool:
    """An organisation's domain list becomes proof, or the organisation gets more names to speak by beside one."""
    if change.key[0] not in _FACTS or not _proves(after, change.key[1]):
        return False
    organisation = change.key[1]
    more_names = not _names(after, organisation) <= _names(before, organisation)
    return more_names or not _proves(before, organisation)


def _proves(records: Records, organisation: str) -> bool:
    """Complete, and with an official address that can be shown instead of the foreign one."""
    if ("organisation", organisation) not in records:
        return False
    official = any(
        key[0] == "domain" and key[1] == organisation and one["confirmed"] and one["role"] == "official"
        for key, one in records.items()
    )
    return official and bool(records["domain_list", organisation]["complete"])


def _names(records: Records, organisation: str) -> Names:
    record = records.get(("organisation", organisation))
    if record is None:
        return frozenset()
    written = {(alias["text"], alias["brackets"]) for alias in record["aliases"]}
    return frozenset({(record["name_zh"], False), *written})


def _covered(records: Records, organisation: str | None) -> frozenset[tuple[str, bool]]:
    """(domain, whether with its subdomains) of one organisation, or of all."""
    return frozenset(
        (key[2], with_subdomains)
        for key, one in records.items()
        if key[0] == "domain" and organisation in (None, key[1])
        for with_subdomains in (False, one["role"] != "short_link")
    )
