"""A change as it was asked for, checked against the registry of this moment: what it would make of it, or why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.clock import TAIPEI
from services.registry.desk.announcing import refusal_of_announcement
from services.registry.desk.asking import Asked
from services.registry.desk.guards import listable_keys, refusal
from services.registry.desk.kinds import KINDS
from services.registry.desk.listings import listed
from services.registry.desk.officers import NotAllowed
from services.registry.desk.outside import Outsides
from services.registry.desk.overlay import ANNOUNCEMENT, Change, overlay
from services.registry.desk.reach import makes_fraud_possible
from services.registry.desk.standing import current_records
from services.registry.directory import Directory
from services.registry.records import Key, Record, Records, directory_of


@dataclass(frozen=True)
class Seen:
    """A change that may be made, and the registry without and with it."""

    change: Change
    before: Records
    after: Records
    directory: Directory

    @property
    def record_before(self) -> Record | None:
        return self.before.get(self.change.key)

    @property
    def record_after(self) -> Record | None:
        return self.after.get(self.change.key)

    @property
    def needs_other_organisation(self) -> bool:
        return makes_fraud_possible(self.before, self.after, self.change)


async def see(session: AsyncSession, asked: Asked, outsides: Outsides, now: datetime) -> Seen:
    """Raises NotAllowed: what is asked for does not fit, changes nothing, or is not to be made a fact."""
    key = _key(asked)
    before = await current_records(session, now)
    if asked.kind in outsides:
        present = await session.run_sync(outsides[asked.kind].read, *asked.about)
        before |= {} if present is None else {key: present}
    change = _change(asked, key, before)
    after = overlay(before, [change])
    directory = directory_of(before, "desk")
    code = refusal(change, before, after, directory, now.astimezone(TAIPEI).date())
    if code is not None:
        raise NotAllowed(code)
    if change.operation != "retire" and await listed(session, listable_keys(key)):
        raise NotAllowed("listed")
    if asked.kind == ANNOUNCEMENT:
        refusal_of_announcement(change, directory, now)
    return Seen(change, before, after, directory)


def _key(asked: Asked) -> Key:
    kind = KINDS.get(asked.kind)
    if kind is None or asked.operation not in kind.operations:
        raise NotAllowed("unknown_kind")
    fits = len(asked.about) == len(kind.about) and all(
        re.fullmatch(pattern, part) for pattern, part in zip(kind.about, asked.about, strict=True)
    )
    if not fits:
        raise NotAllowed("invalid", "key")
    return (asked.kind, *asked.about)


def _change(asked: Asked, key: Key, before: Records) -> Change:
    present = before.get(key)
    if asked.operation == "add":
        if present is not None:
            raise NotAllowed("exists_already")
        return Change(key, "add", _valid(asked.kind, asked.values))
    if present is None:
        raise NotAllowed("no_such_record")
    if asked.operation == "retire":
        return Change(key, "retire", {})
    wanted = _valid(asked.kind, {**present, **asked.values})
    different = {name: wanted[name] for name in asked.values if wanted[name] != present.get(name)}
    if not different:
        raise NotAllowed("nothing_changes")
    return Change(key, "change", different)


def _valid(kind: str, values: Mapping[str, Any]) -> Record:
    try:
        return KINDS[kind].values.model_validate(values).model_dump(mode="json")
    except ValidationError as error:
        fields = (".".join(map(str, fault["loc"])) for fault in error.errors())
        raise NotAllowed("invalid", *dict.fromkeys(fields)) from None
