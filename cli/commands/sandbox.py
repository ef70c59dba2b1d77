"""`lianfang sandbox`: where offline partners will run; no lane speaks to a partner yet, and it says so."""

import click

from cli.places import Failure


@click.command()
def sandbox() -> None:
    """Partners that run offline (none yet: no lane speaks to one)."""
    raise Failure(
        "there are no offline partners yet: no lane of this version speaks to an issuer, a store or an "
        "authority, so every partner has the status `none` and the bot claims nothing in their name"
    )
