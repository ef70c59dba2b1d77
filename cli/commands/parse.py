"""`lianfang parse`: what the core understands, computed in nlu's environment without any server."""

import asyncio
import sys
from typing import BinaryIO

import click

from cli.ending import Ended, until_asked_to_end
from cli.places import Failure, read_settings
from cli.telling import report


@click.command()
@click.option(
    "--jsonl", "source", type=click.File("rb"), required=True, help='A file of {"text"} lines; - is stdin.'
)
def parse(*, source: BinaryIO) -> None:
    """Intent and entities for each line of a file, in order.

    Each {"text"} is answered by {"intent","confidence","fallback","entities":[{"entity","text","value"}]} on
    standard output. nlu's environment and the model are made first when they are missing or out of date.
    """
    from cli import environment, family, model

    settings = read_settings()

    async def run() -> int:
        lifeline = family.Lifeline()
        process = None
        try:
            fitting = await model.ensure(settings.data_dir, lifeline, report)
            command = [str(environment.PYTHON), "-m", "nlu.parse", "--model", str(fitting)]
            process = await lifeline.start(
                command, env=model.core_environment(), stdin=source.fileno(), stdout=sys.stdout.fileno()
            )
            return await process.wait()
        finally:
            if process is not None:
                await family.end(process)
            lifeline.close()

    try:
        status = asyncio.run(until_asked_to_end(run()))
    except Ended as ended:
        raise SystemExit(ended.status) from ended
    if status:
        raise Failure("not every line could be read (see above)", status=status)
