"""What no decision may list: official names and their parents, names everybody knows, shared hosts, own numbers."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.registry.directory import Directory
from services.registry.listing import Lister, Refused

SEED = Path(__file__).parent / "seed" / "popular.txt"
# Everybody's telephones and routers ask these for names: HiNet, TWNIC, Cloudflare, Google, Quad9, OpenDNS.
RESOLVERS = (
    "168.95.1.1", "168.95.192.1", "101.101.101.101", "101.102.103.104", "1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4",
    "9.9.9.9", "149.112.112.112", "208.67.222.222", "208.67.220.220",
)  # fmt: skip
_CODE_PATTERN = "*"


@dataclass(frozen=True)
class Protected:
    """One snapshot. `names`: name -> why it and all below it are protected; `below`: parents of such names.

    `popular` of imports is added to `names` for the addresses at hand (protecting.py).
    """

    directory: Directory
    lister: Lister
    names: Mapping[str, str]
    below: Mapping[str, str]
    numbers: frozenset[str]
    number_starts: tuple[str, ...]
    accounts: frozenset[str]

    def owns_number(self, digits: str) -> bool:
        """Whether a registered organisation is reached by this number or sends from it."""
        return digits in self.numbers or (len(digits) <= 6 and digits.startswith(self.number_starts))

    def fault_of_line_id(self, value: str) -> str | None:
        """Why this id is never listed: registered, too short, a common word; None when nothing speaks against it."""
        decided = self.lister.line_id(value)
        return decided.reason if isinstance(decided, Refused) else None

    def with_popular(self, names: Collection[str]) -> "Protected":
        """The same, knowing these popular names of an import too."""
        hosts = self.directory.shared_hosts
        more = {name: "popular_name" for name in names if hosts.get(name) != "hosting"}
        if not more:
            return self
        return Protected(
            self.directory,
            self.lister,
            {**more, **self.names},
            {**dict(_parents(more)), **self.below},
            self.numbers,
            self.number_starts,
            self.accounts,
        )


def protect(directory: Directory, popular: Collection[str]) -> Protected:
    """Everything the registry and `popular` protect."""
    official = {
        domain.domain: "official_name"
        for organisation in directory.organisations.values()
        for domain in organisation.domains
        if domain.role != "suffix"
    }
    shared = {host: "shared_host" for host, kind in directory.shared_hosts.items() if kind != "hosting"}
    # Below a host of websites every name is somebody else's: only the host itself is kept.
    hosting = {host: "shared_host" for host, kind in directory.shared_hosts.items() if kind == "hosting"}
    known = dict.fromkeys({*popular, *directory.well_known} - hosting.keys(), "popular_name")
    names = {**dict.fromkeys(RESOLVERS, "popular_name"), **known, **shared, **official}
    contacts = [
        contact for organisation in directory.organisations.values() for contact in organisation.contacts
    ]
    numbers = [contact.value for contact in contacts if contact.kind in ("phone", "short_code")]
    return Protected(
        directory=directory,
        lister=Lister(directory),
        names=names,
        below={**dict(_parents({**known, **shared, **hosting})), **dict(_parents(official))},
        numbers=frozenset(
            re.sub(r"\D", "", number)
            for number in (*numbers, *directory.special_numbers)
            if not number.endswith(_CODE_PATTERN)
        ),
        number_starts=tuple(
            number.rstrip(_CODE_PATTERN)
            for number in (*numbers, *directory.special_numbers)
            if number.endswith(_CODE_PATTERN)
        ),
        accounts=frozenset(contact.value for contact in contacts if contact.kind == "account"),
    )


@cache
def read_popular(path: Path = SEED) -> frozenset[str]:
    """Registrable domains people in Taiwan open every day; `#` begins a comment."""
    lines = (line.partition("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(name for line in lines for name in line)


def _parents(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every name above one of these; with it they would fall too."""
    for name, why in names.items():
        parent = name.partition(".")[2]
        while parent:
            yield parent, why
            parent = parent.partition(".")[2]
