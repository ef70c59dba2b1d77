"""`lianfang partner`: organisations that exchange data with us, their keys, webhooks and status."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import click

from cli.places import Failure, read_settings
from cli.telling import report
from services.partners.joining import KINDS, STATUSES, Kind, NotAllowed, Status
from services.partners.keys import SCOPES, NoKey

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from lianfang.privacy import Vault
    from lianfang.settings import Settings

T = TypeVar("T")
Change = Callable[["Session", "Vault", datetime], T]
STATUS = click.Choice(STATUSES)


@click.group()
def partner() -> None:
    """Issuers, stores and others who exchange data with us (docs/partner-api.md)."""


@partner.command()
@click.argument("partner_id", metavar="ID")
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--name", required=True, help="As people in Taiwan know it.")
@click.option("--name-en", help="In English, when it differs.")
@click.option("--status", type=STATUS, default="none", show_default=True)
@click.option("--webhook", metavar="URL", help="Where we post what it has to know.")
def add(
    *, partner_id: str, kind: Kind, name: str, name_en: str | None, status: Status, webhook: str | None
) -> None:
    """Note a partner; with --webhook the secret that signs our posts is shown, this once."""
    from services.partners.joining import add_partner, set_webhook

    settings = read_settings()

    def change(session: "Session", vault: "Vault", now: datetime) -> str | None:
        add_partner(
            session, partner_id, kind=kind, name_zh=name, name_en=name_en or name, status=status, now=now
        )
        if webhook is None:
            return None
        return set_webhook(session, vault, partner_id, webhook, now, loopback=not settings.is_production)

    _show_secret(_write(settings, change))


@partner.command()
@click.argument("partner_id", metavar="ID")
@click.argument("url")
def webhook(*, partner_id: str, url: str) -> None:
    """Post to URL from now on, signed with a new secret, which is shown this once."""
    from services.partners.joining import set_webhook

    settings = read_settings()
    _show_secret(
        _write(
            settings,
            lambda session, vault, now: set_webhook(
                session, vault, partner_id, url, now, loopback=not settings.is_production
            ),
        )
    )


@partner.command()
@click.argument("partner_id", metavar="ID")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, help="What the key may do.")
@click.option(
    "--rotate", is_flag=True, help="A successor with the same scopes; older keys end after --overlap."
)
@click.option("--overlap", type=click.IntRange(0), default=24, show_default=True, metavar="HOURS")
def key(*, partner_id: str, scopes: tuple[str, ...], rotate: bool, overlap: int) -> None:
    """Make a key for the partner API and show it, this once."""
    from services.partners import keys

    if rotate == bool(scopes):
        raise Failure("give either --scope (once for each) or --rotate")

    def change(session: "Session", _vault: "Vault", now: datetime) -> str:
        if rotate:
            return keys.rotate(session, partner_id, now, timedelta(hours=overlap))[1]
        return keys.mint(session, partner_id, scopes, now)[1]

    click.echo(_write(read_settings(), change))


@partner.command()
@click.argument("key_id", metavar="KEY")
def revoke(*, key_id: str) -> None:
    """End a key at once; KEY is its id as `partner list` shows it (pk_…)."""
    from services.partners import keys

    _write(read_settings(), lambda session, _vault, now: keys.revoke(session, key_id, now))


@partner.command()
@click.argument("partner_id", metavar="ID")
@click.argument("status", type=STATUS)
def status(*, partner_id: str, status: Status) -> None:
    """Say what the partner is to us from now on; `none` stops its keys and our posts."""
    from services.partners.joining import set_status

    _write(read_settings(), lambda session, _vault, now: set_status(session, partner_id, status, now))


@partner.command("list")
def list_partners() -> None:
    """Every partner with its valid keys, one a line."""
    from services.partners.joining import all_partners
    from services.partners.keys import all_valid

    found = _write(
        read_settings(), lambda session, _vault, now: (all_partners(session), all_valid(session, now))
    )
    for one in found[0]:
        click.echo(f"{one.id}  {one.kind}  {one.status}  {one.name_zh}  {one.webhook_url or '-'}")
        for valid in found[1].get(one.id, ()):
            until = f"until {valid.expires_at:%Y-%m-%d %H:%M} UTC" if valid.expires_at else "no end"
            click.echo(f"  {valid.id}  …{valid.last4}  {' '.join(valid.scopes)}  {until}")


def _show_secret(secret: str | None) -> None:
    if secret is not None:
        click.echo(secret)


def _write(settings: "Settings", change: Change[T]) -> T:
    from cli.preparing import prepared_database
    from lianfang.clock import utc_now
    from lianfang.privacy import Vault

    async def run() -> T:
        vault = Vault(settings.secret_keys, settings.index_keys)
        async with prepared_database(settings, report) as database:
            return await database.together(lambda session: change(session, vault, utc_now()))

    try:
        return asyncio.run(run())
    except NotAllowed as error:
        raise Failure(str(error), status=1) from error
    except NoKey as error:
        raise Failure(f"there is no such partner or valid key: {error}", status=1) from error
