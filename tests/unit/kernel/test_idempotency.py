"""A repeat gets the first answer; another request with the same key is refused; a failure is not remembered."""

import asyncio
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from lianfang.database import Database
from lianfang.idempotency import KeyReused, once
from lianfang.privacy import Vault
from tests.conftest import Hands


class Counter:
    """A change that can be seen to run."""

    def __init__(self) -> None:
        self.runs = 0

    async def __call__(self, _session: AsyncSession) -> dict[str, Any]:
        self.runs += 1
        return {"run": self.runs}


async def test_a_repeat_gets_the_first_answer(database: Database, vault: Vault, clock: Hands) -> None:
    counter = Counter()
    answers = await asyncio.gather(
        *(
            once(database, vault, clock, key="in_1:erase", operation="erase", person="p", change=counter)
            for _ in range(5)
        )
    )
    assert [answer["run"] for answer in answers] == [answers[0]["run"]] * 5


async def test_another_person_cannot_use_the_key(database: Database, vault: Vault, clock: Hands) -> None:
    counter = Counter()
    await once(database, vault, clock, key="k", operation="erase", person="p_1", change=counter)
    with pytest.raises(KeyReused):
        await once(database, vault, clock, key="k", operation="erase", person="p_2", change=counter)
    assert counter.runs == 1


async def test_a_failure_is_not_remembered(database: Database, vault: Vault, clock: Hands) -> None:
    async def fail(_session: AsyncSession) -> dict[str, Any]:
        raise ZeroDivisionError

    counter = Counter()
    with pytest.raises(ZeroDivisionError):
        await once(database, vault, clock, key="k", operation="x", person=None, change=fail)
    answer = await once(database, vault, clock, key="k", operation="x", person=None, change=counter)
    assert answer == {"run": 1}
