"""Which issuers there are in force and how each works today: the facts, and whether it has joined."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.locks.models import Issuer
from services.partners.joining import status_beside

HUB, API, MANUAL = "hub", "api", "manual"


_NAMES = (Issuer.id, Issuer.spoken, Issuer.name_zh, Issuer.name_en)
_STATUS = status_beside(Issuer.__table__.c.id)
_TODAY = select(*_NAMES, Issuer.way, Issuer.serial_rule, _STATUS)


class UnknownIssuer(Exception):
    """No issuer of ours has this id or name."""


@dataclass(frozen=True)
class Reached:
    """An issuer as it is reached today: `way` is manual as long as `status` is none."""

    id: str
    status: str
    way: str
    serial_rule: int


class Directory:
    """Every issuer, found by its id or a name of it."""

    def __init__(self, by_name: Mapping[str, Reached]) -> None:
        self._by_name = by_name

    @classmethod
    def of(cls, session: Session) -> "Directory":
        rows = session.execute(_TODAY)
        by_name: dict[str, Reached] = {}
        for *known, way, rule, status_now in rows:
            today = MANUAL if status_now == "none" else way
            one = Reached(known[0], status_now, today, rule)
            by_name |= {name.casefold(): one for name in known}
        return cls(by_name)

    def find(self, text: str) -> Reached:
        """Raises UnknownIssuer."""
        found = self._by_name.get(text.strip().casefold())
        if found is None:
            raise UnknownIssuer(text)
        return found
