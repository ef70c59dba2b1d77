"""Delivering to LINE: reply while the token lives, push otherwise, and nothing twice when an answer is lost.

Reply:     https://developers.line.biz/en/reference/messaging-api/#send-reply-message
Push:      https://developers.line.biz/en/reference/messaging-api/#send-push-message
Retry key: https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
"""

import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

import aiohttp
from linebot.v3.messaging import (  # type: ignore[import-untyped]
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    Message,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
)
from pydantic.v1 import ValidationError

from bot.channels.line_messages import MESSAGES_PER_CALL
from bot.messages import Destination, SendLater, SendRefused, Sent
from lianfang.clock import Clock

LINE_API = "https://api.line.me"
TIMEOUT = aiohttp.ClientTimeout(total=5)  # the SDK's own is 300 s
WORKING_TIMEOUT = aiohttp.ClientTimeout(total=2)  # the answer must not wait for a decoration
CONNECTIONS = 64  # the SDK's own is 5 for each processor
TOKEN_TRUSTED = timedelta(seconds=50)  # a token lives one minute from the webhook
TOKEN_SURELY_ALIVE = timedelta(seconds=30)  # called invalid before that, it was used: by our own lost attempt
LOADING_SECONDS = 20  # a multiple of 5, 5 to 60; a message ends it earlier
INVALID_TOKEN = "invalid reply token"  # noqa: S105 -- LINE's words in the 400, lower-cased

Fate = Literal["taken", "lost", "not_sent", "too_fast", "unauthorized", "token_dead", "refused"]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one call; `after` is LINE's Retry-After."""

    fate: Fate
    status: int | None = None
    after: float | None = None


class LineDelivery:
    """Sends rendered messages; holds the SDK's client between start and stop."""

    def __init__(self, access_token: str, api_base: str, clock: Clock) -> None:
        self._configuration = Configuration(host=api_base.rstrip("/"), access_token=access_token)
        self._configuration.connection_pool_maxsize = CONNECTIONS
        self._clock = clock
        self._client: Any = None
        self._api: Any = None

    async def start(self) -> None:
        self._client = AsyncApiClient(self._configuration)
        self._api = AsyncMessagingApi(self._client)

    async def stop(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def send(self, to: Destination, messages: Sequence[dict[str, Any]], already_sent: int) -> Sent:
        sent, repeated = already_sent, int(already_sent == 0 and to.uncertain and to.reply_to is not None)
        if sent == 0 and messages and self._token_age(to) < TOKEN_TRUSTED:
            batch = messages[:MESSAGES_PER_CALL]
            arrived, repeated = await self._reply(to, batch)
            sent = len(batch) if arrived else 0
        while sent < len(messages):
            batch = messages[sent : sent + MESSAGES_PER_CALL]
            await self._push(to, batch, sent, repeated)
            sent += len(batch)
        return Sent(parts=sent, repeated=repeated)

    async def show_working(self, to: Destination) -> None:
        if to.conversation.startswith("U"):  # LINE refuses it in groups and rooms
            request = ShowLoadingAnimationRequest(chatId=to.conversation, loadingSeconds=LOADING_SECONDS)
            await _judge(self._api.show_loading_animation(request, _request_timeout=WORKING_TIMEOUT))

    async def profile_language(self, person: str) -> str | None:
        """LINE tells it only for those who agreed to share it; a failure is as good as not knowing."""
        try:
            profile = await self._api.get_profile(person, _request_timeout=WORKING_TIMEOUT)
        except (ApiException, aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return None
        return str(profile.language) if profile.language else None

    def _token_age(self, to: Destination) -> timedelta:
        if to.reply_to is None or to.received_at is None:
            return timedelta.max
        return self._clock() - to.received_at

    async def _reply(self, to: Destination, batch: Sequence[dict[str, Any]]) -> tuple[bool, int]:
        """Whether the batch arrived (else it is to be pushed), and how many may now arrive twice."""
        request = ReplyMessageRequest(replyToken=to.reply_to, messages=_models(batch))
        uncertain, may_repeat = to.uncertain, 0
        for _ in range(2):
            age = self._token_age(to)
            outcome = await _judge(self._api.reply_message(request, _request_timeout=TIMEOUT))
            if outcome.fate == "taken":
                return True, 0
            if outcome.fate == "token_dead":
                used_by_us = uncertain and age < TOKEN_SURELY_ALIVE
                may_repeat = int(uncertain and not used_by_us)
                return used_by_us, may_repeat
            if outcome.fate != "lost":
                break
            uncertain = True
        raise _failure(outcome, parts_sent=0, uncertain=uncertain)

    async def _push(
        self, to: Destination, batch: Sequence[dict[str, Any]], start: int, repeated: int
    ) -> None:
        """A repeat is harmless: LINE answers 409 to a retry key it has already accepted."""
        request = PushMessageRequest(to=to.conversation, messages=_models(batch))
        key = to.retry_key if start == 0 else str(uuid5(UUID(to.retry_key), str(start)))
        for _ in range(2):
            call = self._api.push_message(request, x_line_retry_key=key, _request_timeout=TIMEOUT)
            outcome = await _judge(call)
            if outcome.fate == "taken":
                return
            if outcome.fate != "lost":
                break
        raise _failure(outcome, parts_sent=start, repeated=repeated)


def _models(batch: Sequence[dict[str, Any]]) -> list[Any]:
    return [Message.from_dict(message) for message in batch]


async def _judge(call: Awaitable[object]) -> Outcome:
    try:
        await call
    except ApiException as error:
        return _judge_refusal(error)
    except ValidationError:
        return Outcome("taken")  # 2xx, only its body is not what the SDK expects
    except aiohttp.ClientConnectorError:
        return Outcome("not_sent")
    except (aiohttp.ClientError, TimeoutError, OSError, UnicodeDecodeError):
        return Outcome("lost")
    return Outcome("taken")


def _judge_refusal(error: Any) -> Outcome:
    status = int(error.status or 0)
    fates: dict[int, Fate] = {401: "unauthorized", 409: "taken", 429: "too_fast"}
    fate = fates.get(status, "lost" if status >= 500 else "refused")
    if status == 400 and INVALID_TOKEN in str(error.body).lower():
        fate = "token_dead"
    return Outcome(fate, status, _seconds((error.headers or {}).get("Retry-After")))


def _seconds(header: str | None) -> float | None:
    return float(header) if header is not None and header.isdecimal() else None


def _failure(
    outcome: Outcome, *, parts_sent: int, uncertain: bool = False, repeated: int = 0
) -> SendRefused | SendLater:
    """401 is our own misconfiguration, not the message's fault: kept for when the operator has mended it."""
    reason = f"line_{outcome.fate}" + (f"_{outcome.status}" if outcome.status else "")
    log.warning("LINE did not take a message", extra={"reason": reason})
    if outcome.fate in {"refused", "token_dead"}:
        return SendRefused(reason)
    return SendLater(reason, outcome.after, parts_sent, uncertain=uncertain, repeated=repeated)
