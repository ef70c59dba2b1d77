"""LINE's row of the table: its webhooks, its fake server, its rules of delivery."""

from typing import Any

from bot.channels.line import Line
from bot.channels.port import Channel
from bot.messages import Button, Destination, Reply
from tests.contract.channels.cases import RETRY_KEY, ChannelCases, OutgoingCase, TestClock
from tests.contract.channels.line_samples import INCOMING, PERSON, SECRET, TOKEN, sign
from tests.fakes.faults import Fault
from tests.fakes.line_api import FakeLine
from tests.fakes.vendor_specs import line_webhook

FIRST = Reply("先別點。")
VERDICT = Reply(
    "🔴 這是詐騙，請不要點。",
    {"kind": "verdict"},
    (Button("我已經點了／付了", payload="t_1"), Button("傳給家人看", share="這是詐騙")),
)
REPLY, PUSH = "/v2/bot/message/reply 200", "/v2/bot/message/push 200"


def reply_calls(*statuses: int) -> tuple[str, ...]:
    return tuple(f"/v2/bot/message/reply {status}" for status in statuses)


OUTGOING = (
    OutgoingCase("one reply", (FIRST,), ("先別點。",), 1, calls=(REPLY,)),
    OutgoingCase("nothing to say", (), (), 0),
    OutgoingCase(
        "two messages, one call",
        (FIRST, VERDICT),
        ("先別點。", VERDICT.text, VERDICT.text),
        3,
        calls=(REPLY,),
    ),
    OutgoingCase(
        "seven cards: five replied, the rest pushed",
        (VERDICT, VERDICT, VERDICT, FIRST),
        (VERDICT.text,) * 6 + ("先別點。",),
        7,
        calls=(REPLY, PUSH),
    ),
    OutgoingCase(
        "the first was sent before: the token is gone",
        (VERDICT,),
        (VERDICT.text,),
        2,
        calls=(PUSH,),
        already_sent=1,
    ),
    OutgoingCase(
        "lost before it arrived",
        (FIRST,),
        ("先別點。",),
        1,
        (Fault.DROPPED_BEFORE,),
        calls=reply_calls(500, 200),
    ),
    OutgoingCase(
        "only the answer was lost: once is enough",
        (FIRST,),
        ("先別點。",),
        1,
        (Fault.DROPPED_AFTER,),
        calls=reply_calls(500, 400),
    ),
    OutgoingCase(
        "5xx before", (FIRST,), ("先別點。",), 1, (Fault.FAILED_BEFORE,), calls=reply_calls(500, 200)
    ),
    OutgoingCase("5xx after", (FIRST,), ("先別點。",), 1, (Fault.FAILED_AFTER,), calls=reply_calls(500, 400)),
    OutgoingCase(
        "200 with a strange body", (FIRST,), ("先別點。",), 1, (Fault.UNREADABLE_ANSWER,), calls=(REPLY,)
    ),
    OutgoingCase(
        "429 with a wish",
        (FIRST,),
        (),
        "SendLater",
        (Fault.TOO_FAST,),
        calls=reply_calls(429),
        expects={"after": 7.0, "parts_sent": 0, "uncertain": False},
    ),
    OutgoingCase(
        "lost twice",
        (FIRST,),
        (),
        "SendLater",
        (Fault.DROPPED_BEFORE, Fault.FAILED_BEFORE),
        calls=reply_calls(500, 500),
        expects={"uncertain": True, "parts_sent": 0},
    ),
    OutgoingCase(
        "the push behind the reply fails twice: what arrived is known",
        (VERDICT, VERDICT, VERDICT),
        (VERDICT.text,) * 5,
        "SendLater",
        (Fault.NONE, Fault.FAILED_BEFORE, Fault.DROPPED_BEFORE),
        calls=(REPLY, "/v2/bot/message/push 500", "/v2/bot/message/push 500"),
        expects={"parts_sent": 5},
    ),
    OutgoingCase(
        "a push whose answer was lost is accepted once",
        (VERDICT, VERDICT, VERDICT),
        (VERDICT.text,) * 6,
        6,
        (Fault.NONE, Fault.DROPPED_AFTER),
        calls=(REPLY, "/v2/bot/message/push 500", "/v2/bot/message/push 409"),
    ),
    OutgoingCase(
        "blocked",
        (VERDICT,),
        (),
        "SendRefused",
        calls=("/v2/bot/message/push 403",),
        already_sent=1,
        blocked=True,
    ),
)


def text_of(sent: dict[str, Any]) -> str:
    return str(sent.get("text") or sent["altText"])


class LineBench:
    """The LINE channel at its fake."""

    def __init__(self) -> None:
        self.clock = TestClock()
        self.fake = FakeLine(self.clock)
        self.channel: Channel = Line(SECRET, self.fake.access_token, clock=self.clock)

    def headers(self, body: bytes) -> dict[str, str]:
        return {"Content-Type": "application/json; charset=utf-8", "X-Line-Signature": sign(body)}

    def destination(self, **particular: Any) -> Destination:
        self.fake.issue_token(TOKEN, PERSON)
        given = {"reply_to": TOKEN, "received_at": self.clock(), **particular}
        return Destination(conversation=PERSON, retry_key=RETRY_KEY, **given)

    def expect(self, *faults: Fault) -> None:
        self.fake.faults.expect(*faults)

    def block(self) -> None:
        self.fake.blocked.add(PERSON)

    def shown(self) -> list[str]:
        return [text_of(sent) for sent in self.fake.shown[PERSON]]

    def calls(self) -> list[str]:
        return [f"{call.path} {call.status}" for call in self.fake.calls]

    def violations(self) -> list[str]:
        return self.fake.violations

    async def start(self) -> None:
        self.channel = Line(
            SECRET, self.fake.access_token, api_base=await self.fake.start(), clock=self.clock
        )
        await self.channel.start()

    async def stop(self) -> None:
        await self.channel.stop()
        await self.fake.stop()


def sample_faults(body: dict[str, Any]) -> list[str] | None:
    spec = line_webhook()
    return None if spec is None else spec.faults("CallbackRequest", body)


LINE = ChannelCases(
    "line",
    LineBench,
    INCOMING,
    OUTGOING,
    sample_faults,
    forged_headers=(
        ({}, 401),
        ({"X-Line-Signature": ""}, 401),
        ({"X-Line-Signature": "wrong"}, 403),
        ({"x-line-signature": sign(b"another body")}, 403),
        ({"X-Line-Signature": sign(b"{}", "another secret")}, 403),
        ({"X-Line-Signature": "簽名\udcff"}, 403),
    ),
)
