"""Accounts, their sessions, invitations, and how often a log-in was tried."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

SESSIONS_KEPT = timedelta(days=30)
INVITATIONS_KEPT = timedelta(days=365)
TRIES_KEPT = timedelta(hours=24)


class Account(Base):
    """How a person proves to be themselves. `state`: active or suspended.

    `login_name` is folded (accounts.names); `totp_secret` is encrypted; a code of `totp_step` or earlier was used.
    """

    __tablename__ = "accounts"

    person: Mapped[str] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    login_name: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[bytes] = mapped_column(LargeBinary)
    totp_step: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "how an officer logs in, as long as the person is known",
                    subject="person",
                    on_delete="delete",
                )
            }
        },
    )


class AccountSession(Base):
    """One browser that is logged in; the id says nothing, `token_hash` is SHA-256 of what the cookie holds."""

    __tablename__ = "account_sessions"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person: Mapped[str] = mapped_column(ForeignKey("accounts.person", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    last_seen: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "who is logged in, and may end it elsewhere",
                    subject="person",
                    keep=SESSIONS_KEPT,
                    after="created_at",
                    on_delete="delete",
                )
            }
        },
    )


class Invitation(Base):
    """One way in, once. `state`: open, used, withdrawn. `person`: whom it lets in again, None for somebody new."""

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    code_index: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(32))
    organisation: Mapped[str] = mapped_column(String(64))
    person: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16))
    invited_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[str | None] = mapped_column(String(40))
    used_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "created_at"),
        {
            "info": {
                "retention": Retention(
                    "who was let in by whom; the code is kept as a keyed index only",
                    subject="used_by",
                    keep=INVITATIONS_KEPT,
                    after="created_at",
                    on_delete="delete",
                )
            }
        },
    )


class Tries(Base):
    """How often something secret was tried under one key (an index of a name or an address) since `since`."""

    __tablename__ = "account_tries"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "slows down guessing; keyed indexes of names and addresses, no person",
                    keep=TRIES_KEPT,
                    after="since",
                )
            }
        },
    )
