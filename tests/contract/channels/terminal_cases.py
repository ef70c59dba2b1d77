"""The terminal's row of the table: JSON lines in, a queue out."""

import asyncio
from typing import Any

from bot.channels.port import Channel
from bot.channels.terminal import Connection, Terminal, TerminalHub
from bot.messages import Button, Destination, Reply
from tests.contract.channels.cases import NOW, RETRY_KEY, ChannelCases, IncomingCase, OutgoingCase, TestClock
from tests.fakes.faults import Fault


def line(**said: Any) -> dict[str, Any]:
    return {"user": "阿美", "id": "l_1", **said}


INCOMING = (
    IncomingCase(
        "text",
        line(text="/lock_card 這是真的嗎？"),
        (
            {
                "channel": "terminal",
                "event_id": "l_1",
                "kind": "text",
                "conversation": "阿美",
                "person": "阿美",
                "is_group": False,
                "sent_at": NOW,
                "reply_to": "l_1",
                "text": "/lock_card 這是真的嗎？",
                "tap": None,
            },
        ),
    ),
    IncomingCase("tap", line(tap="t_9fX"), ({"kind": "tap", "tap": "t_9fX", "text": None},)),
    IncomingCase("image", line(image="sms.png"), ({"kind": "image", "text": None},)),
    IncomingCase("a numbered line", {**line(text="好"), "id": 7}, ({"event_id": "7"},)),
)

FIRST = Reply("先別點。")
VERDICT = Reply(
    "🔴 這是詐騙，請不要點。",
    {"kind": "verdict"},
    (Button("檢舉它", payload="t_1"), Button("撥 165", tel="165")),
)

OUTGOING = (
    OutgoingCase("one reply", (FIRST,), ("先別點。",), 1),
    OutgoingCase("nothing to say", (), (), 0),
    OutgoingCase("two replies", (FIRST, VERDICT), ("先別點。", VERDICT.text), 2),
    OutgoingCase("the first was sent before", (FIRST, VERDICT), (VERDICT.text,), 2, already_sent=1),
)


class TerminalBench:
    """The terminal channel with one open connection."""

    def __init__(self) -> None:
        self.clock = TestClock()
        self.hub = TerminalHub()
        self.channel: Channel = Terminal(self.hub)
        self.connection: Connection = asyncio.Queue()
        self.hub.register("阿美", self.connection)

    def headers(self, body: bytes) -> dict[str, str]:
        return {}

    def destination(self) -> Destination:
        return Destination(conversation="阿美", retry_key=RETRY_KEY, reply_to="l_1", received_at=self.clock())

    def expect(self, *faults: Fault) -> None:
        assert not faults, "nothing can be lost on a queue"

    def block(self) -> None:
        self.hub.unregister(self.connection)

    def shown(self) -> list[str]:
        seen = []
        while not self.connection.empty():
            seen += [str(message["text"]) for message in self.connection.get_nowait().messages]
        return seen

    def calls(self) -> list[str]:
        return []

    def violations(self) -> list[str]:
        return []

    async def start(self) -> None:
        await self.channel.start()

    async def stop(self) -> None:
        await self.channel.stop()


TERMINAL = ChannelCases("terminal", TerminalBench, INCOMING, OUTGOING, lambda body: [], forged_headers=())
