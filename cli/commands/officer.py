"""`lianfang officer`: who may work here; the first admin is invited by it, everybody else in the console."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

from cli.places import Failure, read_settings
from cli.telling import report

if TYPE_CHECKING:
    from lianfang.database import Database
    from services.people.accounts.invitations import Issued

T = TypeVar("T")
ROLES = ("165", "registry_desk")


@click.group()
def officer() -> None:
    """Who may work here: invitations to the console (docs/console.md), ids for the internal API (docs/operations.md)."""


@officer.command()
@click.argument("organisation")
@click.option("--role", type=click.Choice(ROLES), default="registry_desk", show_default=True)
def add(*, organisation: str, role: str) -> None:
    """Make an officer of ORGANISATION; prints the person's id for the header X-Person."""
    from lianfang.clock import utc_now
    from services.people.binding import bind_new_person

    async def make(database: "Database") -> str:
        async with database.write() as session:
            return await bind_new_person(session, organisation=organisation, role=role, now=utc_now())

    click.echo(_run(make))


@officer.command()
@click.option("--role", required=True, help="admin, 165, association, authority, registry_desk, auditor, …")
@click.option("--organisation", required=True, help="a code such as tiea: small letters, digits and . _ -")
def invite(*, role: str, organisation: str) -> None:
    """Invite somebody; prints the code JOIN-… and the page to open with it."""
    from lianfang.clock import utc_now
    from lianfang.privacy import Vault
    from services.people.accounts.invitations import BadInvitation, issue
    from services.people.binding import OPERATOR

    settings = read_settings()
    vault = Vault(settings.secret_keys, settings.index_keys)

    async def make(database: "Database") -> "Issued":
        return await database.together(
            lambda session: issue(session, vault, role, organisation, actor=OPERATOR, now=utc_now())
        )

    try:
        issued = _run(make)
    except BadInvitation as bad:
        raise Failure(f"no invitation: {bad.code} ({role!r} for {organisation!r})", status=1) from None
    click.echo(f"{issued.code}\n{settings.public_url}/console/join")


@officer.command()
@click.argument("person")
def remove(*, person: str) -> None:
    """End every role of PERSON."""
    from lianfang.clock import utc_now
    from services.people.binding import unbind

    async def end(database: "Database") -> int:
        async with database.write() as session:
            return await unbind(session, person, utc_now())

    if not _run(end):
        raise Failure(f"nobody of the id {person!r} has a role", status=1)


@officer.command("list")
def list_officers() -> None:
    """Person, organisation, role and since when, one a line."""
    from services.people.binding import Bound, all_bound
    from services.people.roles import CONSOLE_ROLES

    async def look(database: "Database") -> list[Bound]:
        async with database.read() as session:
            return await all_bound(session, CONSOLE_ROLES)

    for one in _run(look):
        click.echo(f"{one.person}  {one.organisation}  {one.role}  {one.bound_at:%Y-%m-%d}")


def _run(work: Callable[["Database"], Awaitable[T]]) -> T:
    from cli.preparing import prepared_database

    async def run() -> T:
        async with prepared_database(read_settings(), report) as database:
            return await work(database)

    return asyncio.run(run())
