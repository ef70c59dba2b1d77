"""The guard before anything is listed or blocked (design rule 4): what must never be, and what must be said first.

Pure: a target and what is protected go in, objections come out. `never` objections no officer can overrule.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

from services.registry.hosts import Address, read_address
from services.reports.protected import Protected
from services.reports.steps import Purpose

Scope = Literal["host", "domain", "page", "exact"]
SHORTEST_NUMBER, SHORTEST_ACCOUNT = 8, 8


@dataclass(frozen=True)
class Aim:
    """What an officer wants listed. `kind`: host, page, line_id, chat, phone, account; `value` as a list would keep it.

    `scope`: domain = the name somebody registered and all below it; host = this name and all below it; page = one
    page; exact = a number or id. `seen_as`: the host that was reported; `from_picture`: nobody ever typed it.
    """

    kind: str
    value: str
    scope: Scope | None
    seen_as: str | None = None
    from_picture: bool = False
    typed: str | None = None
    spared_before: bool = False  # an appeal about it was upheld once


@dataclass(frozen=True)
class Objection:
    """`never`: it stays refused whatever is given; else what it asks for can be given. `about` says of what."""

    code: str
    never: bool = True
    about: str = ""


def objections(aim: Aim, purpose: Purpose, protected: Protected) -> list[Objection]:
    """Everything that speaks against it, the unanswerable first."""
    found = [
        *_RULES.get(aim.kind, _unknown_kind)(aim, protected),
        *(_against_a_block(aim) if purpose == "block" else ()),
        *_must_be_typed(aim),
    ]
    return sorted(found, key=lambda one: not one.never)


def _address(aim: Aim, protected: Protected) -> Iterator[Objection]:
    if aim.scope is None:
        yield Objection("scope_needed", never=False)
        return
    address = read_address(aim.value)
    if address is None:
        yield Objection("not_an_address")
        return
    if address.is_ip and not ip_address(address.host).is_global:
        yield Objection("not_a_public_number")
        return
    if not address.is_ip and address.registrable is None:
        yield Objection("public_suffix" if address.suffix else "no_public_suffix")
        return
    if aim.scope == "domain" and address.host != address.site:
        yield Objection("not_the_whole_domain", never=False, about=address.site)
    if aim.kind == "page":
        yield from _page(address, protected)
        return
    yield from _name(address, protected)


def _name(address: Address, protected: Protected) -> Iterator[Objection]:
    """A host and everything below it."""
    below = protected.below.get(address.host)
    if below is not None:
        yield Objection(f"{below}_below", about=address.host)
    for name in address.parents():
        kind = protected.names.get(name)
        if kind is not None:
            yield Objection(kind, about=name)
            return
    if protected.directory.owners(address):
        yield Objection("official_name", about=address.host)
    elif protected.directory.shared(address) is not None:
        yield Objection("shared_host", about=address.host)


def _page(address: Address, protected: Protected) -> Iterator[Objection]:
    """One page accuses no other; on a host that many share it is whoever's made it, elsewhere the owner's."""
    is_shared = protected.directory.shared(address) is not None
    if not address.path.strip("/?"):
        yield Objection("shared_host_without_page")
    elif not is_shared and protected.directory.owners(address):
        yield Objection("official_name", about=address.host)


def _phone(aim: Aim, protected: Protected) -> Iterator[Objection]:
    digits = "".join(sign for sign in aim.value if sign.isdigit())
    if protected.owns_number(digits):
        yield Objection("registered_number")
    elif len(digits) < SHORTEST_NUMBER:
        yield Objection("short_number")


def _account(aim: Aim, protected: Protected) -> Iterator[Objection]:
    digits = "".join(sign for sign in aim.value if sign.isalnum())
    if digits in protected.accounts:
        yield Objection("registered_account")
    elif len(digits) < SHORTEST_ACCOUNT:
        yield Objection("short_number")


def _line_id(aim: Aim, protected: Protected) -> Iterator[Objection]:
    reason = protected.fault_of_line_id(aim.value)
    if reason is not None:
        yield Objection("registered_line_id" if reason == "official_name" else reason)


def _chat(aim: Aim, protected: Protected) -> Iterator[Objection]:
    """What an organisation is called in LINE or in Latin letters is hers on every platform."""
    reason = protected.fault_of_line_id(aim.value.partition(":")[2])
    if reason is not None:
        yield Objection("registered_chat" if reason == "official_name" else reason)


def _unknown_kind(_aim: Aim, _protected: Protected) -> Iterator[Objection]:
    yield Objection("not_listable")


def _against_a_block(aim: Aim) -> Iterator[Objection]:
    if aim.kind == "page":
        yield Objection("page_cannot_be_blocked")
    elif aim.kind != "host":
        yield Objection("not_an_address")
    else:
        address = read_address(aim.value)
        if address is not None and address.is_ip:
            yield Objection("number_cannot_be_blocked")


def _must_be_typed(aim: Aim) -> Iterator[Objection]:
    """Where a slip is likely, the officer types the name once more, letter by letter."""
    if (aim.typed or "").strip().lower() == aim.value:
        return
    if aim.from_picture:
        yield Objection("typed_confirmation_needed", never=False, about="from_picture")
    elif aim.spared_before:
        yield Objection("typed_confirmation_needed", never=False, about="appeal_upheld_before")
    elif aim.kind == "host" and aim.seen_as not in (None, aim.value):
        yield Objection("typed_confirmation_needed", never=False, about="wider_than_reported")


_RULES: dict[str, Callable[[Aim, Protected], Iterator[Objection]]] = {
    "host": _address,
    "page": _address,
    "phone": _phone,
    "account": _account,
    "line_id": _line_id,
    "chat": _chat,
}
