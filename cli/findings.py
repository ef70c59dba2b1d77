"""What `lianfang doctor` looks at: each look gives findings, and a fault says how to mend it."""

import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Literal

from cli import chain, environment, instance, model, ports
from cli.places import NLU, Failure
from lianfang.settings import Settings

Mark = Literal["ok", "note", "fault"]
DISK_GIB = 3


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    mark: Mark
    sentence: str


def programs() -> Iterator[Finding]:
    """Python, uv, room on the disk."""
    version = sys.version.split()[0]
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        yield Finding("ok", f"Python {version}")
    else:
        yield Finding("fault", f"Python {version}: 3.11, 3.12 or 3.13 is needed; `uv sync` brings one")
    candidates = (shutil.which("uv"), str(environment.OWN_UV))
    uv = next((path for path in candidates if path and environment.works(path)), None)
    if uv:
        yield Finding("ok", f"uv: {uv}")
    else:
        yield Finding("note", f"no uv: the first start brings one into .uv; or {environment.UV_HELP}")
    free = shutil.disk_usage(NLU).free / 2**30
    if free < DISK_GIB and not environment.is_current():
        yield Finding("fault", f"{free:.1f} GiB free: the core's environment needs {DISK_GIB}; make room")


def core(settings: Settings) -> Iterator[Finding]:
    """Nlu's environment and the model."""
    if not chain.runs_core_here(settings):
        yield Finding("note", f"the core runs elsewhere: {settings.rasa_url}")
        return
    if environment.is_current():
        yield Finding("ok", "nlu's environment is what its lock says")
    else:
        yield Finding(
            "note", "nlu's environment is missing or out of date: `lianfang up` makes it (once, minutes)"
        )
    if model.path_for_now(settings.data_dir).exists():
        yield Finding("ok", "the model fits its files")
    else:
        yield Finding("note", "no model fits the core's files: `lianfang up` trains one (half a minute)")


def listening(settings: Settings) -> Iterator[Finding]:
    """Ports, unless our own processes are behind them."""
    if instance.is_taken(settings.data_dir):
        yield Finding("ok", "`lianfang up` is running; its ports are its own")
        return
    try:
        ports.require_free(chain.ports(settings))
    except Failure as failure:
        yield Finding("fault", str(failure))
    else:
        yield Finding(
            "ok", "ports are free: " + ", ".join(str(port.number) for port in chain.ports(settings))
        )


def channels(settings: Settings) -> Iterator[Finding]:
    """Which channels are open, and what would open the others."""
    if settings.line_channel_secret:
        yield Finding("ok", "LINE is set up; its webhook is <your address>/webhooks/line")
    else:
        yield Finding(
            "note",
            "LINE is off: set LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN (LINE Developers Console, "
            "Messaging API channel)",
        )
    if settings.telegram_bot_token:
        yield Finding("ok", "Telegram is set up; its webhook is <your address>/webhooks/telegram")
    else:
        yield Finding(
            "note",
            "Telegram is off: set TELEGRAM_BOT_TOKEN (from @BotFather) and TELEGRAM_SECRET_TOKEN (your own)",
        )
    if settings.is_production:
        yield Finding("ok", "production: all settings are there; the terminal is off")
    else:
        yield Finding(
            "note", "development mode: keys are made by itself; LIANFANG_MODE=production for real use"
        )


def late_evidence(settings: Settings) -> Iterator[Finding]:
    """Which outside sources are asked after the answer."""
    for what, setting, is_on in (
        ("short links are opened", "LIANFANG_EXPAND_SHORT_LINKS=on", settings.expand_short_links),
        ("the age of domains is looked up", "LIANFANG_RDAP_URL=https://rdap.org", bool(settings.rdap_url)),
        (
            "Google's list is asked",
            "LIANFANG_SAFE_BROWSING_KEY (Google Cloud console, Safe Browsing API)",
            bool(settings.safe_browsing_key),
        ),
    ):
        if is_on:
            yield Finding("ok", f"late evidence: {what}")
        else:
            yield Finding("note", f"late evidence is off ({what} with {setting})")


async def database(settings: Settings) -> AsyncIterator[Finding]:
    """Reachable, migrated, with the shipped registry, and a history that nobody touched."""
    from sqlalchemy.exc import SQLAlchemyError

    from lianfang import events
    from lianfang.database import Database
    from lianfang.migrate import is_current

    one = Database(settings.database_url)
    shown = one.url.render_as_string(hide_password=True)
    if one.is_sqlite and one.url.database and not _exists(one.url.database):
        yield Finding("note", f"no database yet at {shown}: `lianfang up` makes it")
        return
    try:
        if not await is_current(one.engine):
            yield Finding("note", f"the database {shown} is older than the program: `lianfang db upgrade`")
            return
        yield Finding("ok", f"the database {shown} is reachable and migrated")
        async with one.read() as session:
            broken = await events.verify(session)
        if broken:
            yield Finding(
                "fault", f"the history does not verify at {', '.join(broken[:5])} ({len(broken)} in all)"
            )
        else:
            yield Finding("ok", "the history's chains and seals verify")
    except (SQLAlchemyError, OSError) as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        yield Finding("fault", f"the database {shown} does not answer ({cause}); see LIANFANG_DATABASE_URL")
    finally:
        await one.close()


def _exists(path: str) -> bool:
    from pathlib import Path

    return Path(path).exists()
