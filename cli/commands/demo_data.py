"""`lianfang demo-data`: a believable database for trying the console, with accounts of every role."""

import asyncio
import logging
import sys
from typing import TYPE_CHECKING

import click

from cli import instance
from cli.places import Failure, read_settings
from cli.telling import report

if TYPE_CHECKING:
    from cli.demo.filling import Filled
    from lianfang.settings import Settings

SMALL = 0.2


@click.command("demo-data")
@click.option(
    "--seed", type=click.IntRange(0), default=165, show_default=True, help="Another seed, other people."
)
@click.option("--force", is_flag=True, help="Also beside cases that are there already.")
@click.option("--small", is_flag=True, help="A fifth of it, in seconds.")
def demo_data(*, seed: int, force: bool, small: bool) -> None:
    """Fill the database with invented people, reports, locks and officers; prints the officers' accounts, this once."""
    settings = read_settings()
    if settings.is_production:
        raise Failure("demo data is not for production (LIANFANG_MODE)", status=1)
    if instance.is_taken(settings.data_dir):
        raise Failure(f"a chain runs with the data folder {settings.data_dir}; end it first", status=1)
    _show(asyncio.run(_fill(settings, seed, force=force, small=small)), settings)


async def _fill(settings: "Settings", seed: int, *, force: bool, small: bool) -> "Filled":
    import cli.tables as _tables  # noqa: F401 -- retention walks every table
    from cli.demo.filling import BEGINS, cases_in, fill
    from cli.preparing import prepare_database
    from lianfang.clock import utc_now
    from lianfang.database import Database
    from lianfang.privacy import Vault

    await prepare_database(settings, report, lambda: utc_now() - BEGINS)
    database = Database(settings.database_url)
    try:
        if await cases_in(database) and not force:
            raise Failure("this database has cases already; --force fills it all the same", status=1)
        _log_warnings_only()
        vault = Vault(settings.secret_keys, settings.index_keys)
        return await fill(database, vault, utc_now(), seed, report, share=SMALL if small else 1.0)
    finally:
        await database.close()


def _log_warnings_only() -> None:
    """Sixty days of steps are not worth a line each."""
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _show(filled: "Filled", settings: "Settings") -> None:
    click.echo("login\tpassword\tauthenticator key\trole\torganisation")
    for one in filled.accounts:
        click.echo(f"{one.login}\t{one.password}\t{one.secret}\t{one.role}\t{one.organisation}")
    for (lane, state), count in filled.cases.items():
        report(f"{lane} {state}: {count}")
    report(f"log in at {settings.public_url}/console/ once `lianfang up` runs")
