"""kill -9 of each process at work: nothing accepted is lost, nothing is answered twice, nobody is left silent."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.e2e.test_webhooks import FAKE_WATER, rows, shown_to, texts_of
from tests.processes.chain import until
from tests.processes.webhooks import line_event, line_user, post_line, text_message
from tests.processes.world import World

pytestmark = pytest.mark.processes


async def wait_until_all_done(world: World) -> None:
    async def done() -> bool:
        try:
            return rows(world, "SELECT count(*) FROM inbox WHERE state IN ('new', 'answered')") == [(0,)]
        except OSError:
            return False

    await until(done, within=150)


async def post_until_accepted(world: World, event: dict[str, Any]) -> None:
    """As LINE redelivers what was not acknowledged."""

    async def accepted() -> bool:
        try:
            return await post_line(world, event) == 200
        except (aiohttp.ClientError, OSError):
            return False

    await until(accepted)


@pytest.mark.parametrize("victim", ["rasa", "actions", "services", "gateway"])
async def test_a_killed_process_loses_nothing(world: World, victim: str) -> None:
    users = [line_user(f"{victim}-{number}") for number in range(12)]
    events = [line_event(world, user, message=text_message(FAKE_WATER)) for user in users]
    for event in events[:6]:
        await post_until_accepted(world, event)
    world.chain.kill(victim)
    await asyncio.gather(*(post_until_accepted(world, event) for event in events[6:]))
    await wait_until_all_done(world)
    for user in users:
        said = "\n".join(message.get("text", "") for message in await shown_to(world, user))
        assert "water-tw[.]top" in said, said
        assert said.count("🔴") == 1, said
    ids = ",".join(f"'{event['webhookEventId']}'" for event in events)
    states = rows(world, f"SELECT state, count(*) FROM inbox WHERE event_id IN ({ids}) GROUP BY state")  # noqa: S608
    assert states == [("done", 12)]
    twice = rows(
        world,
        "SELECT event FROM registry_checks WHERE supersedes IS NULL AND event IS NOT NULL "
        "GROUP BY event HAVING count(*) > 1",
    )
    assert twice == []
    assert world.line.violations == []
    await wait_until_core_is_back(world)


async def wait_until_core_is_back(world: World) -> None:
    """The next test begins with everything running."""
    number = 0

    async def answered_by_core() -> bool:
        nonlocal number
        number += 1
        user = line_user(f"is the core back {id(world)} {number}")
        await post_until_accepted(world, line_event(world, user, message=text_message("謝謝")))
        return "不客氣" in texts_of(await shown_to(world, user))

    await until(answered_by_core, within=120, every=1)
