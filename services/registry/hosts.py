"""Hosts and addresses taken apart: registrable domain with private suffixes, IP, path; offline and pure."""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

import idna
import tldextract

# The snapshot that ships with the library: no network, the same answer everywhere.
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:/{1,3}", re.IGNORECASE)
_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*$")
_ODD = re.compile("xn--|[^\\x00-\\x7f\\u3400-\\u9fff]")
MAX_PATH = 400


@dataclass(frozen=True)
class Address:
    """One address: `host` lower-case ASCII without `www.`; `registrable` None for an IP or unknown ending."""

    host: str
    registrable: str | None
    suffix: str
    path: str
    is_ip: bool

    @property
    def label(self) -> str:
        """The name somebody registered: `t-cat` of `www.t-cat.com.tw`."""
        return (self.registrable or "").removesuffix(self.suffix).rstrip(".")

    @property
    def site(self) -> str:
        return self.registrable or self.host

    @property
    def has_odd_letters(self) -> bool:
        """Whether a label holds letters that are neither ASCII nor Chinese, or cannot be decoded."""
        return "xn--" in self.host and _ODD.search(to_unicode(self.host)) is not None

    def page(self) -> str:
        """Host and path, the key of a page on a shared host."""
        return (self.host + self.path.rstrip("/"))[:MAX_PATH]

    def parents(self) -> list[str]:
        """The host and every parent down to its registrable domain."""
        if self.registrable is None:
            return [self.host]
        names = [self.host]
        while names[-1] != self.registrable and "." in names[-1]:
            names.append(names[-1].partition(".")[2])
        return names


@lru_cache(maxsize=4096)
def read_address(raw: str) -> Address | None:
    """An address from a normalised URL, a bare host, or host and path; None when it holds no host."""
    rest = _SCHEME.sub("", raw.strip())
    cut = min((place for place in (rest.find(mark) for mark in "/?#\\") if place >= 0), default=len(rest))
    authority, path = rest[:cut], rest[cut:]
    authority = authority.rpartition("@")[2].strip(".").lower()
    host, colon, port = authority.rpartition(":")
    if not colon or not port.isdigit():
        host = authority.rstrip(":")
    ascii_host = _ascii(host)
    if ascii_host is None or not _HOST.match(ascii_host):
        return None
    host = ascii_host
    path = _plain_path(path)
    if _is_ip(host):
        return Address(host, None, "", path, is_ip=True)
    parts = _EXTRACT.extract_str(host)
    if not parts.suffix or parts.suffix == host:
        return Address(host, None, parts.suffix, path, is_ip=False)
    host = host.removeprefix("www.") if host != f"www.{parts.suffix}" else host
    return Address(host, parts.top_domain_under_public_suffix or None, parts.suffix, path, is_ip=False)


def registered_name(address: Address) -> str | None:
    """The name that a registry of domains knows; None under a private ending such as `github.io`, and for an IP."""
    name = address.registrable
    return None if name is None or _EXTRACT.extract_str(name).is_private else name


def _ascii(host: str) -> str | None:
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None


def to_unicode(host: str) -> str:
    """Punycode labels decoded, to look for letters that only look Latin."""
    if "xn--" not in host:
        return host
    try:
        return idna.decode(host)
    except idna.IDNAError:
        return host


def _is_ip(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _plain_path(path: str) -> str:
    path = path.partition("#")[0]
    return unquote(path, errors="replace").replace("\x00", "")[:MAX_PATH] if path not in ("", "/") else ""
