"""Hosts and addresses taken apart: registrable domain with private suffixes, IP, path; offline and pure."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

import idna
import tldextract

from services.registry.pages import page_of

# The snapshot that ships with the library: no network, the same answer everywhere.
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:/{1,3}", re.IGNORECASE)
_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$")
_ANY_DOT = re.compile("[.\u3002\uff0e\uff61]")
_ODD_SIGN = re.compile(r"[^a-z0-9_.-]")
_ODD = re.compile("xn--|[^\\x00-\\x7f\\u3400-\\u9fff]")
_INNER = re.compile(r"https?:/{1,3}[^\s&\"'<>]+", re.IGNORECASE)
MAX_PATH = 400
MOST_INNER = 5
MOST_LABELS = 127
LONGEST_HOST = 253
LONGEST_LABEL = 63


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
        """Host and path as lists keep them, the key of a page on a shared host: `pages.page_of`."""
        return page_of(self.host, self.path)[:MAX_PATH]

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
    host, odd = _ascii(host)
    if not _HOST.match(host):
        return None
    path = _plain_path(path)
    if _is_ip(host):
        return Address(host, None, "", path, is_ip=True)
    parts = _EXTRACT.extract_str(host)
    if not parts.suffix or parts.suffix == host:
        return None if odd else Address(host, None, parts.suffix, path, is_ip=False)
    registrable = parts.top_domain_under_public_suffix
    if registrable.startswith("-") or 0 < odd <= registrable.count(".") + 1:
        return None
    host = host.removeprefix("www.") if host != f"www.{parts.suffix}" else host
    return Address(host, registrable or None, parts.suffix, path, is_ip=False)


def leads_to(address: Address) -> list[Address]:
    """The addresses that stand whole inside this one, where redirects and translators keep where they lead."""
    if ":" not in address.path and "%" not in address.path:
        return []
    path = unquote(unquote(address.path, errors="replace"), errors="replace")
    inner = (read_address(found[0]) for found in islice(_INNER.finditer(path), MOST_INNER))
    return [one for one in inner if one is not None]


def registered_name(address: Address) -> str | None:
    """The name that a registry of domains knows; None under a private ending such as `github.io`, and for an IP."""
    name = address.registrable
    return None if name is None or _EXTRACT.extract_str(name).is_private else name


def _ascii(host: str) -> tuple[str, int]:
    """The host as it is asked for, at most 253 characters of its end.

    Wildcard names answer to any sign before them: such signs become hyphens, and the second value says in which label
    from the end the last of them stood (0 for none).
    """
    if _HOST.match(host):
        return host, 0
    labels = [_ascii_label(label) for label in _ANY_DOT.split(host)]
    odd = 0
    for place, label in enumerate(reversed(labels[-MOST_LABELS:]), start=1):
        if _ODD_SIGN.search(label):
            odd = odd or place
    ascii_host = _ODD_SIGN.sub("-", ".".join(labels[-MOST_LABELS:]))
    while len(ascii_host) > LONGEST_HOST and "." in ascii_host:
        ascii_host = ascii_host.partition(".")[2]
    return ascii_host, odd


def _ascii_label(label: str) -> str:
    if label.isascii() or len(label) > LONGEST_LABEL:
        return label
    try:
        return idna.encode(label, uts46=True).decode("ascii")
    except idna.IDNAError:
        pass  # browsers also open what IDNA 2008 forbids, emoji above all
    plain = unicodedata.normalize("NFKC", label).lower()
    return "xn--" + plain.encode("punycode", errors="replace").decode("ascii", errors="replace")


def to_unicode(host: str) -> str:
    """Punycode labels decoded, to look for letters that only look Latin."""
    if "xn--" not in host:
        return host
    return ".".join(_unicode_label(label) for label in host.split("."))


def _unicode_label(label: str) -> str:
    try:
        return idna.decode(label)
    except idna.IDNAError:
        pass
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except (UnicodeError, OverflowError, ValueError):
        return label


def _is_ip(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _plain_path(path: str) -> str:
    path = path.partition("#")[0]
    return unquote(path, errors="replace").replace("\x00", "")[:MAX_PATH] if path not in ("", "/") else ""
