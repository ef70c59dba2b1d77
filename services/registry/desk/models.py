"""The desk's one table: what was proposed for the registry, who decided, and whether it stands."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention
from services.registry.desk.overlay import Operation

_OPEN = text("state = 'proposed'")


class DeskProposal(Base):
    """One change of one record, or one announcement; `state` as `steps.STATES` has it.

    `key`: what it is about, parts joined by `/`. `before`: the record as the proposer saw it, None when there was none;
    `values`: what is to be set. `ends_at`: when it stops to hold by itself, of announcements only.
    """

    __tablename__ = "registry_desk_proposals"
    __table_args__ = (
        Index("ix_registry_desk_proposals_state", "state", "id"),
        Index("ix_registry_desk_proposals_key", "kind", "key"),
        Index(
            "ix_registry_desk_proposals_open",
            "kind",
            "key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        {
            "info": {
                "retention": Retention(
                    why="public facts that officers decided in office, which verdicts rest on; "
                    "ids of persons in office only"
                )
            }
        },
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(400))
    operation: Mapped[Operation] = mapped_column(String(8))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    ends_at: Mapped[datetime | None]
    proposed_by: Mapped[str] = mapped_column(String(40))
    proposed_for: Mapped[str] = mapped_column(String(64))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(40))
    decided_for: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(Text)
    undone_by: Mapped[str | None] = mapped_column(String(40))
    undone_for: Mapped[str | None] = mapped_column(String(64))
    undone_at: Mapped[datetime | None]
