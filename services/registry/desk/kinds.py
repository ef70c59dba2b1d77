"""What the desk may change, as data: the records of each kind, their fields and what these may hold."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from services.registry.desk.overlay import Operation

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=128, pattern=r"^[^\x00-\x1f]*$")
]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,64}$")]
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"
Category = Literal[
    "agency", "bank", "charity", "convenience", "crypto", "ecommerce", "education", "etc", "factcheck", "food",
    "gamepoint", "hospital", "insurance", "logistics", "parking", "payment", "platform", "realestate", "securities",
    "telecom", "ticket", "transport", "travel", "utility",
]  # fmt: skip


class _Values(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Alias(_Values):
    """`brackets`: it counts only where a speaker stands."""

    text: Line
    brackets: bool = False


class OrganisationRecord(_Values):
    name_zh: Line
    name_en: Line
    category: Category
    aliases: list[Alias] = Field(default=[], max_length=40)
    source: Note
    verified_on: date


class DomainRecord(_Values):
    """`confirmed`: proven to be the organisation's; `role` short_link covers the name alone, the others its subdomains."""

    role: Literal["official", "short_link", "suffix"] = "official"
    confirmed: bool
    evidence: Note
    verified_on: date


class DomainListRecord(_Values):
    """`complete`: proven to be all of its domains, so that any other address in its name is fraud."""

    complete: bool
    evidence: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
    verified_on: date


class ContactRecord(_Values):
    """A code, number or id; the organisation in its key is who operates it, `verified_on` when that was checked."""

    confirmed: bool
    evidence: Note
    verified_on: date


class NumberRecord(_Values):
    """A public number; `operator` who runs it, `use` what it is for."""

    name_zh: Line
    name_en: Line
    use: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
    operator: Line | None = None
    confirmed: bool
    evidence: Note
    verified_on: date


class IssuerRecord(_Values):
    """How an issuer of game points locks and refunds, as services/locks keeps it; None is unknown."""

    name_zh: Line
    name_en: Line
    way: Literal["hub", "api", "manual"]
    delay_hours: int | None = Field(default=None, ge=0, le=720)
    own_rule_hours: int | None = Field(default=None, ge=0, le=720)
    refund_rule: Code
    needs: list[Code] = Field(default=[], max_length=20)
    url: Annotated[str, StringConstraints(pattern=r"^https://\S{1,290}$")] | None = None
    page: Code | None = None
    hotline: Annotated[str, StringConstraints(pattern=r"^[0-9#*+() -]{3,32}$")] | None = None
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    verified_on: date


class AnnouncementRecord(_Values):
    """What is sent from `sender`: `text` (see templates.py), with addresses of `domains` only."""

    sender: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,15}$")]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    domains: list[Annotated[str, StringConstraints(pattern=rf"^{HOST}$", max_length=253)]] = Field(
        default=[], max_length=20
    )
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    announced_on: date


@dataclass(frozen=True)
class Kind:
    """`about`: one pattern for each part of a key behind its kind."""

    values: type[BaseModel]
    about: tuple[str, ...]
    operations: frozenset[Operation]


_ADD: frozenset[Operation] = frozenset({"add"})
_ALL: frozenset[Operation] = frozenset({"add", "change", "retire"})
_CHANGE: frozenset[Operation] = frozenset({"change"})
_CONTACTS = "short_code|phone|line_id|bank_code"
KINDS: dict[str, Kind] = {
    "organisation": Kind(OrganisationRecord, (SLUG,), _ALL),
    "domain": Kind(DomainRecord, (SLUG, HOST), _ALL),
    "domain_list": Kind(DomainListRecord, (SLUG,), _CHANGE),
    "contact": Kind(ContactRecord, (SLUG, _CONTACTS, r"[^\s/]{2,64}"), _ALL),
    "number": Kind(NumberRecord, (r"[0-9A-Z*-]{3,32}",), _ALL),
    "announcement": Kind(AnnouncementRecord, (SLUG, r"an_[0-9A-Za-z]+"), _ADD),
    "issuer": Kind(IssuerRecord, (r"[a-z0-9_-]{1,32}",), _CHANGE),
}
