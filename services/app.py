"""The services process: the internal API on loopback, the public listener, and the jobs that come round."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog
from aiohttp import web

from lianfang import events, retention
from lianfang.clock import Clock, utc_now
from lianfang.database import Database
from lianfang.jobs import Job, keep_running
from lianfang.privacy import Vault
from lianfang.settings import Settings
from lianfang.web import CLOCK, DATABASE, MAX_BODY_BYTES, VAULT, bearer, problems
from services.cases import api as cases
from services.cases.deadlines import Lanes, deadline_job
from services.console.app import build_console
from services.console.figures.counting import figures_job
from services.locks import api as locks
from services.locks import public as locks_public
from services.locks.answers import handlers as lock_answers
from services.locks.jobs import lock_jobs
from services.locks.lane import LOCK
from services.partners.deliveries import Handler
from services.partners.delivering import Delivering
from services.people import api as people
from services.registry import api as registry
from services.registry.campaigns import api as campaigns
from services.registry.late.switches import enabled_kinds, late_jobs
from services.reports import api as reports
from services.reports.attachments import AttachmentStore
from services.reports.hotline import handlers as hotline_answers
from services.reports.lanes import LANES as REPORT_LANES

log = structlog.get_logger(__name__)

HEALTH = "/healthz"
LANES: Lanes = {lane.name: lane for lane in (LOCK, *REPORT_LANES.values())}


def build_internal_app(settings: Settings, database: Database, vault: Vault, clock: Clock) -> web.Application:
    """Routes for our own processes, behind the internal key."""
    app = web.Application(
        middlewares=[problems, bearer(settings.internal_key, open_paths=frozenset({HEALTH}))],
        client_max_size=MAX_BODY_BYTES,
    )
    app[DATABASE], app[VAULT], app[CLOCK] = database, vault, clock
    app[registry.LATE] = enabled_kinds(settings)
    app[cases.LANES] = LANES
    app[locks.PUBLIC_URL] = settings.public_url
    app[reports.ATTACHMENTS] = attachments(settings, database, vault, clock)
    app.router.add_get(HEALTH, healthy)
    app.add_routes(cases.routes)
    app.add_routes(locks.routes)
    app.add_routes(people.routes)
    app.add_routes(registry.routes)
    app.add_routes(campaigns.routes)
    app.add_routes(reports.routes)
    return app


def build_public_app(
    database: Database, vault: Vault, clock: Clock, settings: Settings | None = None
) -> web.Application:
    """What the internet may see; the console, partner API and pages come with their lanes."""
    known = settings or Settings()
    app = web.Application(middlewares=[problems], client_max_size=MAX_BODY_BYTES)
    app[DATABASE], app[VAULT], app[CLOCK] = database, vault, clock
    app[locks_public.SITE] = locks_public.Site(known.public_url, known.operator)
    app.router.add_get(HEALTH, healthy)
    app.add_routes(locks_public.routes)
    app.add_subapp("/console", build_console(known, database, vault, clock))
    return app


def answered(vault: Vault, clock: Clock) -> Mapping[str, Handler]:
    """What the end of a delivery to a partner means, by kind."""
    return {**lock_answers(vault, clock), **hotline_answers(vault, clock)}


def attachments(settings: Settings, database: Database, vault: Vault, clock: Clock) -> AttachmentStore:
    """Pictures of cases, in the data folder."""
    return AttachmentStore(settings.data_dir / "attachments", database, vault, clock)


async def healthy(_request: web.Request) -> web.Response:
    """200 while the process serves."""
    return web.json_response({"status": "ok"})


def jobs_of(database: Database, clock: Clock) -> tuple[Job, ...]:
    """Retention every ten minutes, seals each minute (design rules 8 and 10)."""

    async def enforce_retention() -> None:
        touched = await retention.enforce(database, clock)
        for table, rows in touched.items():
            log.info("retention", table=table, rows=rows)

    async def seal_history() -> None:
        async with database.write() as session:
            await events.seal(session, clock())

    return (
        Job("retention", timedelta(minutes=10), enforce_retention),
        Job("seal", timedelta(minutes=1), seal_history),
    )


def all_jobs(settings: Settings, database: Database, vault: Vault, clock: Clock) -> tuple[Job, ...]:
    """What comes round in this process."""
    return (
        *jobs_of(database, clock),
        deadline_job(database, vault, clock, LANES),
        figures_job(database, clock),
        *lock_jobs(database, vault, clock),
        attachments(settings, database, vault, clock).job(),
        *late_jobs(settings, database, vault, clock),
    )


async def run_services(settings: Settings, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """Serve until `stop` is set; the database must be migrated."""
    database = Database(settings.database_url)
    vault = Vault(settings.secret_keys, settings.index_keys)
    runners = [
        await _listen(
            build_internal_app(settings, database, vault, clock), "127.0.0.1", settings.services_port
        ),
        await _listen(build_public_app(database, vault, clock, settings), "127.0.0.1", settings.public_port),
    ]
    every = all_jobs(settings, database, vault, clock)
    delivering = Delivering(
        database, vault, clock, answered(vault, clock), loopback=not settings.is_production
    )
    jobs = asyncio.create_task(keep_running(database, clock, every, stop))
    deliveries = asyncio.create_task(delivering.run(stop))
    log.info("services up", port=settings.services_port)
    try:
        await stop.wait()
        await asyncio.gather(jobs, deliveries)
    finally:
        for runner in runners:
            await runner.cleanup()
        await database.close()


async def _listen(app: web.Application, host: str, port: int) -> web.AppRunner:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
