"""What a text may mean beyond what its readers are sure of: keys for lists, and addresses nobody could read.

Nothing here is judged: a listed thing is to be found however it is written, an unlisted one accuses nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.text import tlds
from lianfang.text.handles import line_id_of_link
from services.registry.hosts import read_address
from services.registry.possible_hosts import possible_hosts, possible_pages
from services.registry.possible_names import possible_line_ids, possible_numbers

if TYPE_CHECKING:
    from services.registry.directory import Directory
    from services.registry.reading import Link

_PARAMETER = re.compile(r"=(?:/{0,2})((?:[a-z0-9-]{1,63}\.){1,5}([a-z]{2,18}))(?![a-z0-9.-])", re.IGNORECASE)


@dataclass(frozen=True)
class Possible:
    """`keys`: as lists keep them; `unread`: disguised hosts that people read and no link of the message covers."""

    keys: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


def possible(plain: str, links: "tuple[Link, ...]", directory: "Directory") -> Possible:
    """`plain`: the normal form with look-alike letters and digits in ASCII; `links`: what was read for sure."""
    hosts = possible_hosts(plain)
    phones, accounts = possible_numbers(plain)
    keys = [("host", name) for name in hosts.names if name not in directory.shared_hosts]
    pages = list(possible_pages(plain, directory.shared_hosts))
    keys += [("page", page) for page in pages]
    linked = ((line_id_of_link(page) or "").lstrip("@~").lower() for page in pages)
    keys += [("line_id", name) for name in (*possible_line_ids(plain), *linked) if name]
    keys += [("phone", number) for number in phones]
    keys += [("account", number) for number in accounts]
    covered = tuple(f".{link.address.host}" for link in links)
    unread = [
        name
        for name in hosts.unread
        if not f".{name}".endswith(covered) and not any(host.endswith(f".{name}") for host in covered)
    ]
    return Possible(tuple(dict.fromkeys(keys)), (*unread, *_led_to(links, directory)))


def _led_to(links: "tuple[Link, ...]", directory: "Directory") -> Iterator[str]:
    """Bare hosts a parameter of a link names, which are not the same owner's."""
    for link in links:
        for match in _PARAMETER.finditer(link.address.path):
            target = read_address(match[1].lower())
            if target is not None and tlds.is_tld(match[2].lower()) and target.site != link.address.site:
                own = {domain.organisation for domain in link.owners}
                if not any(domain.organisation in own for domain in directory.owners(target)):
                    yield target.host
