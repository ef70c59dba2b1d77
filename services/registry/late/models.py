"""The tables of late evidence: what is still to be looked up, and what outside sources answered before."""

from datetime import datetime, timedelta

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention
from services.registry.models import TEXT_KEPT

LONGEST_VALUE = 512


class LateLookUp(Base):
    """One look-up for one check. `state`: waiting -> found -> judged; or nothing; or given_up.

    `finding` stays with the row, so that a check can be judged again with all that was found for it.
    """

    __tablename__ = "registry_late_look_ups"
    __table_args__ = (
        Index(None, "state", "due_at"),
        Index(None, "person"),
        Index(None, "queued_at"),
        {
            "info": {
                "retention": Retention(
                    why="which addresses of a message are still looked up, as long as its text is kept",
                    subject="person",
                    keep=TEXT_KEPT,
                    after="queued_at",
                    on_delete="delete",
                )
            }
        },
    )

    check_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(LONGEST_VALUE), primary_key=True)
    person: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16))
    finding: Mapped[str | None] = mapped_column(String(LONGEST_VALUE))
    found_at: Mapped[datetime | None]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    queued_at: Mapped[datetime]


class LateAnswer(Base):
    """What a source said about an address, for whoever asks next; `answer` None: it has nothing on it."""

    __tablename__ = "registry_late_answers"
    __table_args__ = (
        Index(None, "expires_at"),
        {
            "info": {
                "retention": Retention(
                    why="what outside sources say about addresses, so that they are asked rarely; no person in it",
                    keep=timedelta(0),
                    after="expires_at",
                )
            }
        },
    )

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_VALUE), primary_key=True)
    answer: Mapped[str | None] = mapped_column(String(LONGEST_VALUE))
    fetched_at: Mapped[datetime]
    expires_at: Mapped[datetime]
