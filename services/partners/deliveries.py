"""Messages to partners: saved in the transaction that changes the state, ended once with what the partner answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from lianfang.database import insert_if_new
from lianfang.events import Actor, append
from lianfang.ids import new_id
from lianfang.privacy import Vault
from services.partners.answers import End
from services.partners.models import DeliveryRow

log = structlog.get_logger(__name__)

JOB = Actor("job", "deliveries")


@dataclass(frozen=True)
class Delivery:
    """A delivery that has just ended; `state` answered | refused | given_up."""

    id: str
    partner: str
    kind: str
    entity: str
    entity_id: str
    state: str


Handler = Callable[[Session, Delivery, int, dict[str, Any] | None], None]
"""Called in the transaction that ends the delivery, with the HTTP status (0: none) and the partner's JSON object."""


def deliver(
    session: Session,
    vault: Vault,
    *,
    partner: str,
    kind: str,
    entity: str,
    entity_id: str,
    body: Mapping[str, Any],
    dedupe_key: str | None = None,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Tell an existing partner something; what concerns one entity arrives in order.

    Once for each `dedupe_key`; None: it is new, because the step that it tells of happens once.
    """
    delivery = new_id("dl")
    values = {
        "id": delivery,
        "partner": partner,
        "kind": kind,
        "entity": entity,
        "entity_id": entity_id,
        "body": vault.encrypt_json(dict(body)),
        "dedupe_key": dedupe_key or delivery,
        "state": "waiting",
        "attempts": 0,
        "not_before": not_before or now,
        "created_at": now,
    }
    if not insert_if_new(session, DeliveryRow, values):
        return
    append(
        session,
        first=True,
        at=now,
        actor=JOB,
        entity="delivery",
        entity_id=delivery,
        to_state="waiting",
        reason=kind,
        params={"partner": partner, "about": entity_id},
    )


def end(
    session: Session,
    row: DeliveryRow,
    state: End,
    now: datetime,
    answered: Mapping[str, Handler],
    answer: dict[str, Any] | None = None,
) -> None:
    """Wipe what was told and let the kind's handler say what this end means, all in one transaction."""
    row.state, row.ended_at, row.body = state, now, None
    append(
        session,
        at=now,
        actor=JOB if state == "given_up" else Actor("partner", row.partner),
        entity="delivery",
        entity_id=row.id,
        from_state="waiting",
        to_state=state,
        reason=row.kind,
        params={"attempts": row.attempts, "status": row.answer_code},
    )
    handler = answered.get(row.kind)
    if handler is not None:
        ended = Delivery(row.id, row.partner, row.kind, row.entity, row.entity_id, state)
        handler(session, ended, row.answer_code or 0, answer)
    log.info("delivery ended", kind=row.kind, status=state, code=row.answer_code, attempts=row.attempts)
