"""Fills a database: people and partners first, then sixty days of stories, then whatever a running chain would have done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cli.demo.campaigns import campaign_stories
from cli.demo.days import Story, play
from cli.demo.lock_ways import lock_stories
from cli.demo.partners import change_keys, join_partners
from cli.demo.people import Opened, invite_more, join_merchants, open_accounts, settle
from cli.demo.registry import registry_story
from cli.demo.reports import report_stories
from cli.demo.town import Moved, Town
from lianfang import retention
from lianfang.database import Database
from lianfang.notices import Notice
from lianfang.privacy import Vault
from services.cases.case import Case
from services.console.figures.counting import figures_job
from services.locks.importing import load_shipped_issuers
from services.registry.seeding import load_seed

BEGINS = timedelta(days=60)


@dataclass(frozen=True)
class Filled:
    """The accounts, and how many cases there are now by (lane, state)."""

    accounts: list[Opened]
    cases: dict[tuple[str, str], int]


async def cases_in(database: Database) -> dict[tuple[str, str], int]:
    """How many cases there are, by (lane, state)."""
    counted = select(Case.lane, Case.state, func.count()).group_by(Case.lane, Case.state)
    rows = await database.look(lambda session: session.execute(counted.order_by(Case.lane, Case.state)).all())
    return {(lane, state): count for lane, state, count in rows}


async def fill(
    database: Database,
    vault: Vault,
    end: datetime,
    seed: int,
    report: Callable[[str], None],
    *,
    share: float = 1.0,
) -> Filled:
    """Sixty days up to `end` in a migrated database; the same for the same seed and end, but for ids and secrets."""
    clock = Moved(end - BEGINS)
    await load_seed(database, clock)
    await load_shipped_issuers(database, clock)
    rng = Random(seed)  # noqa: S311 -- what people do, no secret
    town = Town(database, vault, clock, end, rng, first=sum((await cases_in(database)).values()), share=share)
    report("opening accounts …")
    accounts = await open_accounts(town)
    await settle(town)
    await join_partners(town)
    merchants = await join_merchants(town)
    stories: list[Story] = [
        *report_stories(town, merchants),
        *lock_stories(town),
        *campaign_stories(town),
        registry_story(town),
        _admins_days(town),
    ]
    report("letting sixty days pass …")
    await play(town, stories)
    await town.do(lambda session: _all_were_told(session, town.people))
    await figures_job(database, clock).run()
    await retention.enforce(database, clock)
    return Filled(accounts, await cases_in(database))


async def _admins_days(town: Town) -> Story:
    yield town.ago(24 * 6)
    await change_keys(town)
    yield town.ago(20)
    await invite_more(town)


def _all_were_told(session: Session, people: list[str]) -> None:
    """Nobody of the demo has a telephone: a chain that starts on this database sends them nothing."""
    session.execute(
        update(Notice).where(Notice.state == "waiting", Notice.person.in_(people)).values(state="sent")
    )
