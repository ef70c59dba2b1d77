"""Search for what is listed, by officers: one address, id, number or account, and what every current list says of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from lianfang.privacy import Vault
from lianfang.text.chats import find_chats
from lianfang.text.find import find_all
from lianfang.text.normalise import normalise
from services.people.roles import organisations_of
from services.registry.desk.listings import Decision, Keys, Listing, listed
from services.registry.desk.officers import NotFound
from services.registry.directory import Directory
from services.registry.facts import address_keys, line_key
from services.registry.hosts import Address, read_address
from services.registry.own_list import OWN, asked_keys
from services.registry.senders import read_sender

SEARCHERS = frozenset({"165", "association", "auditor", "authority", "registry_desk"})
Decisions = Callable[[Session, Keys], Mapping[tuple[str, str], Decision]]


@dataclass(frozen=True)
class Search:
    """What was looked for (`keys`, the surest first), which organisations' it is, and what is listed."""

    keys: tuple[tuple[str, str], ...]
    owners: tuple[str, ...]
    listings: tuple[Listing, ...]


async def search_indicators(
    session: AsyncSession,
    vault: Vault,
    person: str | None,
    kind: str,
    text: str,
    *,
    directory: Directory,
    decisions: Decisions | None = None,
) -> Search:
    """`kind`: one of READERS; `text` as somebody wrote it; `decisions` of whoever fills our own list.

    Raises NotFound for who may not ask.
    """
    if not await organisations_of(session, person, SEARCHERS):
        raise NotFound
    plain = normalise(text).strip()
    keys = tuple(READERS[kind](plain, directory))
    stored = [one for key in keys for one in dict.fromkeys((key, *asked_keys(vault, *key)))]
    listings = await listed(session, stored)
    ours = [(one.kind, one.value) for one in listings if one.source == OWN]
    if decisions is not None and ours:
        decided = await session.run_sync(decisions, ours)
        listings = [
            replace(one, decision=decided.get((one.kind, one.value))) if one.source == OWN else one
            for one in listings
        ]
    return Search(keys, _owners(plain, directory) if kind == "address" else (), tuple(listings))


def _owners(text: str, directory: Directory) -> tuple[str, ...]:
    address = _read(text)
    owners = [] if address is None else directory.owners(address)
    return tuple(dict.fromkeys(one.organisation for one in owners))


def _read(text: str) -> Address | None:
    return read_address(text.replace("[.]", ".").replace("hxxp", "http"))


def _address(text: str, directory: Directory) -> Keys:
    address = _read(text)
    return [] if address is None else address_keys(address, directory.shared(address))


def _line_id(text: str, _directory: Directory) -> Keys:
    return [("line_id", line_key(text))]


def _chat(text: str, _directory: Directory) -> Keys:
    return [("chat", chat) for chat in find_chats(text, find_all(text))]


def _phone(text: str, _directory: Directory) -> Keys:
    return [("phone", read_sender(text).digits or re.sub(r"\D", "", text))]


def _account(text: str, _directory: Directory) -> Keys:
    return [("account", re.sub(r"\D", "", text))]


READERS: Mapping[str, Callable[[str, Directory], Keys]] = {
    "address": _address,
    "line_id": _line_id,
    "chat": _chat,
    "phone": _phone,
    "account": _account,
}
