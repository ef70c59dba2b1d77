"""The registry in memory: organisations, their names, domains and numbers; immutable, read by the rules."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.registry.hosts import Address
from services.registry.lookalike import Lookalikes
from services.registry.names import NameIndex, Written, compact


@dataclass(frozen=True)
class Domain:
    """A domain of one organisation. `role`: official (with subdomains), suffix, short_link (exact)."""

    organisation: str
    domain: str
    role: str
    confirmed: bool
    source: str
    as_of: date


@dataclass(frozen=True)
class Contact:
    """A number or id of one organisation."""

    kind: str
    value: str
    confirmed: bool
    source: str
    as_of: date


@dataclass(frozen=True)
class OrganisationFacts:
    """What the registry knows about one organisation."""

    id: str
    name_zh: str
    name_en: str
    category: str
    written: tuple[Written, ...] = ()
    domains_complete: bool = False
    complete_evidence: str | None = None
    domains: tuple[Domain, ...] = ()
    contacts: tuple[Contact, ...] = ()
    source: str = ""
    verified_on: date | None = None

    def official_domain(self) -> str | None:
        """The domain to show as the real one: the first confirmed official one."""
        for domain in self.domains:
            if domain.confirmed and domain.role == "official":
                return domain.domain
        return None

    def phones(self) -> list[str]:
        return [contact.value for contact in self.contacts if contact.kind == "phone"]


@dataclass(frozen=True)
class ListState:
    """One imported list that is read now."""

    kind: str
    as_of: date | None


@dataclass(frozen=True)
class SpecialNumberFacts:
    number: str
    name_zh: str
    name_en: str
    use: str


@dataclass(frozen=True)
class Directory:
    """A snapshot. Build it with `build_directory`."""

    organisations: Mapping[str, OrganisationFacts]
    names: NameIndex
    lookalikes: Lookalikes
    shared_hosts: Mapping[str, str]
    well_known: frozenset[str] = frozenset()
    special_numbers: Mapping[str, SpecialNumberFacts] = field(default_factory=dict)
    public_numbers: frozenset[str] = frozenset()
    public_codes: frozenset[str] = frozenset()
    authorities: tuple[tuple[str, OrganisationFacts], ...] = ()  # compact name, longest first
    version: str = ""
    _domains: Mapping[str, tuple[Domain, ...]] = field(default_factory=dict)

    def owners(self, address: Address) -> list[Domain]:
        """Domains that cover this address: itself, a parent or an ending; a short link only itself.

        Letters that only look Latin make it somebody else's, also under an ending like gov.tw.
        """
        if address.has_odd_letters:
            return list(self._domains.get(address.host, ()))
        found: list[Domain] = []
        name = address.host
        while name:
            exact = name == address.host
            found += [one for one in self._domains.get(name, ()) if exact or one.role != "short_link"]
            name = name.partition(".")[2]
        return found

    def shared(self, address: Address) -> str | None:
        """The kind of shared host this is (shortener, messenger, store, platform, hosting), or None."""
        kind = self.shared_hosts.get(address.host)
        if kind is None and address.registrable is not None:
            kind = self.shared_hosts.get(address.registrable)
            if kind == "hosting":
                return None if address.host != address.registrable else kind
        return kind

    def is_own_code(self, organisation: OrganisationFacts, code: str) -> Contact | None:
        """The organisation's confirmed short code that `code` is."""
        for contact in organisation.contacts:
            if contact.kind == "short_code" and contact.confirmed and contact.value == code:
                return contact
        return None


def build_directory(
    organisations: Iterable[OrganisationFacts],
    *,
    shared_hosts: Mapping[str, str],
    well_known: frozenset[str] = frozenset(),
    special_numbers: Sequence[SpecialNumberFacts] = (),
    version: str = "",
) -> Directory:
    """Index the facts for look-ups."""
    by_id = {organisation.id: organisation for organisation in organisations}
    domains: dict[str, list[Domain]] = {}
    for organisation in by_id.values():
        for domain in organisation.domains:
            domains.setdefault(domain.domain, []).append(domain)
    return Directory(
        organisations=by_id,
        names=NameIndex(
            (written, organisation.id) for organisation in by_id.values() for written in organisation.written
        ),
        lookalikes=Lookalikes(
            (name, found[0].role, any(domain.confirmed for domain in found))
            for name, found in domains.items()
            if found[0].role != "suffix"
        ),
        shared_hosts=dict(shared_hosts),
        well_known=well_known,
        special_numbers={number.number: number for number in special_numbers},
        public_numbers=frozenset(
            re.sub(r"\D", "", contact.value)
            for organisation in by_id.values()
            for contact in organisation.contacts
            if contact.kind == "phone"
        ),
        public_codes=frozenset(
            contact.value
            for organisation in by_id.values()
            for contact in organisation.contacts
            if contact.kind == "short_code"
        )
        | {number.number for number in special_numbers},
        authorities=_authorities(by_id.values()),
        version=version,
        _domains={name: tuple(found) for name, found in domains.items()},
    )


def _authorities(organisations: Iterable[OrganisationFacts]) -> tuple[tuple[str, OrganisationFacts], ...]:
    named = [
        (compact(written.text), one)
        for one in organisations
        if one.category in ("agency", "utility")
        for written in one.written
    ]
    return tuple(sorted(named, key=lambda entry: -len(entry[0])))
