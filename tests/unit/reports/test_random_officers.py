"""Officers of every kind do at random what comes to hand: whatever they do, the promises of the lanes hold."""

from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from lianfang import events
from services.cases.models import Case
from services.registry.models import Current, Indicator
from services.registry.own_list import OWN
from services.reports.deciding import Refused
from services.reports.history import history, standing
from services.reports.models import Report, Target
from services.reports.steps import LEGAL_BASES, REASONS, STEPS, is_listing
from tests.unit.reports.bureau import Bureau

OFFICES = [
    ("165", "npa"), ("165", "npa-2"), ("association", "tiea"), ("association", "tesa"), ("authority", "moda"),
    ("authority", "fsc"), ("registry_desk", "lianfang"), ("admin", "lianfang"), ("auditor", "nao"),
]  # fmt: skip
SUBJECTS = [
    ("site", "http://evil-a.top"),
    ("site", "http://m.evil-b.top/x"),
    ("site", "https://sites.google.com/view/evil"),
    ("site", "http://www.water.gov.tw"),
    ("phone", "0912345678"),
    ("phone", "1910"),
    ("line_id", "wang88"),
    ("sms", "請加賴 wang99 領獎 http://evil-c.top"),
]
STEPS_TAKEN = 60


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_officers_do_the_promises_hold(bureau: Bureau, seed: int) -> None:
    chance, taken = Random(seed), 0  # noqa: S311 -- repeatable, no secret
    officers = [await bureau.officer(*office) for office in OFFICES]
    numbers = []
    for kind, subject in SUBJECTS:
        numbers.append((await bureau.file(kind=kind, subject=subject)).case.number)
    for _ in range(STEPS_TAKEN):
        number, officer = chance.choice(numbers), chance.choice(officers)
        taken += await something(bureau, chance, number, officer)
        bureau.clock.move(hours=chance.choice((0, 0, 1, 30)))
        await bureau.deadlines()
        if chance.random() < 0.1:
            person = await bureau.person()
            numbers.append((await bureau.appeal(person, chance.choice(SUBJECTS[:2])[1])).case.number)
    assert taken >= STEPS_TAKEN / 6
    await promises_hold(bureau)


async def something(bureau: Bureau, chance: Random, number: str, officer: str) -> int:
    """One step or one step back; whether it was taken."""
    row = await bureau.row(number)
    open_events = [
        event
        for lane, steps in STEPS.items()
        for state, event in steps
        if (lane, state) == (row.lane, row.state)
    ]
    given: dict[str, Any] = {
        "reason": chance.choice(sorted(REASONS)),
        "scope": "page" if "google" in row.shown else "host",
        "legal_basis": chance.choice(list(LEGAL_BASES)),
        "unit": "moda-adi",
        "until": bureau.later(days=chance.choice((1, 100))),
    }
    try:
        if not open_events or chance.random() < 0.15:
            await bureau.back(officer, number)
        else:
            await bureau.step(officer, number, chance.choice(open_events), **given)
    except Refused:
        return 0
    return 1


async def promises_hold(bureau: Bureau) -> None:
    rows = {row.case: row for row in await bureau.all(Report)}
    cases = {case.id: case for case in await bureau.all(Case)}
    targets = await bureau.all(Target)
    listed = [target for target in targets if target.listed]
    async with bureau.database.read() as session:
        own = select(Indicator.kind, Indicator.value).join(
            Current, Current.generation_id == Indicator.generation_id
        )
        names = set((await session.execute(own.where(Current.kind == OWN))).all())
        assert await events.verify(session) == []
    assert names == {(target.kind, target.key) for target in listed}
    assert not [name for name in names if "water.gov.tw" in name[1]]
    for case_id, row in rows.items():
        assert (row.state, row.due_at) == (cases[case_id].state, cases[case_id].due_at)
        if is_listing(row.lane, row.state):
            assert cases[case_id].due_at is not None  # nothing is listed for ever
    for target in listed:
        row = rows[target.case]
        assert is_listing(row.lane, row.state)
        deeds = await bureau.database.look(partial(history, case=target.case))
        acted = [deed for deed in standing(deeds) if deed.in_office]
        assert len({deed.person for deed in acted}) >= 2
        wide = row.lane == "site" or target.kind in ("phone", "line_id", "account")
        assert not wide or len({deed.organisation for deed in acted}) >= 2
