"""What an officer asks for, before it is checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lianfang.clock import TAIPEI
from lianfang.ids import new_id
from services.registry.desk.overlay import ANNOUNCEMENT, Operation


@dataclass(frozen=True)
class Asked:
    """`about` is the key behind its kind, as `kinds.KINDS` has it; `values` any fields of a changed record, else all."""

    kind: str
    about: tuple[str, ...]
    operation: Operation
    values: Mapping[str, Any]


def announcement(
    organisation: str,
    *,
    sender: str,
    text: str,
    domains: Collection[str],
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> Asked:
    """What `organisation` sends from `sender`, from when till when; `text` as `templates.py` says."""
    values = {
        "sender": sender,
        "text": text,
        "domains": sorted(domains),
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "announced_on": now.astimezone(TAIPEI).date().isoformat(),
    }
    return Asked(ANNOUNCEMENT, (organisation, new_id("an")), "add", values)
