"""A check judged again with what was found late, from its stored request; its asker is told of a worse verdict."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from services.registry.campaigns.findings import evidence_of
from services.registry.campaigns.store import look
from services.registry.campaigns.traits import traits_of
from services.registry.checking import look_up
from services.registry.late.models import LateLookUp
from services.registry.late.queue import found_before
from services.registry.late.superseding import supersede
from services.registry.late.working import still_useful
from services.registry.models import Check
from services.registry.models import CheckRequest as StoredRequest
from services.registry.requests import CheckRequest

AT_ONCE = 20


@dataclass(frozen=True)
class Tools:
    """What judging again needs; `enabled` are the kinds that targets of short links may be looked up by."""

    database: Database
    vault: Vault
    clock: Clock
    enabled: frozenset[str]


async def judge_found(tools: Tools) -> int:
    """Every check for which something new was found; returns how many verdicts changed."""
    waiting = select(LateLookUp.check_id).where(LateLookUp.state == "found").distinct().limit(AT_ONCE)
    async with tools.database.read() as session:
        checks = (await session.scalars(waiting)).all()
    return sum([await _judge_again(tools, check) for check in checks])


async def _judge_again(tools: Tools, check_id: str) -> bool:
    now = tools.clock()
    useful = select(LateLookUp.check_id).where(LateLookUp.check_id == check_id, still_useful())
    async with tools.database.read() as session:
        check, stored = await session.get(Check, check_id), await session.get(StoredRequest, check_id)
        is_useful = await session.scalar(useful.limit(1)) is not None
    if check is None or stored is None or not is_useful:
        async with tools.database.write() as session:
            await session.execute(delete(LateLookUp).where(LateLookUp.check_id == check_id))
        return False
    request = CheckRequest.model_validate(tools.vault.decrypt_json(stored.request))
    found = await found_before(tools.database, check_id)
    looked = await look_up(tools.database, request, now, found, vault=tools.vault)
    traits = traits_of(looked.message, tools.vault)
    known = await look(tools.database, traits, check.person, now, supersedes=check.supersedes)
    response = looked.judge(now, more=evidence_of(known.finding, looked.facts), supersedes=check.id)
    async with tools.database.write() as session:
        return await supersede(session, tools.vault, check, looked.shown, response, now, tools.enabled)
