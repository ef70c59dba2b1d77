"""The worker of deliveries: leased rows, posted outside any transaction, each at least once until answered."""

import asyncio
from collections.abc import Mapping

import structlog
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.web import where
from services.partners.answers import outcome, wait
from services.partners.deliveries import Handler, end
from services.partners.due import AT_ONCE, lease, something_due, too_old
from services.partners.models import DeliveryRow, Partner
from services.partners.posting import BUDGET_SECONDS, Posted, Poster, Posting

log = structlog.get_logger(__name__)

LOOK_EVERY_SECONDS = 1.0


class Delivering:
    """Tells partners what waits for them; `answered` says by kind what an end means.

    `loopback` allows partners on this machine over plain http (development, sandbox).
    """

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Clock,
        answered: Mapping[str, Handler],
        *,
        loopback: bool,
        budget: float = BUDGET_SECONDS,
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._answered = answered
        self._poster = Poster(clock, loopback=loopback, budget=budget)

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until `stop`."""
        while not stop.is_set():
            tried = 0
            try:
                tried = await self.send_due()
            except Exception as error:  # noqa: BLE001 -- the loop must outlive a database that is away for a while
                log.error("deliveries failed", error=type(error).__name__, where=where(error))
            try:
                await asyncio.wait_for(stop.wait(), 0 if tried == AT_ONCE else LOOK_EVERY_SECONDS)
            except TimeoutError:
                continue
        await self.close()

    async def send_due(self) -> int:
        """One round, all side by side; returns how many deliveries were tried."""
        now = self._clock()
        if not await self._database.look(lambda session: something_due(session, now)):
            return 0
        for late in await self._database.look(lambda session: too_old(session, now)):
            await self._note(late, None)
        due = await self._database.together(lambda session: lease(session, now))
        await asyncio.gather(*(self._send(row, partner) for row, partner in due))
        return len(due)

    async def close(self) -> None:
        await self._poster.close()

    async def _send(self, row: DeliveryRow, partner: Partner) -> None:
        try:
            posting = self._posting(row, partner)
        except Exception as error:  # noqa: BLE001 -- one that no key opens must not hold up the others
            log.error("delivery unreadable", kind=row.kind, error=type(error).__name__, where=where(error))
            return
        await self._note(row.id, await self._poster.post(posting))

    def _posting(self, row: DeliveryRow, partner: Partner) -> Posting:
        return Posting(
            delivery=row.id,
            url=partner.webhook_url or "",
            secret=self._vault.decrypt(partner.webhook_secret or b""),
            kind=row.kind,
            created_at=row.created_at,
            data=self._vault.decrypt_json(row.body or b""),
        )

    async def _note(self, delivery: str, posted: Posted | None) -> None:
        """Write down what came of it; `posted` None: too old, given up."""

        def note(session: Session) -> None:
            row = session.get(DeliveryRow, delivery, with_for_update=True)
            if row is None or row.state != "waiting":  # another process was faster
                return
            now = self._clock()
            if posted is None:
                end(session, row, "given_up", now, self._answered)
                return
            row.answer_code, became = posted.status, outcome(posted.status, posted.answer)
            if became == "again":
                row.not_before = now + wait(row.attempts, posted.headers, now)
            else:
                end(session, row, became, now, self._answered, posted.answer)

        try:
            await self._database.together(note)
        except Exception as error:  # noqa: BLE001 -- it stays waiting and comes round again; others are not held up
            log.error("delivery not noted", error=type(error).__name__, where=where(error))
