"""Which addresses we may connect to when a stranger names them: public ones, on the web's own ports, no others.

Checked twice at every hop: the URL before anything is looked up, and what DNS answered, in the resolver whose
answer is the one connected to; so a name that changes between check and connection gains nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Collection

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

PORTS = frozenset({80, 443})
# Written out, so that no version of Python decides it; IPv6 is public within 2000::/3 only, less these.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 "
        "::/3 2001::/23 2001:db8::/32 2002::/16 3fff::/20 4000::/2 8000::/1"
    ).split()
)
_NAME = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:\d+|0x[0-9a-f]*)", re.IGNORECASE
)  # as a last label: browsers read such a host as an IP
_INSIDE = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "localdomain",
    "home.arpa",
)
LONGEST_LINE, LONGEST_FIELD, MOST_FIELDS = 4096, 4096, 64


class Refused(Exception):
    """An address we do not connect to; the message is a code and names no address."""


def is_public(host: str) -> bool:
    """Whether an IP address, as text, belongs to the public internet; one with a zone never does."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return "%" not in host and not any(
        address in network for network in _NOT_PUBLIC if network.version == address.version
    )


def check_url(url: URL, *, allowed: Collection[str] = ()) -> None:
    """Raises Refused unless we may look this URL's host up or, if it is an IP address, connect to it."""
    if url.scheme not in {"http", "https"}:
        raise Refused("scheme")
    if url.user is not None or url.password is not None:
        raise Refused("user_info")
    if url.port not in PORTS:
        raise Refused("port")
    host = (url.raw_host or "").rstrip(".")
    if _is_ip(host):
        if not is_public(host) and host not in allowed:
            raise Refused("not_public")
    elif not _NAME.fullmatch(host) or _NUMBER.fullmatch(host.rpartition(".")[2]):
        raise Refused("host")
    elif host.lower().endswith(tuple("." + name for name in _INSIDE)):
        raise Refused("inside")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class GuardedResolver(AbstractResolver):
    """DNS answers with only public addresses; one other among them and the whole answer is refused."""

    def __init__(self, resolver: AbstractResolver, allowed: Collection[str]) -> None:
        self._resolver = resolver
        self._allowed = frozenset(allowed)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not found:
            raise OSError("no address")
        for one in found:
            if not is_public(one["host"]) and one["host"] not in self._allowed:
                raise Refused("not_public")
        return found

    async def close(self) -> None:
        await self._resolver.close()


def guarded_session(
    resolver: AbstractResolver, allowed: Collection[str], *, deadline: float
) -> ClientSession:
    """Connects to what the guard checked and nothing else: no proxy, cookies, kept connections, cached names."""
    return ClientSession(
        connector=TCPConnector(
            resolver=GuardedResolver(resolver, allowed), use_dns_cache=False, force_close=True, limit=4
        ),
        cookie_jar=DummyCookieJar(),
        timeout=ClientTimeout(total=deadline),
        trust_env=False,
        max_line_size=LONGEST_LINE,
        max_field_size=LONGEST_FIELD,
        max_headers=MOST_FIELDS,
        read_bufsize=4096,
    )
