"""The gateway's tables: the inbox of events, the conversations they belong to, and what each button meant."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

OPEN_STATES = ("new", "answered")


class InboxRow(Base):
    """One event of a channel. `id` is the trace id everywhere.

    `state`: new -> answered (rendered, not yet sent) -> done; ignored (nothing to answer); dead (given up).
    A row with `lease_until` in the future is being worked on. `payload` and `answer` are encrypted.
    """

    __tablename__ = "inbox"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    id: Mapped[str] = mapped_column(String(40), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    event_id: Mapped[str] = mapped_column(String(100))
    conversation: Mapped[str | None] = mapped_column(String(100))
    message: Mapped[str | None] = mapped_column(String(100))
    person: Mapped[str | None] = mapped_column(String(40), index=True)
    state: Mapped[str] = mapped_column(String(16))
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent_parts: Mapped[int]
    uncertain: Mapped[bool]  # the next message may be out already: an answer to our sending was lost
    held: Mapped[bool]  # the holding message was sent
    attempts: Mapped[int]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("channel", "event_id"),
        Index(
            "ix_inbox_open",
            "conversation",
            "number",
            sqlite_where=text("state IN ('new', 'answered')"),
            postgresql_where=text("state IN ('new', 'answered')"),
        ),
        # The oldest open rows come first without a look at the many that are done.
        Index(
            "ix_inbox_order",
            "number",
            sqlite_where=text("state IN ('new', 'answered')"),
            postgresql_where=text("state IN ('new', 'answered')"),
        ),
        Index("ix_inbox_message", "message"),
        Index("ix_inbox_conversation", "conversation"),
        Index("ix_inbox_done_at", "done_at"),
        {
            "info": {
                "retention": Retention(
                    "text and answer go 24 h after the answer; the bare event id stays a week to recognise repeats",
                    subject="person",
                    keep=timedelta(hours=24),
                    after="done_at",
                    wipe=("payload", "answer", "message"),
                    drop=timedelta(days=7),
                    on_delete="delete",
                )
            }
        },
    )


class Conversation(Base):
    """Which session of the core a conversation is in; `id` is the keyed index of the channel's address."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    person: Mapped[str | None] = mapped_column(String(40), index=True)
    session: Mapped[str] = mapped_column(String(40))
    turns: Mapped[int]
    in_form: Mapped[bool]
    shown_since_core: Mapped[bool]  # we showed something of our own after the core's last reply
    started_at: Mapped[datetime]
    last_turn: Mapped[datetime]

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "the running session; the core forgets it after 24 h too",
                    subject="person",
                    keep=timedelta(hours=48),
                    after="last_turn",
                    on_delete="delete",
                )
            }
        },
    )


class Tap(Base):
    """What a button meant: bound to one person in one conversation until `expires`; `id` is all that leaves us."""

    __tablename__ = "taps"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str] = mapped_column(String(40), index=True)
    conversation: Mapped[str] = mapped_column(String(100))
    goal: Mapped[str] = mapped_column(String(32))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    expires: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "a button's meaning, while it can be tapped",
                    subject="person",
                    keep=timedelta(0),
                    after="expires",
                    on_delete="delete",
                )
            }
        },
    )
