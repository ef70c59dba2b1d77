"""The tables of campaigns: what near-identical messages share, and what officers said about their cases.

Who asked stands in `registry_checks` alone, so that whatever forgets a check forgets it here too.
"""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

CAMPAIGN_KEPT = timedelta(days=30)
VERDICT_HOLDS = timedelta(days=90)


class Campaign(Base):
    """Near-identical messages, for counting only; `last_seen` is noted once an hour."""

    __tablename__ = "registry_campaigns"
    __table_args__ = (
        Index(None, "last_seen"),
        {
            "info": {
                "retention": Retention(
                    why="to count who asks about the same message; a keyed signature, of whose text nothing "
                    "can be read; ends 30 days after the last one",
                    keep=CAMPAIGN_KEPT,
                    after="last_seen",
                )
            }
        },
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]


class CampaignBand(Base):
    """A part of a campaign's signature, by which it is found."""

    __tablename__ = "registry_campaign_bands"
    __table_args__ = (
        Index(None, "campaign"),
        {
            "sqlite_with_rowid": False,  # twenty rows for each campaign, found by their key only
            "info": {"retention": Retention(why="part of a campaign's signature; ends with the campaign")},
        },
    )

    band: Mapped[str] = mapped_column(String(16), primary_key=True)
    campaign: Mapped[str] = mapped_column(
        ForeignKey("registry_campaigns.id", ondelete="CASCADE"), primary_key=True
    )


class CampaignVerdict(Base):
    """What officers said about one case of a campaign; `state` as `deciding.STATES` has it.

    `case_key` None: nothing by which a copy could be known, so it holds for the judged check only.
    """

    __tablename__ = "registry_campaign_verdicts"
    __table_args__ = (
        Index(None, "campaign", "state"),
        {
            "info": {
                "retention": Retention(
                    why="what officers decided in office, which copies rest on; ids of persons in office only; "
                    "ends with the campaign"
                )
            }
        },
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    campaign: Mapped[str] = mapped_column(ForeignKey("registry_campaigns.id", ondelete="CASCADE"))
    check_id: Mapped[str] = mapped_column(String(40))
    case_key: Mapped[str | None] = mapped_column(String(100))
    wording_key: Mapped[str | None] = mapped_column(String(100))
    verdict: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    proposed_by: Mapped[str] = mapped_column(String(40))
    proposed_for: Mapped[str] = mapped_column(String(64))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(String(40))
    confirmed_for: Mapped[str | None] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(40))
    undone_for: Mapped[str | None] = mapped_column(String(64))
    undone_at: Mapped[datetime | None]
