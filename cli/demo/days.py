"""Lets days pass: stories go on at their moments in order, and what is due between them happens when it is due."""

import heapq
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from cli.demo.partners import answer_deliveries
from cli.demo.town import Town
from lianfang.events import seal
from services.app import LANES
from services.cases.case import Case
from services.cases.deadlines import run_deadlines
from services.locks.jobs import warn_of_expiry

Story = AsyncIterator[datetime]
"""Does something, and says when it goes on; what would be later than the present never happens."""

ROUND = timedelta(hours=8)


async def play(town: Town, stories: Sequence[Story]) -> None:
    """From the town's present moment to its end."""
    order: list[tuple[datetime, int]] = []
    for number, story in enumerate(stories):
        await _go_on(town, story, number, order)
    next_round = town.clock() + ROUND
    while order:
        moment, number = heapq.heappop(order)
        while next_round < moment:
            await _pass(town, next_round)
            await _come_round(town)
            next_round += ROUND
        await _pass(town, moment)
        await _go_on(town, stories[number], number, order)
    await _pass(town, town.end)
    await _come_round(town)


async def _go_on(town: Town, story: Story, number: int, order: list[tuple[datetime, int]]) -> None:
    moment = await anext(story, None)
    if moment is not None and moment <= town.end:
        heapq.heappush(order, (max(moment, town.clock()), number))


async def _pass(town: Town, moment: datetime) -> None:
    """Deadlines before `moment` run out, each at its own time."""
    earliest = select(func.min(Case.due_at)).where(Case.due_at <= moment)
    while (due := await town.database.look(lambda session: session.scalar(earliest))) is not None:
        town.clock.now = max(town.clock.now, due)
        await run_deadlines(town.database, town.vault, town.clock, LANES)
    town.clock.now = moment


async def _come_round(town: Town) -> None:
    await warn_of_expiry(town.database, town.vault, town.clock)
    await town.do(lambda session: answer_deliveries(session, town))
    async with town.database.write() as session:
        await seal(session, town.clock())
