"""LINE's webhooks as LINE sends them, and what is to be read from each."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any

from tests.contract.channels.cases import NOW, IncomingCase

SECRET = "line-channel-secret"
BOT = "U" + "0" * 32
PERSON = "U" + "1" * 32
GROUP = "C" + "2" * 32
ROOM = "R" + "3" * 32
TOKEN = "b60d432864f44d079f6d8efe86cf404b"
SENT_AT = NOW - timedelta(seconds=1)

FROM_PERSON = {"type": "user", "userId": PERSON}
FROM_GROUP = {"type": "group", "groupId": GROUP, "userId": PERSON}
FROM_ROOM = {"type": "room", "roomId": ROOM}
HOSTED = {"type": "line"}


def event(kind: str, source: dict[str, Any] = FROM_PERSON, **particular: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "mode": "active",
        "timestamp": int(SENT_AT.timestamp() * 1000),
        "source": source,
        "webhookEventId": "01FZ74A0TDDPYRVKNK77XKC3ZR",
        "deliveryContext": {"isRedelivery": False},
        **particular,
    }


def message(
    content: dict[str, Any], source: dict[str, Any] = FROM_PERSON, **particular: Any
) -> dict[str, Any]:
    return event(
        "message", source, replyToken=TOKEN, message={"id": "468789577898262530", **content}, **particular
    )


def text(
    words: str = "這是真的嗎", source: dict[str, Any] = FROM_PERSON, **particular: Any
) -> dict[str, Any]:
    return message({"type": "text", "text": words, "quoteToken": "q3Plxr4AgKd"}, source, **particular)


def webhook(*events: Any) -> dict[str, Any]:
    return {"destination": BOT, "events": list(events)}


def sign(body: bytes, secret: str = SECRET) -> str:
    """As LINE signs, without our code or the SDK's."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def one(label: str, sent: dict[str, Any], **expected: Any) -> IncomingCase:
    return IncomingCase(label, webhook(sent), (expected,))


def unknown(label: str, sent: dict[str, Any]) -> IncomingCase:
    return IncomingCase(label, webhook(sent), unknown=1)


def unreadable(kind: str, **content: Any) -> IncomingCase:
    return one(
        f"{kind} is unreadable",
        message({"type": kind, **content}),
        kind="unreadable",
        text=None,
        person=PERSON,
    )


STICKER = {
    "type": "sticker",
    "packageId": "1",
    "stickerId": "2",
    "stickerResourceType": "STATIC",
    "quoteToken": "q",
}
IMAGE = {"type": "image", "contentProvider": HOSTED, "quoteToken": "q"}
SILENT = {"kind": "group_message", "text": None, "person": None, "message_id": None, "is_group": True}

INCOMING = (
    one(
        "a person's text",
        text("/lock_card 這是真的嗎？"),
        channel="line",
        event_id="01FZ74A0TDDPYRVKNK77XKC3ZR",
        kind="text",
        conversation=PERSON,
        person=PERSON,
        is_group=False,
        sent_at=SENT_AT,
        message_id="468789577898262530",
        reply_to=TOKEN,
        text="/lock_card 這是真的嗎？",
        tap=None,
        app_language=None,
    ),
    one(
        "redelivery keeps the id, and the token while it is young",
        text(deliveryContext={"isRedelivery": True}),
        event_id="01FZ74A0TDDPYRVKNK77XKC3ZR",
        reply_to=TOKEN,
    ),
    one(
        "an old redelivery has no token",
        text(
            deliveryContext={"isRedelivery": True},
            timestamp=int((NOW - timedelta(seconds=51)).timestamp() * 1000),
        ),
        reply_to=None,
    ),
    one("image", message(IMAGE), kind="image", text=None),
    one("sticker is unreadable", message(STICKER), kind="unreadable"),
    unreadable("audio", contentProvider=HOSTED, duration=60000),
    unreadable("video", contentProvider=HOSTED, duration=60000, quoteToken="q"),
    unreadable("file", fileName="a.pdf", fileSize=2138),
    unreadable("location", latitude=25.03, longitude=121.56),
    one(
        "tap",
        event("postback", replyToken=TOKEN, postback={"data": "t_9fX"}),
        kind="tap",
        tap="t_9fX",
        reply_to=TOKEN,
        is_group=False,
    ),
    one(
        "tap in a group is its person's",
        event("postback", FROM_GROUP, replyToken=TOKEN, postback={"data": "t_9fX"}),
        kind="tap",
        conversation=GROUP,
        person=PERSON,
        is_group=True,
    ),
    one(
        "follow",
        event("follow", replyToken=TOKEN, follow={"isUnblocked": False}),
        kind="followed",
        reply_to=TOKEN,
    ),
    one("unfollow", event("unfollow"), kind="left", conversation=PERSON, reply_to=None),
    one(
        "join",
        event("join", {"type": "group", "groupId": GROUP}, replyToken=TOKEN),
        kind="joined",
        person=None,
    ),
    one(
        "leave",
        event("leave", {"type": "group", "groupId": GROUP}),
        kind="left",
        conversation=GROUP,
        is_group=True,
    ),
    one(
        "unsend",
        event("unsend", unsend={"messageId": "325708"}),
        kind="unsent",
        message_id="325708",
        text=None,
    ),
    one("talk in a group", text(source=FROM_GROUP), conversation=GROUP, **SILENT),
    one("talk in a room", text(source=FROM_ROOM), conversation=ROOM, **SILENT),
    one("picture in a group", message(IMAGE, FROM_GROUP), conversation=GROUP, **SILENT),
    unknown("standby: another system answers", text(mode="standby")),
    unknown(
        "a member joins",
        event("memberJoined", FROM_GROUP, replyToken=TOKEN, joined={"members": [FROM_PERSON]}),
    ),
    unknown("bot suspended, no source", {k: v for k, v in event("botSuspended").items() if k != "source"}),
    IncomingCase("the console's Verify", webhook()),
    IncomingCase(
        "several, in order",
        webhook(text("一"), event("botResumed"), text("二")),
        ({"text": "一"}, {"text": "二"}),
        unknown=1,
    ),
)
