"""Telegram's row of the table: its updates as Telegram sends them, its fake server, its rules of delivery."""

from datetime import timedelta
from typing import Any

from bot.channels.port import Channel
from bot.channels.telegram import Telegram
from bot.messages import Button, Destination, Reply
from tests.contract.channels.cases import NOW, RETRY_KEY, ChannelCases, IncomingCase, OutgoingCase, TestClock
from tests.fakes.faults import Fault
from tests.fakes.telegram_api import FakeTelegram
from tests.fakes.telegram_spec import telegram_spec

SECRET = "telegram-secret-token"
PERSON, GROUP, BOT = 7011, -1001234567890, 123456
SENT_AT = NOW - timedelta(seconds=1)
DATE = int(SENT_AT.timestamp())

SENDER = {"id": PERSON, "is_bot": False, "first_name": "美玲", "language_code": "zh-hant"}
PRIVATE = {"id": PERSON, "type": "private", "first_name": "美玲"}
IN_GROUP = {"id": GROUP, "type": "supergroup", "title": "家人"}
PHOTO = [{"file_id": "A", "file_unique_id": "B", "width": 90, "height": 60}]
FORWARDED = {"type": "hidden_user", "date": DATE, "sender_user_name": "陌生人"}


def update(**content: Any) -> dict[str, Any]:
    return {"update_id": 10000, **content}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return update(message={"message_id": 1365, "from": SENDER, "chat": chat, "date": DATE, **content})


def tapped(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    asked = {"message_id": 1366, "chat": chat, "date": DATE - 600, "text": "要檢舉嗎？"}
    query = {"id": "4382bfdwdsb323b2d9", "from": SENDER, "message": asked, "chat_instance": "42", **content}
    return update(callback_query=query)


def membership(before: str, after: str, chat: dict[str, Any]) -> dict[str, Any]:
    us = {"id": BOT, "is_bot": True, "first_name": "聯防"}
    return update(
        my_chat_member={
            "chat": chat,
            "from": SENDER,
            "date": DATE,
            "old_chat_member": _member(before, us),
            "new_chat_member": _member(after, us),
        }
    )


def _member(status: str, user: dict[str, Any]) -> dict[str, Any]:
    return {"status": status, "user": user, **({"until_date": 0} if status == "kicked" else {})}


def one(label: str, body: dict[str, Any], **expected: Any) -> IncomingCase:
    return IncomingCase(label, body, (expected,))


def unreadable(kind: str, content: dict[str, Any]) -> IncomingCase:
    return one(f"{kind} is unreadable", message(**{kind: content}), kind="unreadable", person=str(PERSON))


FILE = {"file_id": "A", "file_unique_id": "B"}
SILENT = {"kind": "group_message", "text": None, "person": None, "message_id": None, "is_group": True}

INCOMING = (
    one(
        "a person's text",
        message(text="/lock_card 這是真的嗎？"),
        channel="telegram",
        event_id="10000",
        kind="text",
        conversation=str(PERSON),
        person=str(PERSON),
        is_group=False,
        sent_at=SENT_AT,
        message_id="1365",
        reply_to=None,
        text="/lock_card 這是真的嗎？",
        tap=None,
        app_language="zh-hant",
    ),
    one(
        "forwarded text",
        message(text="貴戶水費逾期", forward_origin=FORWARDED),
        kind="text",
        text="貴戶水費逾期",
    ),
    one("/start", message(text="/start"), kind="followed", text=None),
    one("/start with a payload", message(text="/start LINK-7F3K"), kind="followed", text=None),
    one("/start that names the bot", message(text="/start@lianfang_bot"), kind="followed"),
    one("/help", message(text="/help"), kind="text", text="help"),
    one("a command of nobody", message(text="/starting"), kind="text", text="/starting"),
    one("a slash alone", message(text="/"), kind="text", text="/"),
    one("photo with caption", message(photo=PHOTO, caption="真的嗎"), kind="image", text="真的嗎"),
    one("image sent as file", message(document={**FILE, "mime_type": "image/png"}), kind="image", text=None),
    unreadable("document", {**FILE, "mime_type": "application/pdf"}),
    unreadable("voice", {**FILE, "duration": 3}),
    unreadable("video", {**FILE, "duration": 3, "width": 90, "height": 60}),
    unreadable("contact", {"phone_number": "0912345678", "first_name": "王"}),
    unreadable("location", {"latitude": 25.03, "longitude": 121.56}),
    one(
        "tap",
        tapped(data="t_9fX"),
        kind="tap",
        tap="t_9fX",
        text=None,
        person=str(PERSON),
        sent_at=NOW,
        extra={"callback_query_id": "4382bfdwdsb323b2d9"},
    ),
    one(
        "tap in a group is its person's",
        tapped(IN_GROUP, data="t_9fX"),
        kind="tap",
        person=str(PERSON),
        is_group=True,
    ),
    one("blocked", membership("member", "kicked", PRIVATE), kind="left", conversation=str(PERSON)),
    one(
        "added to a group",
        membership("left", "member", IN_GROUP),
        kind="joined",
        conversation=str(GROUP),
        is_group=True,
    ),
    one("removed from a group", membership("member", "left", IN_GROUP), kind="left", conversation=str(GROUP)),
    one("talk in a group", message(IN_GROUP, text="大家好"), conversation=str(GROUP), **SILENT),
    one("picture in a group", message(IN_GROUP, photo=PHOTO), conversation=str(GROUP), **SILENT),
    IncomingCase("unblocked: /start follows", membership("kicked", "member", PRIVATE), unknown=1),
    IncomingCase("a title changes", message(IN_GROUP, new_chat_title="一家人"), unknown=1),
    IncomingCase(
        "an edit",
        update(
            edited_message={"message_id": 1, "chat": PRIVATE, "date": DATE, "edit_date": DATE, "text": "改"}
        ),
        unknown=1,
    ),
    IncomingCase(
        "a channel's post",
        update(
            channel_post={
                "message_id": 1,
                "chat": {"id": -1002, "type": "channel"},
                "date": DATE,
                "text": "早",
            }
        ),
        unknown=1,
    ),
    IncomingCase("a game's button", tapped(game_short_name="g"), unknown=1),
)

FIRST = Reply("先別點。")
VERDICT = Reply(
    "🔴 這是詐騙，請不要點。",
    {"kind": "verdict"},
    (
        Button("我已經點了／付了", payload="t_1"),
        Button("撥 165", tel="165"),
        Button("傳給家人看", share="這是詐騙"),
        Button("官方網站", url="https://165.npa.gov.tw/"),
    ),
)


def sent(*statuses: int) -> tuple[str, ...]:
    return tuple(f"sendMessage {status}" for status in statuses)


OUTGOING = (
    OutgoingCase("one reply", (FIRST,), ("先別點。",), 1, calls=sent(200)),
    OutgoingCase("nothing to say", (), (), 0),
    OutgoingCase(
        "two messages, two calls", (FIRST, VERDICT), ("先別點。", VERDICT.text), 2, calls=sent(200, 200)
    ),
    OutgoingCase(
        "the first was sent before", (FIRST, VERDICT), (VERDICT.text,), 2, calls=sent(200), already_sent=1
    ),
    OutgoingCase(
        "lost before it arrived",
        (FIRST,),
        ("先別點。",),
        1,
        (Fault.DROPPED_BEFORE,),
        calls=sent(500, 200),
        repeated=1,
    ),
    OutgoingCase(
        "only the answer was lost: seen twice, and counted",
        (FIRST,),
        ("先別點。", "先別點。"),
        1,
        (Fault.DROPPED_AFTER,),
        calls=sent(500, 200),
        repeated=1,
    ),
    OutgoingCase("5xx", (FIRST,), ("先別點。",), 1, (Fault.FAILED_BEFORE,), calls=sent(500, 200), repeated=1),
    OutgoingCase(
        "200 with a strange body", (FIRST,), ("先別點。",), 1, (Fault.UNREADABLE_ANSWER,), calls=sent(200)
    ),
    OutgoingCase(
        "429 in the middle",
        (FIRST, VERDICT),
        ("先別點。",),
        "SendLater",
        (Fault.NONE, Fault.TOO_FAST),
        calls=sent(200, 429),
        expects={"after": 7.0, "parts_sent": 1, "uncertain": False, "repeated": 0},
    ),
    OutgoingCase(
        "lost twice",
        (FIRST,),
        (),
        "SendLater",
        (Fault.DROPPED_BEFORE, Fault.FAILED_BEFORE),
        calls=sent(500, 500),
        expects={"uncertain": True, "parts_sent": 0, "repeated": 1},
    ),
    OutgoingCase("blocked", (FIRST,), (), "SendRefused", calls=sent(403), blocked=True),
)


class TelegramBench:
    """The Telegram channel at its fake."""

    def __init__(self) -> None:
        self.clock = TestClock()
        self.fake = FakeTelegram(self.clock)
        self.channel: Channel = Telegram(self.fake.bot_token, SECRET)

    def headers(self, body: bytes) -> dict[str, str]:
        return {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}

    def destination(self, **particular: Any) -> Destination:
        given = {"received_at": self.clock(), **particular}
        return Destination(conversation=str(PERSON), retry_key=RETRY_KEY, **given)

    def expect(self, *faults: Fault) -> None:
        self.fake.faults.expect(*faults)

    def block(self) -> None:
        self.fake.blocked.add(str(PERSON))

    def shown(self) -> list[str]:
        return [str(seen["text"]) for seen in self.fake.shown[str(PERSON)]]

    def calls(self) -> list[str]:
        return [f"{call.method} {call.status}" for call in self.fake.calls]

    def violations(self) -> list[str]:
        return self.fake.violations

    async def start(self) -> None:
        self.channel = Telegram(self.fake.bot_token, SECRET, api_base=await self.fake.start())
        await self.channel.start()

    async def stop(self) -> None:
        await self.channel.stop()
        await self.fake.stop()


def sample_faults(body: dict[str, Any]) -> list[str] | None:
    spec = telegram_spec()
    return None if spec is None else spec.update_faults(body)


TELEGRAM = ChannelCases(
    "telegram",
    TelegramBench,
    INCOMING,
    OUTGOING,
    sample_faults,
    forged_headers=(
        ({}, 401),
        ({"X-Telegram-Bot-Api-Secret-Token": ""}, 401),
        ({"X-Telegram-Bot-Api-Secret-Token": "wrong"}, 403),
        ({"x-telegram-bot-api-secret-token": SECRET[:-1]}, 403),
        ({"X-Telegram-Bot-Api-Secret-Token": "密碼\udcff\ud800"}, 403),
    ),
)
