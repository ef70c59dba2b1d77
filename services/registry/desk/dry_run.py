"""What a proposal would change, shown before anybody decides; nothing is stored."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianfang.clock import TAIPEI
from lianfang.database import Database
from services.registry.desk.announcing import judged_sample
from services.registry.desk.asking import Asked
from services.registry.desk.effect import Effect, effect_of
from services.registry.desk.looking import Seen, see
from services.registry.desk.officers import Act
from services.registry.desk.outside import NOTHING, Outsides
from services.registry.desk.overlay import ANNOUNCEMENT
from services.registry.desk.templates import sample_of
from services.registry.records import Record, directory_of
from services.registry.responses import reason_of

WITH_EFFECT = frozenset({"organisation", "domain", "domain_list", "contact"})


@dataclass(frozen=True)
class Sample:
    """A filled-in copy of an announcement, and what a check would say of it."""

    text: str
    verdict: str
    reasons: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Preview:
    """`fields`: (field, before, after) of those that change; `needs_other_organisation`: to approve it."""

    before: Record | None
    after: Record | None
    fields: Sequence[tuple[str, Any, Any]]
    needs_other_organisation: bool
    effect: Effect | None = None
    sample: Sample | None = None


async def preview(database: Database, act: Act, asked: Asked, outsides: Outsides = NOTHING) -> Preview:
    """Raises what `propose` would: NotFound, NotAllowed."""
    act.for_whom(asked.kind, asked.about[0] if asked.about else "")
    async with database.read() as session:
        seen = await see(session, asked, outsides, act.at)
    today = act.at.astimezone(TAIPEI).date()
    effect = None
    if asked.kind in WITH_EFFECT:
        effect = await asyncio.to_thread(_effect, seen, today)
    return Preview(
        before=seen.record_before,
        after=seen.record_after,
        fields=_fields(seen.record_before or {}, seen.record_after or {}),
        needs_other_organisation=seen.needs_other_organisation,
        effect=effect,
        sample=_sample(seen) if asked.kind == ANNOUNCEMENT else None,
    )


def _effect(seen: Seen, today: date) -> Effect:
    return effect_of(seen.directory, directory_of(seen.after, "dry run"), seen.change.key[1], today)


def _sample(seen: Seen) -> Sample:
    _, outcome = judged_sample(seen.change, seen.directory)
    decision = outcome.decision
    text = sample_of(str(seen.change.values["text"]))
    return Sample(text, decision.verdict, [reason_of(sign) for sign in decision.reasons])


def _fields(before: Record, after: Record) -> list[tuple[str, Any, Any]]:
    names = dict.fromkeys((*before, *after))
    return [
        (name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    ]
