"""campaigns: who asks about the same message, and what officers said of it"""

import sqlalchemy as sa
from alembic import op

from lianfang.database import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registry_campaigns",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("last_seen", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_campaigns")),
    )
    op.create_index(
        op.f("ix_registry_campaigns_last_seen"), "registry_campaigns", ["last_seen"], unique=False
    )
    op.create_table(
        "registry_campaign_bands",
        sa.Column("band", sa.String(length=16), nullable=False),
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["registry_campaigns.id"],
            name=op.f("fk_registry_campaign_bands_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("band", "campaign", name=op.f("pk_registry_campaign_bands")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_registry_campaign_bands_campaign"), "registry_campaign_bands", ["campaign"], unique=False
    )
    op.create_table(
        "registry_campaign_verdicts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.Column("check_id", sa.String(length=40), nullable=False),
        sa.Column("case_key", sa.String(length=100), nullable=True),
        sa.Column("wording_key", sa.String(length=100), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_for", sa.String(length=64), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=True),
        sa.Column("confirmed_for", sa.String(length=64), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=40), nullable=True),
        sa.Column("undone_for", sa.String(length=64), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["registry_campaigns.id"],
            name=op.f("fk_registry_campaign_verdicts_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_campaign_verdicts")),
    )
    op.create_index(
        op.f("ix_registry_campaign_verdicts_campaign_state"),
        "registry_campaign_verdicts",
        ["campaign", "state"],
        unique=False,
    )
    op.add_column("registry_checks", sa.Column("campaign", sa.String(length=40), nullable=True))
    op.add_column("registry_checks", sa.Column("case_key", sa.String(length=100), nullable=True))
    op.add_column("registry_checks", sa.Column("wording_key", sa.String(length=100), nullable=True))
    op.add_column("registry_checks", sa.Column("sender_kind", sa.String(length=16), nullable=True))
    op.create_index(
        op.f("ix_registry_checks_campaign_person"), "registry_checks", ["campaign", "person"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_registry_checks_campaign_person"), table_name="registry_checks")
    op.drop_column("registry_checks", "sender_kind")
    op.drop_column("registry_checks", "wording_key")
    op.drop_column("registry_checks", "case_key")
    op.drop_column("registry_checks", "campaign")
    op.drop_index(
        op.f("ix_registry_campaign_verdicts_campaign_state"), table_name="registry_campaign_verdicts"
    )
    op.drop_table("registry_campaign_verdicts")
    op.drop_index(op.f("ix_registry_campaign_bands_campaign"), table_name="registry_campaign_bands")
    op.drop_table("registry_campaign_bands")
    op.drop_index(op.f("ix_registry_campaigns_last_seen"), table_name="registry_campaigns")
    op.drop_table("registry_campaigns")
