"""Persons, the channel addresses that reach them, what they told us about themselves, and what binds them to a role."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

IDLE = timedelta(days=365)


class Person(Base):
    """`language_chosen` was asked for, `language_heard` is the first typed sentence's, `language_app` the app's."""

    __tablename__ = "persons"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime]
    language_chosen: Mapped[str | None] = mapped_column(String(8))
    language_heard: Mapped[str | None] = mapped_column(String(8))
    language_app: Mapped[str | None] = mapped_column(String(8))
    last_check: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "a person we may have to answer; ends a year after the last message",
                    subject="id",
                    keep=IDLE,
                    after="last_seen",
                    on_delete="delete",
                )
            }
        },
    )


class Address(Base):
    """Where a person is reached; `address_index` finds it, `address` (encrypted) is needed to send."""

    __tablename__ = "addresses"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    address: Mapped[bytes] = mapped_column(LargeBinary)
    address_index: Mapped[str] = mapped_column(String(100))
    last_used: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("channel", "address_index"),
        {
            "info": {
                "retention": Retention(
                    "how the person is reached, as long as the person is known",
                    subject="person",
                    keep=IDLE,
                    after="last_used",
                    on_delete="delete",
                )
            }
        },
    )


class Consent(Base):
    """What a person was told or agreed to: `privacy_notice` is shown once, with the event that carried it."""

    __tablename__ = "consents"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    given_at: Mapped[datetime]
    event: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("person", "kind"),
        {
            "info": {
                "retention": Retention(
                    "proof of what was shown or agreed to, as long as the person is known",
                    subject="person",
                    on_delete="delete",
                )
            }
        },
    )


class Binding(Base):
    """A person's role in an organisation; the only source of roles (design rule 12)."""

    __tablename__ = "bindings"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    organisation: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(32))
    bound_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("person", "organisation", "role"),
        {
            "info": {
                "retention": Retention(
                    "who may act for an organisation, until unbound",
                    subject="person",
                    on_delete="delete",
                )
            }
        },
    )
