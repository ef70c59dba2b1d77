"""Organisations that exchange data with us, the keys they call us with, and what we have to tell them."""

from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention

PARTNER_LENGTH = 24
KEEP_BODY, KEEP_DELIVERY = timedelta(days=4), timedelta(days=365)


class Partner(Base):
    """`status` none: we send it nothing and answer it nothing; `webhook_secret` (encrypted) signs what we send."""

    __tablename__ = "partners"

    id: Mapped[str] = mapped_column(String(PARTNER_LENGTH), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name_zh: Mapped[str] = mapped_column(String(64))
    name_en: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(8))
    webhook_url: Mapped[str | None] = mapped_column(String(512))
    webhook_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = ({"info": {"retention": Retention("who exchanges data with us; organisations only")}},)


class PartnerKey(Base):
    """`key_hash` is the SHA-256 of a 256-bit random key: the key itself is shown once and stored nowhere."""

    __tablename__ = "partner_keys"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    partner: Mapped[str] = mapped_column(ForeignKey("partners.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64))
    last4: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        {"info": {"retention": Retention("which keys a partner had and when; organisations only")}},
    )


class DeliveryRow(Base):
    """`state`: waiting -> answered | refused | given_up; `body` (encrypted) is wiped in the step that ends it."""

    __tablename__ = "partner_deliveries"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    partner: Mapped[str] = mapped_column(ForeignKey("partners.id"))
    kind: Mapped[str] = mapped_column(String(32))
    entity: Mapped[str] = mapped_column(String(32))
    entity_id: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int]
    not_before: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    answer_code: Mapped[int | None]

    __table_args__ = (
        Index("ix_partner_deliveries_due", "state", "not_before"),
        Index("ix_partner_deliveries_about", "entity_id", "state"),
        {
            "info": {
                "retention": Retention(
                    "what a partner was told; its content ends with the delivery, at the latest after four days",
                    keep=KEEP_BODY,
                    after="created_at",
                    wipe=("body",),
                    drop=KEEP_DELIVERY,
                )
            }
        },
    )
