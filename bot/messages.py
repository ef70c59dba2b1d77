"""What crosses the gateway's borders: events in, replies out; no vendor's type leaves `bot/channels`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

InboundKind = Literal[
    "text",  # a person typed or forwarded text
    "tap",  # a person tapped a button; `tap` is our opaque id
    "image",  # a picture
    "unreadable",  # sticker, voice, video, file, location …
    "followed",  # added as a friend, /start
    "joined",  # we were added to a group
    "left",  # unfollowed, blocked, removed from a group
    "unsent",  # the person took back the message `message_id`
    "group_message",  # something said in a group: only its id may be kept
]


@dataclass(frozen=True)
class Inbound:
    """One event of a channel, as its parser understood it.

    `event_id` is the channel's own (LINE webhookEventId, Telegram update_id, terminal line id): dedupe key.
    `conversation` and `person` are the channel's addresses (user id, group id, chat id), not our ids.
    `reply_to` is what an immediate answer needs (LINE reply token), None when there is none.
    """

    channel: str
    event_id: str
    kind: InboundKind
    conversation: str
    person: str | None
    is_group: bool
    sent_at: datetime
    message_id: str | None = None
    reply_to: str | None = None
    text: str | None = None
    tap: str | None = None
    app_language: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)  # what the channel's own sender needs again


@dataclass(frozen=True)
class Button:
    """One thing to tap: exactly one of `payload` (opaque id), `url`, `tel`, `share`."""

    label: str
    payload: str | None = None
    url: str | None = None
    tel: str | None = None
    share: str | None = None


@dataclass(frozen=True)
class Reply:
    """One message to a person: the text is complete without card and buttons."""

    text: str
    card: dict[str, Any] | None = None
    buttons: tuple[Button, ...] = ()
    urgent: bool = False


@dataclass(frozen=True)
class Destination:
    """Where replies go: the channel's conversation address and, while fresh, its reply token.

    `received_at` is when the event reached us: LINE's token is trusted for 50 s from then.
    `retry_key` is a UUID that stays the same for every attempt of the same push.
    `uncertain`: an earlier attempt may have arrived (`SendLater.uncertain`, or the process died in it).
    `extra` is `Inbound.extra` of the event that is answered.
    """

    conversation: str
    retry_key: str
    reply_to: str | None = None
    received_at: datetime | None = None
    uncertain: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """How sending went. `repeated`: an answer was lost and the send may have arrived twice (counted).

    `parts` counts from the first message, as `already_sent` does.
    """

    parts: int
    repeated: int = 0


class SendRefused(Exception):
    """The channel will never take this (blocked by the person, chat gone, bad request): do not retry."""


class SendLater(Exception):
    """The channel did not take it now (429, 5xx, timeout); `after` seconds is the channel's own wish, if any.

    `parts_sent` is the next attempt's `already_sent`, `uncertain` its `Destination.uncertain`;
    `repeated` counts as in `Sent`.
    """

    def __init__(
        self,
        reason: str,
        after: float | None = None,
        parts_sent: int = 0,
        *,
        uncertain: bool = False,
        repeated: int = 0,
    ) -> None:
        super().__init__(reason)
        self.after = after
        self.parts_sent = parts_sent
        self.uncertain = uncertain
        self.repeated = repeated
