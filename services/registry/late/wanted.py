"""What of a message outside sources could tell more about; pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from yarl import URL

from lianfang.text.redact import redact
from services.registry.hosts import Address, registered_name
from services.registry.late.models import LONGEST_VALUE
from services.registry.late.port import DOMAIN_AGE, SAFE_BROWSING, SHORT_LINK
from services.registry.reading import Link, Message

MOST_WANTED = 12


@dataclass(frozen=True)
class Wanted:
    """One look-up; `value` is what the source is given."""

    kind: str
    value: str


def wanted(message: Message, enabled: Collection[str]) -> list[Wanted]:
    """For addresses nobody in the registry owns, and for short links; the first dozen."""
    found = (one for link in message.links for one in _of_link(link) if one.kind in enabled)
    return list(dict.fromkeys(found))[:MOST_WANTED]


def _of_link(link: Link) -> Iterator[Wanted]:
    if not link.hides_target and not link.is_foreign:
        return
    address = link.address
    page = page_url(address, scheme=_scheme(link.text))
    if link.hides_target and page is not None and address.path:
        yield Wanted(SHORT_LINK, page)
    name = registered_name(address)
    if link.is_foreign and name is not None:
        yield Wanted(DOMAIN_AGE, name)
    yield Wanted(SAFE_BROWSING, page_url(address) or f"http://{address.host}/")


def page_url(address: Address, *, scheme: str = "http") -> str | None:
    """Host and path, since a query often says who a person is; None for a path with a secret, or too long."""
    path = address.path.partition("?")[0]
    if redact(path) != path:
        return None
    try:
        url = str(URL(f"{scheme}://{address.host}{path or '/'}"))
    except ValueError:
        return None
    return url if len(url) <= LONGEST_VALUE else None


def _scheme(written: str) -> str:
    return "http" if written.strip().lower().startswith(("http:", "hxxp:")) else "https"
