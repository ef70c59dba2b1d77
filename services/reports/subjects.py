"""Reads what a report is about: one key by which the same matter is found again, and everything that could be listed."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lianfang.privacy import Vault
from lianfang.text.chats import find_chats
from lianfang.text.find import Found, find_all
from lianfang.text.handles import line_id_of_link
from lianfang.text.normalise import normalise
from lianfang.text.stand_ins import is_stand_in
from services.registry.directory import Directory
from services.registry.facts import line_key
from services.registry.hosts import Address, read_address
from services.registry.names import fold
from services.registry.own_list import KEYED
from services.registry.rules.lists import shown_key
from services.registry.senders import read_sender

LONGEST_SHOWN = 120
MESSAGES = frozenset({"sms", "ad"})  # kinds that may name several things, or none
_CLINGING = "'\"()<>。，、 \t\n"
_LINE_ID = re.compile(r"@?[a-z0-9._-]{2,40}")
_ACCOUNT = re.compile(r"[0-9]{8,16}")
_TELEPHONES = frozenset({"mobile", "landline", "toll_free", "foreign", "number", "short_code"})
# What of a message is its matter, the surest first; without any, its words are.
_FIRST = ("page", "host", "line_id", "chat", "account", "phone")


@dataclass(frozen=True)
class Indicator:
    """Something that could be listed. `kind`: host, page, line_id, chat, phone, account; `value` as a list would keep it."""

    kind: str
    value: str

    @property
    def shown(self) -> str:
        """Defanged, and a number without its middle."""
        return shown_key(self.kind, self.value)


@dataclass(frozen=True)
class Subject:
    """`keys`: the same for the same matter, one for each index key, the newest first; `shown` may be empty.

    `indicators`: what could be listed, the first is what the report is about.
    """

    kind: str
    keys: tuple[str, ...]
    shown: str
    indicators: tuple[Indicator, ...] = ()


class Unreadable(Exception):
    """There is no address, number or id of this kind in it."""


def read_subject(kind: str, text: str, directory: Directory, vault: Vault) -> Subject:
    """The subject of a report of this kind. Raises Unreadable."""
    plain = normalise(text).strip().strip(_CLINGING)
    if kind in MESSAGES:
        return _of_message(kind, plain, directory, vault)
    found = _exactly(kind, plain, directory)
    if found is None:
        raise Unreadable
    return Subject(kind, _matter(found, vault), found.shown[:LONGEST_SHOWN], (found,))


def read_any_subject(text: str, directory: Directory, vault: Vault) -> Subject:
    """The subject of whatever somebody objects to: an address, a number, an account, an id, else a message."""
    plain = normalise(text).strip().strip(_CLINGING)
    named = indicators_in(plain, directory)
    for kind, found in (
        *((kind, _first_of(kind, named)) for kind in _KINDS),
        *((kind, reader(plain, directory)) for kind, reader in _READERS.items()),
    ):
        if found is not None:
            return Subject(kind, _matter(found, vault), found.shown[:LONGEST_SHOWN], (found,))
    return _of_message("ad", plain, directory, vault)


def indicators_in(text: str, directory: Directory) -> list[Indicator]:
    """Everything in a text that could be listed; what belongs to a registered organisation is left to the guard."""
    found = find_all(text)
    chats = [Indicator("chat", one) for one in find_chats(text, found)]
    elsewhere = {chat.value.partition(":")[2] for chat in chats}
    read = (_indicator(one, directory) for one in found)
    named = [one for one in read if one and not (one.kind == "line_id" and one.value in elsewhere)]
    return list(dict.fromkeys((*named, *chats)))


def whole_address(text: str) -> str:
    """The first address in a text with its path and parameters, as a machine reads it; the text where there is none."""
    found = next((one.value for one in find_all(text) if one.kind == "url"), None)
    return found or normalise(text).strip().strip(_CLINGING).replace("[.]", ".")


def read_target(kind: str, text: str, directory: Directory) -> Indicator | None:
    """What an officer names, as written or as it was shown to him, or what a report is about; `kind`: of the report."""
    plain = normalise(text).strip().strip(_CLINGING).replace("[.]", ".")
    if kind in MESSAGES:
        named = sorted(indicators_in(plain, directory), key=lambda one: _surest_first(one, directory))
        return next(iter(named), None) or _exactly("site", plain, directory)
    return _exactly(kind, plain, directory)


def _of_message(kind: str, plain: str, directory: Directory, vault: Vault) -> Subject:
    if not plain or is_stand_in(plain):
        raise Unreadable
    own = [one for one in indicators_in(plain, directory) if not is_official(one, directory)]
    own.sort(key=lambda one: _surest_first(one, directory))
    if own:
        return Subject(kind, _matter(own[0], vault), own[0].shown[:LONGEST_SHOWN], tuple(own))
    words = hashlib.sha256(fold(plain).encode("utf-8", "surrogatepass")).hexdigest()
    return Subject(kind, tuple(f"words:{index}" for index in vault.indexes("report", words)), "")


def _exactly(kind: str, plain: str, directory: Directory) -> Indicator | None:
    """The one thing of this kind that `plain` is, or that stands in it."""
    found, reader = _first_of(kind, indicators_in(plain, directory)), _READERS.get(kind)
    return found if found or reader is None else reader(plain, directory)


def _first_of(kind: str, named: Iterable[Indicator]) -> Indicator | None:
    wanted = ("host", "page") if kind == "site" else (kind,)
    return next((one for one in named if one.kind in wanted), None)


def _site(plain: str, directory: Directory) -> Indicator | None:
    address = read_address(plain.replace("[.]", "."))
    if address is None or not (address.is_ip or address.suffix):
        return None
    return _of_address(address, directory)


def _of_address(address: Address, directory: Directory) -> Indicator:
    """On a host that many share the page is meant, anywhere else the host."""
    is_shared = directory.shared(address) is not None or address.registrable in directory.well_known
    if is_shared and address.path.strip("/?"):
        return Indicator("page", address.page())
    return Indicator("host", address.host)


def _phone(plain: str, _directory: Directory) -> Indicator | None:
    number = read_sender(plain)
    return Indicator("phone", number.digits) if number.kind in _TELEPHONES and number.digits else None


def _line_id(plain: str, _directory: Directory) -> Indicator | None:
    named = (line_id_of_link(plain.lower()) or plain).lower()
    named = re.sub(r"^(?:line\s*)?(?:id)?\s*[:：]?\s*", "", named).lstrip("~")
    return Indicator("line_id", line_key(named)) if _LINE_ID.fullmatch(named) else None


def _account(plain: str, _directory: Directory) -> Indicator | None:
    digits = re.sub(r"[\s-]", "", plain)
    return Indicator("account", digits) if _ACCOUNT.fullmatch(digits) else None


# How each kind is read where the text shows no sign of it; a name alone tells no platform.
_READERS = {"site": _site, "phone": _phone, "account": _account, "line_id": _line_id}
_KINDS = ("site", "phone", "account", "line_id", "chat")  # in the order in which anything is tried


def _indicator(found: Found, directory: Directory) -> Indicator | None:
    if found.kind == "url":
        address = read_address(found.value)
        return _of_address(address, directory) if address and (address.is_ip or address.suffix) else None
    if found.kind == "line_id":
        return Indicator("line_id", line_key(found.value))
    if found.kind == "phone":
        return Indicator("phone", found.value.partition("#")[0])
    return Indicator("account", found.value) if found.kind == "account" else None


def _surest_first(one: Indicator, directory: Directory) -> tuple[bool, int]:
    return is_official(one, directory), _FIRST.index(one.kind)


def is_official(one: Indicator, directory: Directory) -> bool:
    """Whether it is an address of a registered organisation."""
    if one.kind not in ("host", "page"):
        return False
    address = read_address(one.value)
    return address is not None and bool(directory.owners(address))


def _matter(found: Indicator, vault: Vault) -> tuple[str, ...]:
    """All hosts of one registered domain are one matter, on a host that many share each page is."""
    if found.kind in KEYED:
        return tuple(f"{found.kind}:{index}" for index in vault.indexes("report", found.kind, found.value))
    address = read_address(found.value) if found.kind == "host" else None
    return (f"{found.kind}:{address.site if address else found.value}",)
