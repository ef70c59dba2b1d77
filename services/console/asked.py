"""One request to the console as its pages see it: the visitor, the language, the form, and how to read and write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import TypeVar

from aiohttp import web
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.web import CLOCK, DATABASE, VAULT
from services.console.desk import Desk
from services.console.refused import Refused
from services.console.visitor import Visitor
from services.reports.attachments import AttachmentStore

T = TypeVar("T")
DESKS: web.AppKey[Mapping[str, Desk]] = web.AppKey("console_desks")
SECURE = web.AppKey("console_secure", bool)
ATTACHMENTS: web.AppKey[AttachmentStore] = web.AppKey("console_attachments")
OPERATOR = web.AppKey("console_operator", str)
LOOPBACK = web.AppKey(
    "console_loopback", bool
)  # a development server, whose partners may run on this machine
_IPV6_HOME = 64


@dataclass
class Asked:
    """Built once for a request; `seed` is the cookie that its forms are tied to."""

    request: web.Request
    visitor: Visitor | None
    language: str
    seed: str
    form: dict[str, str] = field(default_factory=dict)
    several: dict[str, list[str]] = field(
        default_factory=dict
    )  # every value of a field that came more than once
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.request.app[DATABASE]

    @property
    def vault(self) -> Vault:
        return self.request.app[VAULT]

    @property
    def clock(self) -> Clock:
        return self.request.app[CLOCK]

    @property
    def now(self) -> datetime:
        return self.request.app[CLOCK]()

    @property
    def officer(self) -> Visitor:
        """The visitor of a page that needs one. Raises Refused."""
        if self.visitor is None:
            raise Refused("not_logged_in")
        return self.visitor

    @property
    def address(self) -> str:
        """The network it came from: of IPv6 the half that a home has, behind our own proxy what the proxy says."""
        address = ip_address(self.request.remote or "127.0.0.1")
        forwarded = self.request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if address.is_loopback and forwarded:
            try:
                address = ip_address(forwarded)
            except ValueError:
                return "unreadable"
        return str(ip_network((address, _IPV6_HOME), strict=False)) if address.version == 6 else str(address)

    def part(self, name: str) -> str:
        """A part of the path."""
        return self.request.match_info[name]

    def query(self, name: str) -> str:
        """A field of the query, trimmed; empty when it is not there."""
        return self.request.query.get(name, "").strip()

    async def look(self, view: Callable[[Session], T]) -> T:
        return await self.database.look(view)

    async def change(self, change: Callable[[Session], T]) -> T:
        return await self.database.together(change)


ASKED = web.RequestKey("console_asked", Asked)
