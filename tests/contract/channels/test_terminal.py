"""The terminal's hub: answers and pushes find the newest connection, wait for one, and are bounded."""

import asyncio
from typing import Any

import pytest

from bot.channels.port import BadRequest
from bot.channels.terminal import PUSHES_KEPT, USERS_KEPT, Connection, Delivery, Terminal, TerminalHub
from bot.messages import Button, Destination, Reply
from tests.contract.channels.cases import NOW, RETRY_KEY

MESSAGE: dict[str, Any] = {"text": "好", "card": None, "buttons": []}


def received(connection: Connection) -> list[Delivery]:
    return [connection.get_nowait() for _ in range(connection.qsize())]


async def test_an_answer_names_its_line_and_a_push_does_not() -> None:
    hub, connection = TerminalHub(), Connection()
    terminal = Terminal(hub)
    hub.register("阿美", connection)
    await terminal.send(Destination("阿美", RETRY_KEY, reply_to="l_1"), [MESSAGE])
    await terminal.send(Destination("阿美", RETRY_KEY), [MESSAGE, MESSAGE])
    answered = [Delivery("阿美", "l_1", (MESSAGE,)), Delivery("阿美", None, (MESSAGE, MESSAGE))]
    assert answered == received(connection)


async def test_what_nobody_listens_to_waits() -> None:
    hub, old, new = TerminalHub(), Connection(), Connection()
    hub.register("阿美", old)
    hub.register("阿明", old)
    hub.unregister(old)
    hub.deliver("阿美", None, [MESSAGE])
    hub.register("阿美", new)
    hub.deliver("阿美", "l_2", [MESSAGE])
    assert [delivery.event for delivery in received(new)] == [None, "l_2"]
    assert received(old) == []


async def test_the_newest_connection_of_a_user_wins() -> None:
    hub, old, new = TerminalHub(), Connection(), Connection()
    hub.register("阿美", old)
    hub.register("阿美", new)
    hub.unregister(old)
    hub.deliver("阿美", None, [MESSAGE])
    assert len(received(new)) == 1


async def test_a_connection_that_does_not_read_is_not_flooded() -> None:
    hub = TerminalHub()
    full: Connection = asyncio.Queue(maxsize=1)
    hub.register("阿美", full)
    for event in ("l_1", "l_2", "l_3"):
        hub.deliver("阿美", event, [MESSAGE])
    assert [delivery.event for delivery in received(full)] == ["l_1"]
    hub.register("阿美", fresh := Connection())
    assert [delivery.event for delivery in received(fresh)] == ["l_2", "l_3"]


async def test_what_is_kept_is_bounded() -> None:
    hub = TerminalHub()
    for number in range(PUSHES_KEPT + 5):
        hub.deliver("阿美", f"l_{number}", [MESSAGE])
    hub.register("阿美", connection := Connection())
    kept = received(connection)
    assert (kept[0].event, len(kept)) == ("l_5", PUSHES_KEPT)
    for number in range(USERS_KEPT + 1):
        hub.deliver(f"u_{number}", None, [MESSAGE])
    hub.register("u_0", connection)
    assert received(connection) == []
    hub.register("u_1", connection)
    assert len(received(connection)) == 1


async def test_several_lines_at_once() -> None:
    body = b'{"user":"a","id":"1","text":"x"}\n\n{"user":"b","id":"2","tap":"t_1"}\n'
    events, unknown = Terminal(TerminalHub()).parse({}, body, NOW)
    assert [(event.conversation, event.kind) for event in events] == [("a", "text"), ("b", "tap")]
    assert unknown == 0


@pytest.mark.parametrize(
    "line",
    [
        b'{"user":"a","text":"x"}',
        b'{"id":"1","text":"x"}',
        b'{"user":"a","id":"1"}',
        b'{"user":"a","id":"1","text":"x","tap":"t_1"}',
        b'{"user":"a","id":"1","text":["x"]}',
    ],
)
async def test_a_line_of_another_shape(line: bytes) -> None:
    with pytest.raises(BadRequest):
        Terminal(TerminalHub()).parse({}, line, NOW)


def test_only_taps_become_buttons() -> None:
    buttons = (Button("檢舉它", payload="t_1"), Button("撥 165", tel="165"))
    rendered = Terminal(TerminalHub()).render([Reply("請打 165。", {"kind": "emergency"}, buttons)])
    assert rendered == [
        {
            "text": "請打 165。",
            "card": {"kind": "emergency"},
            "buttons": [{"label": "檢舉它", "payload": "t_1"}],
        }
    ]
