"""Puts the console together as an application of its own, to be hung under /console of the public listener."""

from collections.abc import Mapping

from aiohttp import web

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from lianfang.web import CLOCK, DATABASE, VAULT
from services.console import (
    accounts,
    audit,
    campaigns,
    case,
    figures_page,
    hand_over,
    indicators,
    join,
    limits,
    log_in,
    me,
    partners,
    pictures,
    queues,
)
from services.console.asked import ATTACHMENTS, DESKS, LOOPBACK, OPERATOR, SECURE
from services.console.desk import Desk
from services.console.desks import DESKS as ALL_DESKS
from services.console.guarding import guard
from services.console.registry import announcements, changes, organisations, proposals
from services.reports.attachments import AttachmentStore

MODULES = (
    log_in, join, me, queues, case, pictures, hand_over, campaigns, indicators, organisations, changes, proposals,
    announcements, accounts, partners, limits, audit, figures_page,
)  # fmt: skip


def build_console(
    settings: Settings, database: Database, vault: Vault, clock: Clock, desks: Mapping[str, Desk] = ALL_DESKS
) -> web.Application:
    """Cookies are marked Secure unless this is a development server without TLS."""
    app = web.Application(middlewares=[guard])
    app[DATABASE], app[VAULT], app[CLOCK] = database, vault, clock
    app[DESKS], app[OPERATOR] = desks, settings.operator
    app[ATTACHMENTS] = AttachmentStore(settings.data_dir / "attachments", database, vault, clock)
    app[LOOPBACK] = not settings.is_production
    app[SECURE] = settings.is_production or settings.public_url.startswith("https://")
    for module in MODULES:
        app.add_routes(module.pages.routes)
    return app
