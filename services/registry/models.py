"""The registry's tables: organisations and lists in generations, and the checks people asked for.

A generation is one import of one kind of data; the row of `registry_current` decides which one is read, so an
import becomes visible, and is undone, by changing one row.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

PUBLIC_FACTS = Retention(
    why="public facts and official lists, no data about a person; the last two generations stay"
)
TEXT_KEPT = timedelta(hours=24)
VERDICT_KEPT = timedelta(days=30)


class Generation(Base):
    """One import of one kind of data. `state`: loading until all rows are in, then complete."""

    __tablename__ = "registry_generations"
    __table_args__ = (Index(None, "kind", "sha256"), {"info": {"retention": PUBLIC_FACTS}})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    as_of: Mapped[date | None] = mapped_column(Date)
    rows: Mapped[int]
    rejected: Mapped[int]
    imported_at: Mapped[datetime]


class Current(Base):
    """Which generation of a kind is read now."""

    __tablename__ = "registry_current"
    __table_args__ = ({"info": {"retention": PUBLIC_FACTS}},)

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    generation_id: Mapped[int] = mapped_column(ForeignKey("registry_generations.id"))


class Organisation(Base):
    """An organisation people receive messages from, or from those who pretend to be it.

    `aliases`: `[{"text", "brackets"}]`; with `brackets` the name counts only where a speaker stands.
    `domains_complete`: the domain list is proven to be all of it (`complete_evidence` says by what).
    """

    __tablename__ = "registry_organisations"
    __table_args__ = ({"info": {"retention": PUBLIC_FACTS}},)

    generation_id: Mapped[int] = mapped_column(ForeignKey("registry_generations.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(128))
    name_en: Mapped[str] = mapped_column(String(128))
    category: Mapped[str] = mapped_column(String(32))
    aliases: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    domains_complete: Mapped[bool]
    complete_evidence: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    verified_on: Mapped[date] = mapped_column(Date)


class OrganisationDomain(Base):
    """A domain of an organisation. `role`: official, or short_link for its own shortener."""

    __tablename__ = "registry_organisation_domains"
    __table_args__ = ({"info": {"retention": PUBLIC_FACTS}},)

    generation_id: Mapped[int] = mapped_column(ForeignKey("registry_generations.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    confirmed: Mapped[bool]
    evidence: Mapped[str] = mapped_column(Text)
    verified_on: Mapped[date] = mapped_column(Date)


class OrganisationContact(Base):
    """A number or id of an organisation. `kind`: short_code (may be `935*`), phone, line_id, bank_code."""

    __tablename__ = "registry_organisation_contacts"
    __table_args__ = ({"info": {"retention": PUBLIC_FACTS}},)

    generation_id: Mapped[int] = mapped_column(ForeignKey("registry_generations.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    confirmed: Mapped[bool]
    evidence: Mapped[str] = mapped_column(Text)
    verified_on: Mapped[date] = mapped_column(Date)


class SpecialNumber(Base):
    """A public number such as 165, 110, 1925 or 111. `use`: what it is for (hotline, sender, …)."""

    __tablename__ = "registry_special_numbers"
    __table_args__ = ({"info": {"retention": PUBLIC_FACTS}},)

    generation_id: Mapped[int] = mapped_column(ForeignKey("registry_generations.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(128))
    name_en: Mapped[str] = mapped_column(String(128))
    use: Mapped[str] = mapped_column(String(64))
    confirmed: Mapped[bool]
    evidence: Mapped[str] = mapped_column(Text)
    verified_on: Mapped[date] = mapped_column(Date)


class Indicator(Base):
    """One listed thing. `kind`: host, page (host + path on a shared host), line_id, phone, account.

    The source is the generation's kind; `as_of` is the row's own date, else the generation's.
    """

    __tablename__ = "registry_indicators"
    __table_args__ = (
        Index(None, "kind", "value"),
        Index(None, "generation_id"),
        {"info": {"retention": PUBLIC_FACTS}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    generation_id: Mapped[int] = mapped_column(ForeignKey("registry_generations.id"))
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(512))
    as_of: Mapped[date | None] = mapped_column(Date)
    reports: Mapped[int | None]


class Check(Base):
    """A verdict that was given: what was found and by which rules, without the text.

    `campaign`: which messages it is counted with; `case_key` and `wording_key`: keyed, for verdicts of officers.
    """

    __tablename__ = "registry_checks"
    __table_args__ = (
        Index(None, "person", "checked_at"),
        Index(None, "event"),
        Index(None, "campaign", "person"),
        {
            "info": {
                "retention": Retention(
                    why="so that the person can ask again and learns when the verdict changes",
                    subject="person",
                    keep=VERDICT_KEPT,
                    after="checked_at",
                    on_delete="delete",
                )
            }
        },
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str | None] = mapped_column(String(40))
    event: Mapped[str | None] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(16))
    score: Mapped[int]
    judged_by: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(64))
    organisation: Mapped[str | None] = mapped_column(String(64))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    indicators: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    supersedes: Mapped[str | None] = mapped_column(String(40))
    checked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    campaign: Mapped[str | None] = mapped_column(String(40))
    case_key: Mapped[str | None] = mapped_column(String(100))
    wording_key: Mapped[str | None] = mapped_column(String(100))
    sender_kind: Mapped[str | None] = mapped_column(String(16))


class CheckRequest(Base):
    """What was asked, encrypted, without secrets of class A, for one day: so that it can be judged again."""

    __tablename__ = "registry_check_requests"
    __table_args__ = (
        Index(None, "person"),
        Index(None, "stored_at"),
        {
            "info": {
                "retention": Retention(
                    why="to judge again when the person tells the sender, the last three digits or the app",
                    subject="person",
                    keep=TEXT_KEPT,
                    after="stored_at",
                    on_delete="delete",
                )
            }
        },
    )

    check_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str | None] = mapped_column(String(40))
    request: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime]
