"""Delivering to Telegram: one call a message, repeated only when its answer was lost, and then counted.

Calls:   https://core.telegram.org/bots/api#making-requests
Limits:  https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Sequence
from typing import Any

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.messages import Destination, SendLater, SendRefused, Sent

TELEGRAM_API = "https://api.telegram.org"
TIMEOUT = 5.0
DECORATION_TIMEOUT = 2.0  # "typing" and the spinner of a button: the answer must not wait for them
CONNECTIONS = 64
# httpx's words for a request that never left; anything else may have arrived
NEVER_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})

log = logging.getLogger(__name__)


class NotSent(TelegramError):
    """The request never left us."""


class AnswerLost(TelegramError):
    """The request may have been carried out: timeout, broken connection, 5xx."""


class TooFast(TelegramError):
    """429; `after` is Telegram's retry_after in seconds."""

    def __init__(self, after: float | None) -> None:
        super().__init__("too fast")
        self.after = after


class JudgingRequest(HTTPXRequest):
    """PTB's transport, telling apart what PTB calls NetworkError, within one budget for the whole call."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(TIMEOUT):
                status, payload = await super().do_request(*args, **kwargs)
        except TimeoutError as error:
            raise AnswerLost("timeout") from error
        except NetworkError as error:
            cause = type(error.__cause__).__name__
            raise (NotSent if cause in NEVER_LEFT else AnswerLost)(cause) from error
        if status == 429:
            raise TooFast(_retry_after(payload))
        if status >= 500:
            raise AnswerLost(str(status))
        return status, payload


def _retry_after(payload: bytes) -> float | None:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return None


class TelegramDelivery:
    """Sends rendered messages; holds PTB's bot between start and stop.

    The bot is not initialised: that would ask Telegram who we are, and a start must not depend on Telegram.
    """

    def __init__(self, bot_token: str, api_base: str) -> None:
        self._token = bot_token
        self._base = api_base.rstrip("/")
        self._bot: Any = None
        self._request: HTTPXRequest | None = None

    async def start(self) -> None:
        self._request = JudgingRequest(
            connection_pool_size=CONNECTIONS,
            connect_timeout=TIMEOUT,
            read_timeout=TIMEOUT,
            write_timeout=TIMEOUT,
            pool_timeout=TIMEOUT,
        )
        self._bot = ExtBot(
            self._token,
            base_url=f"{self._base}/bot",
            base_file_url=f"{self._base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
            # groups get one sentence from us: their limit would only hold a worker for a minute
            rate_limiter=AIORateLimiter(group_max_rate=0),
        )

    async def stop(self) -> None:
        if self._request is not None:
            await self._request.shutdown()

    async def send(self, to: Destination, messages: Sequence[dict[str, Any]], already_sent: int) -> Sent:
        query_id = to.extra.get("callback_query_id")
        if query_id is not None and already_sent == 0 and not to.uncertain:
            await self._stop_the_buttons_spinner(query_id)
        repeated = int(to.uncertain and already_sent < len(messages))
        for number in range(already_sent, len(messages)):
            repeated += await self._send_one(to, messages[number], number, repeated)
        return Sent(parts=max(already_sent, len(messages)), repeated=repeated)

    async def show_working(self, to: Destination) -> None:
        try:
            async with asyncio.timeout(DECORATION_TIMEOUT):
                await self._bot.send_chat_action(to.conversation, "typing")
        except (TelegramError, TimeoutError) as error:
            log.info("Telegram took no chat action", extra={"reason": type(error).__name__})

    async def _stop_the_buttons_spinner(self, query_id: str) -> None:
        try:
            async with asyncio.timeout(DECORATION_TIMEOUT):
                await self._bot.answer_callback_query(query_id)
        except (
            TelegramError,
            TimeoutError,
        ) as error:  # too old, or slow: the answer matters more
            log.info("Telegram took no callback answer", extra={"reason": type(error).__name__})

    async def _send_one(self, to: Destination, message: dict[str, Any], number: int, repeated: int) -> int:
        """How often the message was repeated after a lost answer: 0 or 1."""
        try:
            await self._call(to, message)
        except AnswerLost:
            pass
        except TelegramError as error:
            raise _failure(error, number, repeated) from error
        else:
            return 0
        try:
            await self._call(to, message)
        except TelegramError as error:
            raise _failure(error, number, repeated + 1, uncertain=True) from error
        return 1

    async def _call(self, to: Destination, message: dict[str, Any]) -> None:
        markup = InlineKeyboardMarkup.de_json(message["reply_markup"]) if "reply_markup" in message else None
        await _taken(self._bot.send_message(to.conversation, message["text"], reply_markup=markup))


async def _taken(call: Awaitable[object]) -> None:
    try:
        await call
    except (TypeError, KeyError, AttributeError, ValueError, TelegramError) as error:
        if isinstance(error, TelegramError) and type(error) is not TelegramError:
            raise
        # 2xx, only the message in it is not what PTB expects: sending again would show it twice
        log.warning("Telegram's answer could not be read")


def _failure(
    error: TelegramError, number: int, repeated: int, *, uncertain: bool = False
) -> SendRefused | SendLater:
    """A refused token (401, 404) is our own misconfiguration: the message is kept until it is mended."""
    reason = f"telegram_{type(error).__name__}"
    log.warning("Telegram did not take a message", extra={"reason": reason})
    if isinstance(error, (Forbidden, BadRequest, ChatMigrated)):
        return SendRefused(reason)
    after = error.after if isinstance(error, TooFast) else None
    return SendLater(reason, after, number, uncertain=uncertain, repeated=repeated)
