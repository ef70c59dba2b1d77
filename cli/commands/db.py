"""`lianfang db`: migrations by hand; `up`, `chat --up` and `check` do them by themselves."""

import asyncio

import click

from cli.places import read_settings
from cli.telling import report


@click.group()
def db() -> None:
    """Care for the database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest revision and load the shipped registry if its version is new."""
    from cli.preparing import prepare_database

    asyncio.run(prepare_database(read_settings(), report))
    report("the database is up to date")
