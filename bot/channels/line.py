"""LINE: webhooks in (signature, events), and the channel that puts parsing, rendering and delivery together.

https://developers.line.biz/en/reference/messaging-api/#webhooks
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from linebot.v3.webhook import SignatureValidator  # type: ignore[import-untyped]

from bot.channels.body import id_in, moment_in, object_in, read_object, text_in
from bot.channels.line_delivery import LINE_API, TOKEN_TRUSTED, LineDelivery
from bot.channels.line_messages import render
from bot.channels.port import BadRequest, BadSignature
from bot.messages import Destination, Inbound, InboundKind, Reply, Sent
from lianfang.clock import Clock, utc_now

SIGNATURE_HEADER = "x-line-signature"
MILLISECOND = timedelta(milliseconds=1)

EVENT_KINDS: dict[str, InboundKind] = {
    "message": "text",  # refined by MESSAGE_KINDS
    "postback": "tap",
    "follow": "followed",
    "unfollow": "left",
    "join": "joined",
    "leave": "left",
    "unsend": "unsent",
}
MESSAGE_KINDS: dict[str, InboundKind] = {
    "text": "text",
    "image": "image",
    "sticker": "unreadable",
    "audio": "unreadable",
    "video": "unreadable",
    "file": "unreadable",
    "location": "unreadable",
}
CONVERSATION_KEYS = {"user": "userId", "group": "groupId", "room": "roomId"}


class _RawBody(bytes):
    """The SDK's validator encodes a text; the signature is over the bytes as they came, UTF-8 or not."""

    def encode(self, _encoding: str) -> bytes:
        return self


def parse_event(event: dict[str, Any], received_at: datetime) -> Inbound | None:
    """One event, or None when it is of no kind we know or must not be answered (standby)."""
    source = object_in(event, "source")
    message = object_in(event, "unsend" if event.get("type") == "unsend" else "message")
    kind = _kind(event, source, message)
    event_id = id_in(event, "webhookEventId")
    conversation = id_in(source, CONVERSATION_KEYS.get(text_in(source, "type") or "", ""))
    if kind is None or event_id is None or conversation is None or event.get("mode") == "standby":
        return None
    tells_nothing = kind == "group_message"
    sent_at = moment_in(event, "timestamp", MILLISECOND, received_at)
    return Inbound(
        channel="line",
        event_id=event_id,
        kind=kind,
        conversation=conversation,
        person=None if tells_nothing else id_in(source, "userId"),
        is_group=source.get("type") != "user",
        sent_at=sent_at,
        message_id=None if tells_nothing else id_in(message, "id") or id_in(message, "messageId"),
        reply_to=_reply_token(event, sent_at, received_at),
        text=text_in(message, "text") if kind == "text" else None,
        tap=text_in(object_in(event, "postback"), "data") if kind == "tap" else None,
    )


def _kind(event: dict[str, Any], source: dict[str, Any], message: dict[str, Any]) -> InboundKind | None:
    kind = EVENT_KINDS.get(text_in(event, "type") or "")
    if event.get("type") == "message":
        kind = MESSAGE_KINDS.get(text_in(message, "type") or "")
        if kind is not None and source.get("type") != "user":
            return "group_message"
    if kind == "text" and text_in(message, "text") is None:
        return None
    if kind == "tap" and text_in(object_in(event, "postback"), "data") is None:
        return None
    return kind


def _reply_token(event: dict[str, Any], sent_at: datetime, received_at: datetime) -> str | None:
    """None for an old redelivery too: its token's minute began with the delivery that never reached us."""
    redelivered = object_in(event, "deliveryContext").get("isRedelivery") is True
    if redelivered and received_at - sent_at > TOKEN_TRUSTED:
        return None
    return id_in(event, "replyToken")


class Line:
    """LINE. Secret and token come from LINE's console; `api_base` lets a local server stand in."""

    name = "line"

    def __init__(
        self,
        channel_secret: str,
        access_token: str,
        *,
        api_base: str = LINE_API,
        clock: Clock = utc_now,
    ) -> None:
        self._matches: Callable[[bytes, str], bool] = SignatureValidator(channel_secret).validate
        self._delivery = LineDelivery(access_token, api_base, clock)

    def parse(
        self, headers: Mapping[str, str], body: bytes, received_at: datetime
    ) -> tuple[list[Inbound], int]:
        signature = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE_HEADER)
        if not signature:
            raise BadSignature(401)
        if not signature.isascii() or not self._matches(_RawBody(body), signature):
            raise BadSignature(403)
        events = read_object(body).get("events")
        if not isinstance(events, list):
            raise BadRequest("no events")
        parsed = [parse_event(event, received_at) if isinstance(event, dict) else None for event in events]
        known = [inbound for inbound in parsed if inbound is not None]
        return known, len(parsed) - len(known)

    def render(self, replies: Sequence[Reply]) -> list[dict[str, Any]]:
        return render(replies)

    async def send(
        self, to: Destination, messages: Sequence[dict[str, Any]], *, already_sent: int = 0
    ) -> Sent:
        return await self._delivery.send(to, messages, already_sent)

    async def show_working(self, to: Destination) -> None:
        await self._delivery.show_working(to)

    async def profile_language(self, person: str) -> str | None:
        return await self._delivery.profile_language(person)

    async def start(self) -> None:
        await self._delivery.start()

    async def stop(self) -> None:
        await self._delivery.stop()
