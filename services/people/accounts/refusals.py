"""What was refused, written down: each a chain of its own, since one that all share would make them wait in line."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from lianfang.events import SYSTEM, Actor, append
from lianfang.ids import new_id

ENTITY = "refusal"


def refuse(
    session: Session,
    reason: str,
    now: datetime,
    *,
    actor: Actor = SYSTEM,
    params: Mapping[str, Any] | None = None,
) -> None:
    """`reason` is a code, `params` ids and codes."""
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=new_id("rf"),
        to_state="refused",
        reason=reason,
        params=params or {},
    )
