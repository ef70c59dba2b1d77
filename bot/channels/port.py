"""What a channel must offer the gateway: parse without IO, render without IO, send."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.messages import Destination, Inbound, Reply, Sent


class BadSignature(Exception):
    """The request does not prove that it comes from the channel; `status` is 401 (missing) or 403 (wrong)."""

    def __init__(self, status: int) -> None:
        super().__init__("signature")
        self.status = status


class BadRequest(Exception):
    """The body is not what the channel sends (not UTF-8, not JSON, not its shape)."""


class Channel(Protocol):
    """One messaging service. Rendered messages are plain JSON: they can be stored and sent later."""

    name: str

    def parse(
        self, headers: Mapping[str, str], body: bytes, received_at: datetime
    ) -> tuple[list[Inbound], int]:
        """Events in their order, and how many were of a kind we do not know (counted, not stored).

        Raises BadSignature before anything is read from the body, BadRequest when it is not the channel's.
        """
        ...

    def render(self, replies: Sequence[Reply]) -> list[dict[str, Any]]:
        """The channel's own messages, within its limits; a button kind it lacks is already in the text."""
        ...

    async def send(
        self, to: Destination, messages: Sequence[dict[str, Any]], *, already_sent: int = 0
    ) -> Sent:
        """Send the rendered messages from number `already_sent` on. Raises SendRefused or SendLater."""
        ...

    async def show_working(self, to: Destination) -> None:
        """Show that an answer is being made, where the channel can; never raises for its refusal."""
        ...

    async def profile_language(self, person: str) -> str | None:
        """The app's language for this person as a BCP 47 tag, where the channel must be asked; None if unknown."""
        ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...
