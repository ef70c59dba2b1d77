"""What no bad verdict may list: what belongs to registered organisations (design rule 4)."""

from typing import Any

from services.registry.directory import Directory
from services.registry.facts import line_key
from services.registry.hosts import read_address
from services.registry.models import Check

# Whoever shows one of these is not who the message says: naming an organisation's address does not make it its own.
FALSE_SENDERS = frozenset({"toll_free", "landline", "foreign"})


def is_organisations_own(check: Check, directory: Directory) -> bool:
    """Whether the case leads to nothing but a registered organisation's own addresses, numbers and ids.

    Copies of such a case are as likely genuine: a verdict would say fraud of the organisation itself.
    """
    if check.sender_kind in FALSE_SENDERS or not check.indicators:
        return False
    return all(_is_own(indicator, directory) for indicator in check.indicators)


def _is_own(indicator: dict[str, Any], directory: Directory) -> bool:
    kind, shown = indicator["kind"], indicator["shown"]
    if kind in ("domain", "url"):
        address = read_address(shown.replace("[.]", "."))
        owners = [] if address is None else directory.owners(address)
        return address is not None and directory.shared(address) is None and any(d.confirmed for d in owners)
    if kind == "line_id":
        return any(
            contact.kind == "line_id" and line_key(contact.value) == line_key(shown)
            for organisation in directory.organisations.values()
            for contact in organisation.contacts
        )
    # A public number is shown whole, a private one masked.
    public = (directory.public_numbers, directory.public_codes, directory.special_numbers)
    return any(shown in numbers for numbers in public)
