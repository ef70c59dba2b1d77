"""Two people end appeals against one case at the same moment: they wait for each other, never in a circle."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.cases.acts import take_act
from services.cases.finding import find_own
from services.cases.lane import NotAllowed
from services.reports.appeals import Filed, Objected, file_appeal
from services.reports.deciding import decide
from services.reports.given import Given
from services.reports.lanes import APPEAL
from tests.unit.reports.bureau import EVIL, Bureau

_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
Change = Callable[[Session], object]


async def first_one_then_the_other(bureau: Bureau, first: Change, then: Change) -> object:
    """`first` commits only once `then` has done all it can: it waits for a lock of `first`, or it is through."""
    begun, over = threading.Event(), threading.Event()

    def slowly(session: Session) -> None:
        first(session)
        begun.set()
        while not (bureau.database.is_sqlite or over.is_set() or session.scalar(_WAITS)):
            pass  # on SQLite the other transaction begins when this one has ended

    async def other() -> object:
        await asyncio.to_thread(begun.wait)
        try:
            return await bureau.do(then)
        finally:
            over.set()

    _, answer = await asyncio.gather(bureau.do(slowly), other(), return_exceptions=True)
    return answer


async def two_appeals(bureau: Bureau) -> tuple[str, tuple[str, str], tuple[str, str]]:
    """The case, and (number, owner) of the appeals against it."""
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number, "accept", "verify")
    owners = [await bureau.person(), await bureau.person()]
    one, other = [((await bureau.appeal(owner, EVIL)).case.number, owner) for owner in owners]
    return number, one, other


async def deciding(bureau: Bureau, number: str, event: str) -> Change:
    desk, officer = await bureau.desk(), await bureau.officer("registry_desk", "lianfang")
    given = Given(reason="wrongly_listed" if event == "uphold" else "evidence_stands")
    return lambda session: decide(session, desk, officer, number, event, given)


def withdrawing(bureau: Bureau, number: str, owner: str) -> Change:
    def withdraw(session: Session) -> None:
        case = find_own(session, owner, number)
        assert case is not None
        take_act(session, bureau.vault, APPEAL, case, "withdraw", person=owner, now=bureau.clock())

    return withdraw


async def states(bureau: Bureau, *numbers: str) -> list[str]:
    return [await bureau.state(number) for number in numbers]


async def test_one_is_denied_while_the_other_is_withdrawn(bureau: Bureau) -> None:
    number, (one, _), (other, owner) = await two_appeals(bureau)
    deny, withdraw = await deciding(bureau, one, "deny"), withdrawing(bureau, other, owner)
    assert await first_one_then_the_other(bureau, deny, withdraw) is None
    assert await states(bureau, number, one, other) == ["verified", "denied", "withdrawn"]


async def test_both_are_withdrawn(bureau: Bureau) -> None:
    number, one, other = await two_appeals(bureau)
    withdraw = partial(withdrawing, bureau)
    assert await first_one_then_the_other(bureau, withdraw(*one), withdraw(*other)) is None
    assert await states(bureau, number, one[0], other[0]) == ["verified", "withdrawn", "withdrawn"]


async def test_one_is_withdrawn_while_the_other_is_upheld(bureau: Bureau) -> None:
    number, one, (other, _) = await two_appeals(bureau)
    uphold = await deciding(bureau, other, "uphold")
    plan = await first_one_then_the_other(bureau, withdrawing(bureau, *one), uphold)
    assert not isinstance(plan, BaseException), plan
    assert await states(bureau, number, one[0], other) == ["upheld", "withdrawn", "upheld"]


@pytest.mark.parametrize("which", ["the same", "the other"])
async def test_what_was_upheld_meanwhile_cannot_be_withdrawn(bureau: Bureau, which: str) -> None:
    number, one, other = await two_appeals(bureau)
    uphold = await deciding(bureau, one[0], "uphold")
    withdraw = withdrawing(bureau, *(one if which == "the same" else other))
    assert isinstance(await first_one_then_the_other(bureau, uphold, withdraw), NotAllowed)
    assert await states(bureau, number, one[0], other[0]) == ["upheld", "upheld", "upheld"]


async def test_a_new_appeal_comes_while_the_last_one_is_withdrawn(bureau: Bureau) -> None:
    number = (await bureau.file()).case.number
    await bureau.approve_all_the_way(number, "accept", "verify")
    owner, late = await bureau.person(), await bureau.person()
    one = (await bureau.appeal(owner, EVIL)).case.number
    desk = await bureau.desk()
    objected = Objected("listing", EVIL, "這是我的網站")
    filed = await first_one_then_the_other(
        bureau, withdrawing(bureau, one, owner), lambda session: file_appeal(session, desk, late, objected)
    )
    assert isinstance(filed, Filed)
    assert await states(bureau, number, one, filed.case.number) == ["appealed", "withdrawn", "filed"]
