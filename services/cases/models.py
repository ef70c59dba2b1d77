"""Cases, who follows them, and what was added to them."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

KEPT = timedelta(days=730)
_CASCADE = "CASCADE"


class Case(Base):
    """`details` (encrypted JSON) is what the person told; `joined_to` is the earlier case on the same matter."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    lane: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(32))
    person: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[str | None] = mapped_column(String(16))
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    due_event: Mapped[str | None] = mapped_column(String(32))
    details: Mapped[bytes | None] = mapped_column(LargeBinary)
    joined_to: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    trace: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_cases_person_opened", "person", "opened_at"),
        Index("ix_cases_lane_state", "lane", "state", "changed_at"),
        Index("ix_cases_due", "due_at"),
        {
            "info": {
                "retention": Retention(
                    "the course of a case; what the person told is wiped two years after the last step",
                    subject="person",
                    keep=KEPT,
                    after="changed_at",
                    wipe=("details", "person", "channel"),
                    on_delete="wipe",
                )
            }
        },
    )


class Follower(Base):
    """A person who is told of every step of a case that somebody else opened."""

    __tablename__ = "case_followers"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete=_CASCADE))
    person: Mapped[str] = mapped_column(String(40), index=True)
    since: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("case", "person"),
        {
            "info": {
                "retention": Retention(
                    "who is told of a case",
                    subject="person",
                    keep=KEPT,
                    after="since",
                    on_delete="delete",
                )
            }
        },
    )


class Evidence(Base):
    """What was added to a case, encrypted: the owner's words, an invoice, a file's id."""

    __tablename__ = "case_evidence"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete=_CASCADE), index=True)
    person: Mapped[str | None] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime]

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "evidence of a case, as long as the case can still be decided or appealed",
                    subject="person",
                    keep=KEPT,
                    after="added_at",
                    on_delete="delete",
                )
            }
        },
    )
