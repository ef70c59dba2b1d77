"""Telegram: webhooks in (secret token, updates), messages rendered, and the channel made of these parts.

Updates: https://core.telegram.org/bots/api#update
Secret:  https://core.telegram.org/bots/api#setwebhook
Limits:  https://core.telegram.org/bots/api#sendmessage, #inlinekeyboardbutton
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from bot.channels.body import id_in, moment_in, object_in, read_object, text_in, well_formed
from bot.channels.port import BadRequest, BadSignature
from bot.channels.split import cut, split
from bot.channels.telegram_delivery import TELEGRAM_API, TelegramDelivery
from bot.messages import Button, Destination, Inbound, InboundKind, Reply, Sent

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the header's name
SECOND = timedelta(seconds=1)

TEXT_UNITS = 4096  # UTF-16 code units, as Telegram's own clients count
CALLBACK_DATA_BYTES = 64
LINK_LENGTH = 2000
SHARE_LINK = "https://t.me/share/url?url="  # `url` takes any text; the bot cannot know a better link

COMMANDS: dict[str, tuple[InboundKind, str | None]] = {
    "/start": ("followed", None),
    "/help": ("text", "help"),
}
MEDIA = frozenset(
    {"animation", "audio", "document", "paid_media", "sticker", "story", "video", "video_note", "voice"}
)
UNREADABLE = MEDIA | {"checklist", "contact", "dice", "game", "location", "poll", "venue"}
GROUPS = frozenset({"group", "supergroup"})
GONE = frozenset({"kicked", "left"})


def parse_update(update: dict[str, Any], received_at: datetime) -> Inbound | None:
    """The one event of an update, or None when it is of no kind we know (edits, channel posts, polls …)."""
    for name, read in READERS.items():
        if isinstance(update.get(name), dict):
            return read(update, update[name], received_at)
    return None


def _inbound(
    update: dict[str, Any],
    chat: dict[str, Any],
    sender: dict[str, Any],
    kind: InboundKind,
    sent_at: datetime,
    **particular: Any,
) -> Inbound | None:
    event_id, conversation = id_in(update, "update_id"), id_in(chat, "id")
    if event_id is None or conversation is None or text_in(chat, "type") not in GROUPS | {"private"}:
        return None
    return Inbound(
        channel="telegram",
        event_id=event_id,
        kind=kind,
        conversation=conversation,
        person=id_in(sender, "id"),
        is_group=chat["type"] in GROUPS,
        sent_at=sent_at,
        app_language=id_in(sender, "language_code"),
        **particular,
    )


def _read_message(update: dict[str, Any], message: dict[str, Any], received_at: datetime) -> Inbound | None:
    chat, sender = object_in(message, "chat"), object_in(message, "from")
    sent_at = moment_in(message, "date", SECOND, received_at)
    kind, text = _content(message)
    if kind is None:
        return None
    if text_in(chat, "type") in GROUPS:  # of a group's talk nothing is kept, nobody is named
        return _inbound(update, chat, {}, "group_message", sent_at)
    return _inbound(update, chat, sender, kind, sent_at, message_id=id_in(message, "message_id"), text=text)


def _content(message: dict[str, Any]) -> tuple[InboundKind | None, str | None]:
    text = text_in(message, "text")
    if text is not None:
        command = text.split(maxsplit=1)[0].partition("@")[0] if text.startswith("/") else ""
        return COMMANDS.get(command, ("text", text))
    mime_type = text_in(object_in(message, "document"), "mime_type") or ""
    if "photo" in message or mime_type.startswith("image/"):
        return "image", text_in(message, "caption")
    if not UNREADABLE.isdisjoint(message):
        return "unreadable", text_in(message, "caption")
    return None, None


def _read_tap(update: dict[str, Any], query: dict[str, Any], received_at: datetime) -> Inbound | None:
    message, tap, query_id = object_in(query, "message"), text_in(query, "data"), id_in(query, "id")
    if tap is None or query_id is None:
        return None
    return _inbound(
        update,
        object_in(message, "chat"),
        object_in(query, "from"),
        "tap",
        received_at,  # the query has no date, and its message's is the question's
        message_id=id_in(message, "message_id"),
        tap=tap,
        extra={"callback_query_id": query_id},
    )


def _read_membership(update: dict[str, Any], change: dict[str, Any], received_at: datetime) -> Inbound | None:
    before = text_in(object_in(change, "old_chat_member"), "status")
    after = text_in(object_in(change, "new_chat_member"), "status")
    chat, sender = object_in(change, "chat"), object_in(change, "from")
    sent_at = moment_in(change, "date", SECOND, received_at)
    if after in GONE:
        return _inbound(update, chat, sender, "left", sent_at)
    if before in GONE and text_in(chat, "type") in GROUPS:  # a person who unblocks us also sends /start
        return _inbound(update, chat, sender, "joined", sent_at)
    return None


READERS: dict[str, Callable[[dict[str, Any], dict[str, Any], datetime], Inbound | None]] = {
    "message": _read_message,
    "callback_query": _read_tap,
    "my_chat_member": _read_membership,
}


def render(replies: Sequence[Reply]) -> list[dict[str, Any]]:
    """Plain texts (no parse mode: nothing in them becomes a format), buttons below the last part."""
    messages: list[dict[str, Any]] = []
    for reply in replies:
        parts: list[dict[str, Any]] = [{"text": part} for part in split(reply.text, TEXT_UNITS)]
        rows = [[key] for key in map(_key, reply.buttons) if key is not None]
        if parts and rows:
            parts[-1]["reply_markup"] = {"inline_keyboard": rows}
        messages += parts
    return messages


def _key(button: Button) -> dict[str, Any] | None:
    """None for what Telegram refuses on a button (tel:, local links): the text carries it."""
    label = well_formed(button.label).strip()
    if button.payload is not None:
        fits = 0 < len(button.payload.encode()) <= CALLBACK_DATA_BYTES
        return {"text": label, "callback_data": button.payload} if fits else None
    if button.url is not None:
        return {"text": label, "url": button.url} if _is_public(button.url) else None
    if button.share is not None:
        room = LINK_LENGTH - len(SHARE_LINK)
        return {"text": label, "url": SHARE_LINK + quote(cut(button.share, room, _quoted_length), safe="")}
    return None


def _is_public(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "")


def _quoted_length(text: str) -> int:
    return len(quote(text, safe=""))


class Telegram:
    """Telegram. `secret_token` was given to setWebhook; `api_base` lets a local server stand in."""

    name = "telegram"

    def __init__(self, bot_token: str, secret_token: str, *, api_base: str = TELEGRAM_API) -> None:
        self._secret = secret_token.encode()
        self._delivery = TelegramDelivery(bot_token, api_base)

    def parse(
        self, headers: Mapping[str, str], body: bytes, received_at: datetime
    ) -> tuple[list[Inbound], int]:
        given = {name.lower(): value for name, value in headers.items()}.get(SECRET_HEADER)
        if not given:
            raise BadSignature(401)
        if not hmac.compare_digest(given.encode("utf-8", "backslashreplace"), self._secret):
            raise BadSignature(403)
        update = read_object(body)
        if id_in(update, "update_id") is None:
            raise BadRequest("no update_id")
        inbound = parse_update(update, received_at)
        return ([], 1) if inbound is None else ([inbound], 0)

    def render(self, replies: Sequence[Reply]) -> list[dict[str, Any]]:
        return render(replies)

    async def send(
        self, to: Destination, messages: Sequence[dict[str, Any]], *, already_sent: int = 0
    ) -> Sent:
        return await self._delivery.send(to, messages, already_sent)

    async def show_working(self, to: Destination) -> None:
        await self._delivery.show_working(to)

    async def profile_language(self, person: str) -> str | None:  # noqa: ARG002 -- Telegram tells it with every update
        return None

    async def start(self) -> None:
        await self._delivery.start()

    async def stop(self) -> None:
        await self._delivery.stop()
