"""`lianfang up`: the whole chain until Ctrl-C."""

import asyncio

import click

from cli.ending import Ended, until_asked_to_end
from cli.places import read_settings
from cli.telling import report


@click.command()
@click.option(
    "--verbose", is_flag=True, help="The processes' logs on stderr instead of the data folder's logs/."
)
@click.option(
    "--sandbox", is_flag=True, help="With issuers and stores that are played, in a data folder of its own."
)
def up(*, verbose: bool, sandbox: bool) -> None:
    """Start everything; Ctrl-C ends it.

    Makes what is missing (the core's environment, its model, the database), prints one line when everything
    is ready, starts again what dies. Ends on Ctrl-C, TERM, HUP, and when the process that started it is gone
    (unless started with nohup); nothing is left behind.
    """
    from cli.running import running
    from cli.sandbox.place import enter

    settings = enter() if sandbox else read_settings()

    async def run() -> None:
        async with running(settings, report, verbose=verbose, sandbox=sandbox) as sentence:
            click.echo(sentence)
            await asyncio.Event().wait()

    try:
        asyncio.run(until_asked_to_end(run()))
    except Ended as ended:
        report(f"ended ({ended})")
        raise SystemExit(0) from ended
