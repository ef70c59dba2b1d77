"""What was reported, in columns that queues and duplicates need; what a case lists; pictures kept with a case."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

KEPT = timedelta(days=730)
LONGEST_KEY = 520
_CASE = "cases.id"
_CASCADE = "CASCADE"


class Report(Base):
    """A report or an appeal beside its case, whose `state`, `due_at` it repeats so that a queue is one indexed read.

    `state` of a joined report is `joined`; `kind` of an appeal is what it objects to; `subject_key` holds numbers and
    accounts as keyed indexes only, `shown` masked; `reporters`: distinct persons, on the leader; `rank`: place in the
    queue, lowest first (priority.py); `concerns`: the report an appeal objects to.
    """

    __tablename__ = "reports"

    case: Mapped[str] = mapped_column(ForeignKey(_CASE, ondelete=_CASCADE), primary_key=True)
    number: Mapped[str] = mapped_column(String(16))
    lane: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(32))
    subject_key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    shown: Mapped[str] = mapped_column(String(160))
    leader: Mapped[str | None] = mapped_column(String(40), index=True)
    concerns: Mapped[str | None] = mapped_column(String(40), index=True)
    person: Mapped[str | None] = mapped_column(String(40))
    brand: Mapped[str | None] = mapped_column(String(64))
    merchant: Mapped[bool]
    money_lost: Mapped[int]
    reporters: Mapped[int]
    rank: Mapped[int]
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    late: Mapped[bool]  # nobody moved it in time
    left_at: Mapped[datetime | None]  # its reporter took it back, but others reported the same
    reason: Mapped[str | None] = mapped_column(String(32))  # of the last decision, a code
    hotline_number: Mapped[str | None] = mapped_column(String(40))  # 165's own, from a partner's answer
    legal_basis: Mapped[str | None] = mapped_column(String(40))
    unit: Mapped[str | None] = mapped_column(String(64))  # the organisation that requests the block

    __table_args__ = (
        Index("ix_reports_queue", "lane", "state", "rank", "case"),
        Index("ix_reports_subject", "subject_key", "lane"),
        Index("ix_reports_person", "person", "opened_at"),
        {
            "info": {
                "retention": Retention(
                    "what a case is about and where it stands, for queues, duplicates and figures; who reported it "
                    "goes with the case",
                    subject="person",
                    keep=KEPT,
                    after="changed_at",
                    wipe=("person",),
                    on_delete="wipe",
                )
            }
        },
    )


class Target(Base):
    """One thing a decision lists or blocks; the registry lists it while `listed`. `scope`: host, domain, page or exact.

    `key` as lists keep it, for a number or account its keyed index; `until`: when the listing ends by itself;
    `replaced`: a later decision on the same case named something else.
    """

    __tablename__ = "report_targets"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey(_CASE, ondelete=_CASCADE), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    shown: Mapped[str] = mapped_column(String(160))
    scope: Mapped[str] = mapped_column(String(8))
    listed: Mapped[bool]
    replaced: Mapped[bool]
    until: Mapped[datetime | None]
    decided_at: Mapped[datetime]
    listed_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_report_targets_key", "kind", "key"),
        Index("ix_report_targets_listed", "listed", "listed_at"),
        {
            "info": {
                "retention": Retention(
                    "what officers listed and when, the answer to an appeal; no data about a person beyond a keyed index"
                )
            }
        },
    )


class Attachment(Base):
    """A picture of a case: re-encoded, encrypted in a file of this id; the row decides how long the file stays."""

    __tablename__ = "attachments"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case: Mapped[str | None] = mapped_column(ForeignKey(_CASE, ondelete=_CASCADE), index=True)
    person: Mapped[str | None] = mapped_column(String(40), index=True)
    media_type: Mapped[str] = mapped_column(String(32))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (
        {
            "info": {
                "retention": Retention(
                    "a picture that shows what was reported, as long as the case can still be decided or appealed",
                    subject="person",
                    keep=KEPT,
                    after="stored_at",
                    on_delete="delete",
                )
            }
        },
    )
