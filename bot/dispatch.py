"""Works the inbox: claims what is due, makes the answer, stores it, sends it; a crash at any step repeats safely."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot import conversations, metrics, taps
from bot.channels.port import Channel
from bot.inbox import Claimed, Inbox
from bot.messages import Destination, Reply, SendLater, SendRefused
from bot.noticing import Noticing
from bot.turn import Answer, TryAgain, Turns
from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.web import where

log = structlog.get_logger(__name__)

Rendered = list[dict[str, Any]]
SIDE_BY_SIDE = 8
LOOK_EVERY_SECONDS = 0.2
A_MOMENT_SECONDS = 0.7  # most answers are faster: the sign would come with them
# After each failed attempt; the last one ends in an apology (turn) or in the dead letters (sending).
WAITS = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 10, 20, 30, 60))


class Dispatcher:
    """Many conversations side by side, each in order."""

    def __init__(
        self,
        inbox: Inbox,
        database: Database,
        clock: Clock,
        turns: Turns,
        noticing: Noticing,
        channels: Mapping[str, Channel],
    ) -> None:
        self._inbox = inbox
        self._database = database
        self._clock = clock
        self._turns = turns
        self._noticing = noticing
        self._channels = channels
        self._running: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something new is in the inbox, or a place became free."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`; what is running then is finished first."""
        await self._inbox.free_own_leases()
        while not stop.is_set():
            self._wake.clear()
            free = SIDE_BY_SIDE - len(self._running)
            claimed = await self._claim(free) if free else []
            for one in claimed:
                task = asyncio.create_task(self._work(one))
                self._running.add(task)
                task.add_done_callback(self._done)
            if not claimed:
                try:
                    await asyncio.wait_for(self._wake.wait(), LOOK_EVERY_SECONDS)
                except TimeoutError:
                    continue
        if self._running:
            await asyncio.wait(self._running, timeout=8)

    async def _claim(self, free: int) -> list[Claimed]:
        try:
            return await self._inbox.claim(free)
        except Exception as error:  # noqa: BLE001 -- the loop must outlive a database that is away for a while
            log.error("claim failed", error=type(error).__name__, where=where(error))
            await asyncio.sleep(1)
            return []

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.wake()

    async def _work(self, claimed: Claimed) -> None:
        try:
            with metrics.TURN_SECONDS.time():
                await self.handle(claimed)
        except Exception as error:  # noqa: BLE001 -- one broken event must not stop the others; its lease runs out
            log.error("event failed", trace=claimed.id, error=type(error).__name__, where=where(error))
            metrics.TURNS.labels(claimed.inbound.channel, "error").inc()
            await self._fail(claimed)

    async def handle(self, claimed: Claimed) -> None:
        """One event from claim to done."""
        channel = self._channels.get(claimed.inbound.channel)
        if channel is None:
            await self._inbox.finish(claimed, "channel_not_configured", dead=True)
            return
        if claimed.answer is not None:
            await self._send(channel, claimed, claimed.answer, "answered")
            return
        try:
            answer = await self._answer(channel, claimed)
        except TryAgain as later:
            await self._hold(channel, claimed, later)
            return
        if answer is None:
            await self._inbox.finish(claimed, claimed.inbound.kind, forget=True)
            return
        rendered = await self._keep(channel, claimed, answer)
        if rendered is not None:
            await self._send(channel, claimed, rendered, answer.outcome, forget=answer.erased)

    async def _answer(self, channel: Channel, claimed: Claimed) -> Answer | None:
        """Make the answer; when that takes a moment, the channel shows that one is being made."""
        answering = asyncio.ensure_future(self._turns.answer(claimed))
        if claimed.inbound.kind in {"text", "tap"} and claimed.attempts == 1:
            await asyncio.wait([answering], timeout=A_MOMENT_SECONDS)
            if not answering.done():
                await channel.show_working(self._destination(claimed))
        return await answering

    async def _keep(self, channel: Channel, claimed: Claimed, answer: Answer) -> Rendered | None:
        """Store the rendered answer and what it brings with it; None when it is not ours to give any more."""
        return await self._database.together(lambda session: self._keep_in(session, channel, claimed, answer))

    def _keep_in(
        self, session: Session, channel: Channel, claimed: Claimed, answer: Answer
    ) -> Rendered | None:
        now = self._clock()
        person = None if answer.erased else answer.person
        late: list[Reply] = []
        if person is not None:
            late = self._noticing.take_undelivered(session, person, answer.language)
        rendered = channel.render([*answer.replies, *late])
        if not self._inbox.keep_answer(session, claimed, rendered, person):
            return None
        if person is not None:
            taps.store(session, answer.taps, person=person, conversation=claimed.conversation, now=now)
        if person is not None and answer.session is not None:
            conversations.note_turn(
                session,
                claimed.conversation,
                core_session=answer.session,
                person=person,
                in_form=answer.in_form,
                now=now,
            )
        if answer.session is None or late:
            conversations.note_shown(session, conversation=claimed.conversation)
        return rendered

    async def _send(
        self,
        channel: Channel,
        claimed: Claimed,
        rendered: Rendered,
        outcome: str,
        *,
        forget: bool = False,
    ) -> None:
        name = channel.name
        try:
            sent = await channel.send(self._destination(claimed), rendered, already_sent=claimed.sent_parts)
        except SendRefused:
            metrics.TURNS.labels(name, "refused").inc()
            await self._inbox.finish(claimed, "refused", dead=True, forget=forget)
        except SendLater as later:
            metrics.REPEATED_SENDS.labels(name).inc(later.repeated)
            if claimed.attempts > len(WAITS):
                metrics.TURNS.labels(name, "dead").inc()
                await self._inbox.finish(claimed, "not_delivered", dead=True, forget=forget)
                return
            wait = WAITS[claimed.attempts - 1]
            if later.after is not None:
                wait = max(wait, timedelta(seconds=later.after))
            await self._inbox.retry(
                claimed, wait, sent_parts=later.parts_sent, held=claimed.held, uncertain=later.uncertain
            )
        else:
            metrics.REPEATED_SENDS.labels(name).inc(sent.repeated)
            metrics.TURNS.labels(name, outcome).inc()
            await self._inbox.finish(claimed, outcome, forget=forget)

    async def _hold(self, channel: Channel, claimed: Claimed, later: TryAgain) -> None:
        """Say once that it takes longer, then try again; after the last attempt apologise."""
        if claimed.attempts > len(WAITS):
            await self._fail(claimed)
            return
        held = claimed.held
        if not held and later.holding:
            try:
                await channel.send(self._destination(claimed, suffix="/hold"), channel.render(later.holding))
                held = True  # what was shown before is still what this event answers
            except (SendLater, SendRefused) as error:
                log.warning("holding not sent", trace=claimed.id, error=type(error).__name__)
        await self._inbox.retry(claimed, WAITS[claimed.attempts - 1], sent_parts=0, held=held)

    async def _fail(self, claimed: Claimed) -> None:
        """After an unexpected error: try again, and in the end apologise and keep the dead letter."""
        if claimed.attempts <= len(WAITS):
            await self._inbox.retry(
                claimed, WAITS[claimed.attempts - 1], sent_parts=claimed.sent_parts, held=claimed.held
            )
            return
        channel = self._channels[claimed.inbound.channel]
        try:
            if claimed.answer is None:
                replies = self._turns.give_up(claimed)
                await channel.send(self._destination(claimed), channel.render(replies))
                await self._database.together(
                    lambda session: conversations.note_shown(session, conversation=claimed.conversation)
                )
        except (SendLater, SendRefused) as error:
            log.warning("apology not sent", trace=claimed.id, error=type(error).__name__)
        metrics.TURNS.labels(channel.name, "dead").inc()
        await self._inbox.finish(claimed, "given_up", dead=True)

    def _destination(self, claimed: Claimed, suffix: str = "") -> Destination:
        """A reply token serves once: after the holding message the answer is pushed."""
        inbound = claimed.inbound
        return Destination(
            conversation=inbound.conversation,
            retry_key=claimed.key_for(suffix),
            reply_to=None if claimed.held else inbound.reply_to,
            received_at=claimed.received_at,
            uncertain=claimed.uncertain and not suffix,
            extra=inbound.extra | {"event": inbound.event_id},
        )
