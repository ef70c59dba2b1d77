"""A search of the database and the logs for what must not be there."""

from pathlib import Path

import pytest

from tests.e2e.test_crashes import wait_until_core_is_back
from tests.e2e.test_webhooks import rows, shown_to
from tests.processes.webhooks import line_event, line_user, post_line, text_message
from tests.processes.world import World

pytestmark = pytest.mark.processes

SECRETS = {
    "national id": "A123456789",
    "card": "4111111111111111",
    "otp": "739204",
    "pin": "Hk93kd0Z",
}
MARK = "蒲公英飛過第七條巷子"
SAID = (
    f"{MARK} 我的身分證 {SECRETS['national id']}，卡號 4111 1111 1111 1111，"
    f"驗證碼是 {SECRETS['otp']}，密碼：{SECRETS['pin']}，這樣會怎樣？ https://dandelion-bank.top/x"
)


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz"]


async def test_neither_secrets_nor_messages_nor_addresses_lie_in_the_clear(world: World) -> None:
    user = line_user("careful")
    await post_line(world, line_event(world, user, message=text_message(SAID)))
    await shown_to(world, user)
    world.chain.kill("rasa")  # what a crash writes is searched too
    again = line_user("careful again")
    await post_line(world, line_event(world, again, message=text_message(SAID)))
    await shown_to(world, again)
    await wait_until_core_is_back(world)
    needles = [*SECRETS.values(), "4111 1111 1111 1111", MARK, user, "dandelion-bank.top/x"]
    found = [
        (needle, path.name)
        for path in files_of(world.chain.data_dir)
        for content in [path.read_bytes()]
        for needle in needles
        if needle.encode() in content
    ]
    assert found == []


async def test_secrets_are_not_even_in_the_encrypted_text_and_not_said_back(world: World) -> None:
    user = line_user("said back")
    await post_line(world, line_event(world, user, message=text_message(SAID)))
    said = str(await shown_to(world, user))
    assert not any(secret in said for secret in SECRETS.values())


async def test_a_group_leaves_only_the_event_id(world: World) -> None:
    group = "C" + "7" * 32
    event = line_event(
        world,
        group,
        source={"type": "group", "groupId": group, "userId": line_user("in a group")},
        message=text_message(MARK),
    )
    assert await post_line(world, event) == 200
    columns = "state, payload, answer, person, conversation, message"
    stored = rows(world, f"SELECT {columns} FROM inbox WHERE event_id = '{event['webhookEventId']}'")  # noqa: S608
    assert stored == [("ignored", None, None, None, None, None)]
