"""What the rules may know beside the message: the registry, the lists' answers for it, and the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.registry.desk.announcements import Announcements
from services.registry.directory import Directory, ListState
from services.registry.hosts import MAX_PATH, Address
from services.registry.pages import pages_over
from services.registry.reading import Message
from services.registry.wording.model import TextModel, shipped_model

# Which lists could name what; nothing published lists phones or accounts.
LISTS_OF = {"address": ("165-sites", "moda-rpz"), "line_id": ("165-line-ids",)}


@dataclass(frozen=True)
class Hit:
    """One listed indicator. `source` is the kind of list, as in `lianfang import KIND`."""

    kind: str
    value: str
    source: str
    as_of: date | None


@dataclass(frozen=True)
class Facts:
    """One look-up's worth of knowledge; immutable, so that judging is a pure function."""

    directory: Directory
    today: date
    lists: tuple[ListState, ...] = ()
    hits: Mapping[tuple[str, str], Hit] | None = None
    model: TextModel = field(default_factory=shipped_model)
    announcements: Announcements = field(default_factory=Announcements)

    def hit(self, keys: Sequence[tuple[str, str]]) -> Hit | None:
        for key in keys:
            found = (self.hits or {}).get(key)
            if found is not None:
                return found
        return None

    def newest_list(self, wanted: str) -> ListState | None:
        """The newest loaded list that could name an indicator of this kind, or None."""
        fitting = [state for state in self.lists if state.kind in LISTS_OF.get(wanted, ())]
        return max(fitting, key=lambda state: state.as_of or date.min, default=None)

    def shown_day(self, day: date | None) -> str:
        """11/20 within the year, 2025/12/18 otherwise."""
        if day is None:
            return "?"
        return f"{day:%m/%d}" if day.year == self.today.year else f"{day:%Y/%m/%d}"


def address_keys(address: Address, shared: str | None) -> list[tuple[str, str]]:
    """Under which keys an address may be listed: itself and its parents; on a shared host only the page."""
    if shared is not None:
        return page_keys(address)
    return [("host", name) for name in address.parents()] + page_keys(address)


def page_keys(address: Address) -> list[tuple[str, str]]:
    """The page in every writing of its address, and every folder above it."""
    if not address.path:
        return []
    return [("page", key[:MAX_PATH]) for key in pages_over(address.host, address.path)]


def wanted_keys(message: Message) -> list[tuple[str, str]]:
    """Every key to look up for a message, the surest first."""
    return list(dict.fromkeys((*addressed_keys(message), *message.possible.keys)))


def addressed_keys(message: Message) -> list[tuple[str, str]]:
    """The keys of what was read for sure."""
    keys: list[tuple[str, str]] = []
    links = (*message.links, message.mailbox) if message.mailbox else message.links
    for link in links:
        keys += address_keys(link.address, link.shared)
    keys += [("line_id", line_key(value)) for value in message.line_ids]
    keys += [("chat", value) for value in message.chats]
    keys += [("phone", value.partition("#")[0]) for value in message.phones]
    if message.sender.kind in ("mobile", "foreign"):
        keys.append(("phone", message.sender.digits))
    keys += [("account", value) for value in message.accounts]
    return list(dict.fromkeys(keys))


def line_key(line_id: str) -> str:
    """LINE ids are compared without @ and case: the published list writes both ways."""
    return line_id.lstrip("@~").lower()
