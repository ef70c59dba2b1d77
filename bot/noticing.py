"""Sends notices: to the channel the case was opened on, else the last used, never to a group."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import conversations, metrics
from bot.channels.port import Channel
from bot.messages import Destination, Reply, SendLater, SendRefused
from bot.speech import Speech
from lianfang.client import ServiceUnavailable
from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.notices import Notice
from lianfang.privacy import Vault
from lianfang.web import where
from lianfang.words import Words
from services.people.client import PeopleClient

log = structlog.get_logger(__name__)

LOOK_EVERY_SECONDS = 1.0
AT_ONCE = 20
LEASE = timedelta(seconds=60)
LONGEST_WAIT = timedelta(minutes=30)
MOST_ATTEMPTS = 12


class Noticing:
    """The outbox's worker: leased rows, retried with growing waits, kept for the next contact if undeliverable."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Clock,
        words: Words,
        operator: str,
        people: PeopleClient,
        channels: Mapping[str, Channel],
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._words = words
        self._operator = operator
        self._people = people
        self._channels = channels

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until `stop`."""
        while not stop.is_set():
            try:
                await self.send_due()
            except Exception as error:  # noqa: BLE001 -- the loop must outlive a database that is away for a while
                log.error("notices failed", error=type(error).__name__, where=where(error))
            try:
                await asyncio.wait_for(stop.wait(), LOOK_EVERY_SECONDS)
            except TimeoutError:
                continue

    async def send_due(self) -> int:
        """One round; returns how many notices were tried."""
        now = self._clock()
        async with self._database.write() as session:
            expired = update(Notice).where(Notice.state == "waiting", Notice.expires <= now)
            await session.execute(expired.values(state="expired"))
            due = (
                select(Notice)
                .where(Notice.state == "waiting", Notice.not_before <= now)
                .order_by(Notice.urgent.desc(), Notice.id)
                .limit(AT_ONCE)
                .with_for_update(skip_locked=True)
            )
            notices = (await session.scalars(due)).all()
            for notice in notices:
                notice.not_before = now + LEASE  # ours until then
                notice.attempts += 1
        for notice in notices:
            await self._send(notice)
        return len(notices)

    async def _send(self, notice: Notice) -> None:
        try:
            reached = await self._people.reach(notice.person, notice.channel)
            if reached is None or reached.channel not in self._channels:
                await self._set(notice, "undeliverable")
                return
            channel = self._channels[reached.channel]
            reply = self._words_of(notice, reached.language)
            to = Destination(conversation=reached.address, retry_key=notice.retry_key)
            await channel.send(to, channel.render([reply]), already_sent=notice.sent_parts)
        except SendRefused:
            await self._set(notice, "undeliverable")
        except (SendLater, ServiceUnavailable) as later:
            wait = min(timedelta(seconds=2**notice.attempts), LONGEST_WAIT)
            parts = notice.sent_parts
            if isinstance(later, SendLater):
                wait = max(wait, timedelta(seconds=later.after or 0))
                parts = later.parts_sent
            state = "waiting" if notice.attempts < MOST_ATTEMPTS else "undeliverable"
            await self._set(notice, state, not_before=self._clock() + wait, sent_parts=parts)
        else:
            await self._set(notice, "sent")
            await self._database.together(
                lambda session: conversations.note_shown(session, person=notice.person)
            )

    def _words_of(self, notice: Notice, language: str) -> Reply:
        speech = Speech(self._words, language, self._operator)
        return speech.plain(notice.key, self._vault.decrypt_json(notice.params), urgent=notice.urgent)

    async def _set(self, notice: Notice, state: str, **values: datetime | int) -> None:
        async with self._database.write() as session:
            await session.execute(
                update(Notice)
                .where(Notice.id == notice.id, Notice.state == "waiting")
                .values(state=state, **values)
            )
        metrics.NOTICES.labels(state).inc()

    def take_undelivered(self, session: Session, person: str, language: str) -> list[Reply]:
        """What could not be sent to a person before: shown with the answer that `session` stores."""
        waiting = select(Notice).where(
            Notice.person == person, Notice.state == "undeliverable", Notice.expires > self._clock()
        )
        replies = []
        for notice in session.scalars(waiting.order_by(Notice.id)).all():
            replies.append(self._words_of(notice, language))
            notice.state = "sent"
        return replies
