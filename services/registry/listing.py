"""What may be listed: an entry becomes an indicator, or is rejected with the reason (design rule 4)."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from lianfang.text.handles import line_id_of_link
from lianfang.text.normalise import normalise
from services.registry.directory import Directory
from services.registry.facts import line_key
from services.registry.hosts import Address, read_address
from services.registry.layouts import Entry
from services.registry.names import compact
from services.registry.wordlists import words

SHORTEST_LINE_ID = 4
LONGEST_VALUE = 500
_LINE_ID = re.compile(r"@?[a-z0-9._-]+")
# Words people write after "LINE" without meaning an account: as ids they would accuse every message.
_COMMON_WORDS = words("common_words")


@dataclass(frozen=True)
class Listable:
    """An indicator as it is stored and looked up."""

    kind: str
    value: str


@dataclass(frozen=True)
class Refused:
    """Why an entry is not listed; `reason` is a code for the file of rejected rows."""

    reason: str


class Lister:
    """Decides with the registry's guards: official names, public suffixes, shared hosts, common words."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._own_line_ids = {
            line_key(contact.value)
            for organisation in directory.organisations.values()
            for contact in organisation.contacts
            if contact.kind == "line_id"
        } | {
            compact(name.text)
            for organisation in directory.organisations.values()
            for name in organisation.written
            if name.text.isascii()
        }
        self._deciders: dict[str, Callable[[str], Listable | Refused]] = {
            "address": self.address,
            "domain": self.address,
            "line_id": self.line_id,
            "popular": self.popular,
        }

    def decide(self, entry: Entry) -> Listable | Refused:
        """The indicator for an entry, or why there is none."""
        if not entry.text.strip():
            return Refused("empty")
        return self._deciders[entry.kind](entry.text)

    def address(self, text: str) -> Listable | Refused:
        """A host; on a shared host only host and path; never an official name or a public suffix."""
        address = read_address(normalise(text).strip().strip("'\"()[]<>。，、").replace("[.]", "."))
        if address is None:
            return Refused("not_an_address")
        if not address.is_ip and address.registrable is None:
            return Refused("public_suffix" if address.suffix else "no_public_suffix")
        if self._directory.shared(address) is not None:
            return self._page(address)
        if self._directory.owners(address):
            return Refused("official_domain")
        if address.registrable in self._directory.well_known:
            return self._page(address)  # one bad page there accuses no other
        return _fitting("host", address.host)

    def _page(self, address: Address) -> Listable | Refused:
        if not address.path.strip("/?"):
            return Refused("shared_host_without_page")
        return _fitting("page", address.page())

    def popular(self, text: str) -> Listable | Refused:
        """The name somebody registered; whose it is does not matter."""
        address = read_address(text)
        if address is None or address.is_ip:
            return Refused("not_an_address")
        if address.registrable is None:
            return Refused("public_suffix" if address.suffix else "no_public_suffix")
        return _fitting("popular", address.registrable)

    def line_id(self, text: str) -> Listable | Refused:
        """A LINE id without @, lower case, also out of a link; no common word, nothing shorter than four."""
        plain = unicodedata.normalize("NFKC", normalise(text)).strip().lower()
        plain = line_id_of_link(plain) or plain
        plain = plain.removeprefix("id:").removeprefix("line:").strip().lstrip("~")
        if _LINE_ID.fullmatch(plain) is None:
            return Refused("not_a_line_id")
        key = line_key(plain)
        if len(key) < SHORTEST_LINE_ID:
            return Refused("too_short")
        if key in _COMMON_WORDS:
            return Refused("common_word")
        if key in self._own_line_ids:
            return Refused("official_name")
        return _fitting("line_id", key)


def _fitting(kind: str, value: str) -> Listable | Refused:
    return Listable(kind, value) if len(value) <= LONGEST_VALUE else Refused("too_long")
