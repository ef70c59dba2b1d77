"""Which sources are switched on, by settings alone; with none there is no queue, no job and no socket."""

from datetime import timedelta

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.jobs import Job
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.registry.late.domain_age import DomainAge, read_servers
from services.registry.late.port import DOMAIN_AGE, SAFE_BROWSING, SHORT_LINK, Adapter
from services.registry.late.rejudging import Tools, judge_found
from services.registry.late.safe_browsing import SafeBrowsing
from services.registry.late.short_links import ShortLinks
from services.registry.late.working import look_up_due

EVERY = timedelta(seconds=5)


def enabled_kinds(settings: Settings) -> frozenset[str]:
    """What may be looked up."""
    switches = {
        SHORT_LINK: settings.expand_short_links,
        DOMAIN_AGE: bool(settings.rdap_url),
        SAFE_BROWSING: bool(settings.safe_browsing_key),
    }
    return frozenset(kind for kind, is_on in switches.items() if is_on)


def adapters_of(settings: Settings) -> dict[str, Adapter]:
    """The sources that are switched on; none opens a socket before it is asked."""
    adapters: dict[str, Adapter] = {}
    if settings.expand_short_links:
        adapters[SHORT_LINK] = ShortLinks()
    if settings.rdap_url:
        adapters[DOMAIN_AGE] = DomainAge(read_servers(settings.rdap_url))
    if settings.safe_browsing_key:
        adapters[SAFE_BROWSING] = SafeBrowsing(settings.safe_browsing_base, settings.safe_browsing_key)
    return adapters


def late_jobs(settings: Settings, database: Database, vault: Vault, clock: Clock) -> tuple[Job, ...]:
    """One job when something is switched on: look up what is due, then judge again what that changed."""
    adapters = adapters_of(settings)
    if not adapters:
        return ()
    tools = Tools(database, vault, clock, frozenset(adapters))

    async def work_off() -> None:
        await look_up_due(database, clock, adapters)
        await judge_found(tools)

    return (Job("late_evidence", EVERY, work_off),)
