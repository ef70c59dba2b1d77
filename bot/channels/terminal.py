"""The terminal: JSON lines from `lianfang chat` in; a hub carries answers and pushes to open connections."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.body import id_in, read_object, text_in, well_formed
from bot.channels.port import BadRequest
from bot.messages import Destination, Inbound, InboundKind, Reply, Sent

KINDS: tuple[InboundKind, ...] = ("text", "tap", "image")
PUSHES_KEPT = 50  # for each user without a connection, oldest dropped
USERS_KEPT = 1000


@dataclass(frozen=True)
class Delivery:
    """Messages for one user; `event` is the line they answer, None for a push."""

    conversation: str
    event: str | None
    messages: tuple[dict[str, Any], ...]


Connection = asyncio.Queue[Delivery]


class TerminalHub:
    """Who is connected: a connection may speak for many users; a user's newest one gets the messages."""

    def __init__(self) -> None:
        self._connections: dict[str, Connection] = {}
        self._kept: OrderedDict[str, deque[Delivery]] = OrderedDict()

    def register(self, conversation: str, connection: Connection) -> None:
        """Every line says who speaks, so this is called for every line; what was kept comes first."""
        self._connections[conversation] = connection
        for delivery in self._kept.pop(conversation, ()):
            self._hand_over(delivery)

    def unregister(self, connection: Connection) -> None:
        """The connection is closed: its users' messages are kept from now on."""
        self._connections = {
            conversation: other
            for conversation, other in self._connections.items()
            if other is not connection
        }

    def deliver(self, conversation: str, event: str | None, messages: Sequence[dict[str, Any]]) -> None:
        self._hand_over(Delivery(conversation, event, tuple(messages)))

    def _hand_over(self, delivery: Delivery) -> None:
        connection = self._connections.get(delivery.conversation)
        if connection is None or connection.full():
            self._keep(delivery)
        else:
            connection.put_nowait(delivery)

    def _keep(self, delivery: Delivery) -> None:
        kept = self._kept.setdefault(delivery.conversation, deque(maxlen=PUSHES_KEPT))
        kept.append(delivery)
        self._kept.move_to_end(delivery.conversation)
        while len(self._kept) > USERS_KEPT:
            self._kept.popitem(last=False)


class Terminal:
    """The terminal channel: loopback only, no signature, no roles; left out in production."""

    name = "terminal"

    def __init__(self, hub: TerminalHub) -> None:
        self._hub = hub

    def parse(
        self,
        headers: Mapping[str, str],  # noqa: ARG002 -- a terminal has none; the port passes them
        body: bytes,
        received_at: datetime,
    ) -> tuple[list[Inbound], int]:
        """One JSON object a line. `id` is the client's own and unique for ever: it is the dedupe key."""
        return [_parse_line(line, received_at) for line in body.splitlines() if line.strip()], 0

    def render(self, replies: Sequence[Reply]) -> list[dict[str, Any]]:
        """Only taps become buttons: numbers and links are in the text, and a terminal can copy them."""
        return [
            {
                "text": well_formed(reply.text),
                "card": reply.card,
                "buttons": [
                    {"label": button.label, "payload": button.payload}
                    for button in reply.buttons
                    if button.payload is not None
                ],
            }
            for reply in replies
        ]

    async def send(
        self, to: Destination, messages: Sequence[dict[str, Any]], *, already_sent: int = 0
    ) -> Sent:
        rest = messages[already_sent:]
        if rest:
            self._hub.deliver(to.conversation, to.reply_to, rest)
        return Sent(parts=max(already_sent, len(messages)))

    async def show_working(self, to: Destination) -> None:
        """A terminal shows it by itself."""

    async def profile_language(self, person: str) -> str | None:  # noqa: ARG002 -- a terminal has no profile
        return None

    async def start(self) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""


def _parse_line(line: bytes, received_at: datetime) -> Inbound:
    said = read_object(line)
    user, event_id = text_in(said, "user"), id_in(said, "id")
    given = [(kind, said_text) for kind in KINDS if (said_text := text_in(said, kind)) is not None]
    if not user or event_id is None or len(given) != 1:
        raise BadRequest("not a line of the terminal client")
    kind, content = given[0]
    return Inbound(
        channel="terminal",
        event_id=event_id,
        kind=kind,
        conversation=user,
        person=user,
        is_group=False,
        sent_at=received_at,
        message_id=event_id,
        reply_to=event_id,
        text=content if kind == "text" else None,
        tap=content if kind == "tap" else None,
    )
