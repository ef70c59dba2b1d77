"""Issuers, the cards they sold, and the requests to lock them; a request's state is the state of its case."""

from datetime import date, datetime, timedelta

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

KEPT = timedelta(days=730)
ISSUER_LENGTH, CHAIN_LENGTH, INDEX_LENGTH = 24, 24, 100


class Issuer(Base):
    """`services.locks.issuers.IssuerFacts` as they are in force."""

    __tablename__ = "issuers"

    id: Mapped[str] = mapped_column(String(ISSUER_LENGTH), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(64))
    name_en: Mapped[str] = mapped_column(String(64))
    spoken: Mapped[str] = mapped_column(String(64))
    way: Mapped[str] = mapped_column(String(8))
    delay_hours: Mapped[int | None]
    refund_rule: Mapped[str] = mapped_column(String(40))
    needs: Mapped[list[str]] = mapped_column(JSON)
    url: Mapped[str | None] = mapped_column(String(300))
    page: Mapped[str | None] = mapped_column(String(8))
    hotline: Mapped[str | None] = mapped_column(String(32))
    verified_on: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(300))
    outsider: Mapped[bool]
    serial_rule: Mapped[int]
    own_rule_hours: Mapped[int | None]

    __table_args__ = ({"info": {"retention": Retention("public facts about companies")}},)


class Card(Base):
    """A sold card. Whoever decides about it locks its row first; `lock` is the case that holds it locked.

    `permission` is the last one given, in force while the state is permitted; `reported`: what was said of it;
    `ask_at`: when the issuer is asked what became of it; `queued`: how many requests have waited for the card, in
    the order the database gave them.
    """

    __tablename__ = "cards"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    issuer: Mapped[str] = mapped_column(ForeignKey("issuers.id"))
    card_ref: Mapped[str] = mapped_column(String(64))
    serial_index: Mapped[str] = mapped_column(String(INDEX_LENGTH), index=True)
    last4: Mapped[str] = mapped_column(String(4))
    chain: Mapped[str] = mapped_column(String(CHAIN_LENGTH))
    store: Mapped[str | None] = mapped_column(String(64))
    sold_at: Mapped[datetime]
    held_until: Mapped[datetime]
    face_value: Mapped[int | None]
    invoice_index: Mapped[str | None] = mapped_column(String(INDEX_LENGTH), index=True)
    total: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]
    permission: Mapped[str | None] = mapped_column(String(40))
    reported: Mapped[str | None] = mapped_column(String(16))
    ask_at: Mapped[datetime | None] = mapped_column(index=True)
    lock: Mapped[str | None] = mapped_column(String(40))
    queued: Mapped[int]
    refused_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("issuer", "card_ref"),
        UniqueConstraint("issuer", "serial_index"),
        {
            "info": {
                "retention": Retention(
                    "a sold card, without its serial and without a person, until no lock of it can matter",
                    keep=KEPT,
                    after="changed_at",
                )
            }
        },
    )


class Lock(Base):
    """A request to lock a card. `card` once its details matched a sale; `place` orders those who wait for one card.

    `tries`: receipts that were compared with the sale; `held_back`: too much was tried, so that nothing compares
    this request any more but an officer; `status` and `way`: the issuer's when it was asked.
    """

    __tablename__ = "locks"

    case: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    card: Mapped[str | None] = mapped_column(ForeignKey("cards.id", ondelete="SET NULL"))
    issuer: Mapped[str] = mapped_column(ForeignKey("issuers.id"))
    status: Mapped[str] = mapped_column(String(8))
    way: Mapped[str] = mapped_column(String(8))
    person: Mapped[str | None] = mapped_column(String(40))
    serial_index: Mapped[str | None] = mapped_column(String(INDEX_LENGTH))
    last4: Mapped[str | None] = mapped_column(String(4))
    chain: Mapped[str | None] = mapped_column(String(CHAIN_LENGTH))
    store: Mapped[str | None] = mapped_column(String(64))
    bought_at: Mapped[datetime | None]
    invoice_index: Mapped[str | None] = mapped_column(String(INDEX_LENGTH))
    amount: Mapped[int | None]
    first_message_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    tries: Mapped[int]
    held_back: Mapped[bool]
    place: Mapped[int | None]
    locked_at: Mapped[datetime | None]
    until: Mapped[datetime | None] = mapped_column(index=True)
    warned_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(24))
    confirmed_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(16))
    proof_index: Mapped[str | None] = mapped_column(String(INDEX_LENGTH), unique=True)
    proof: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        Index("ix_locks_person_asked", "person", "asked_at"),
        Index("ix_locks_serial", "serial_index"),
        Index(
            "ix_locks_invoice",
            "invoice_index",
            postgresql_where=text("invoice_index IS NOT NULL"),
            sqlite_where=text("invoice_index IS NOT NULL"),
        ),
        Index("ix_locks_card", "card"),
        Index("ix_locks_issuer_case", "issuer", "case"),
        {
            "info": {
                "retention": Retention(
                    "which card a person asked to lock; without the person once it can matter no more",
                    subject="person",
                    keep=KEPT,
                    after="asked_at",
                    wipe=("person", "serial_index", "invoice_index", "store", "proof", "proof_index"),
                    on_delete="wipe",
                )
            }
        },
    )


class Try(Base):
    """Details that were compared with sales and matched none: counted, so that nobody guesses.

    A request is one row without a serial, however many cards it names, and one for each serial that it told.
    """

    __tablename__ = "lock_tries"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str] = mapped_column(String(40))
    serial_index: Mapped[str | None] = mapped_column(String(INDEX_LENGTH))
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_lock_tries_person_at", "person", "at"),
        Index("ix_lock_tries_serial_index_at", "serial_index", "at"),
        {
            "info": {
                "retention": Retention(
                    "limits of how often one may try, for a day",
                    subject="person",
                    keep=timedelta(hours=24),
                    after="at",
                    on_delete="delete",
                )
            }
        },
    )
