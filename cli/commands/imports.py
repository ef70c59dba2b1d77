"""`lianfang import`: an official list from a file or an address, or back to the one before."""

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.places import Failure, read_settings
from cli.telling import report

if TYPE_CHECKING:
    from lianfang.settings import Settings

# What later versions will read; until then saying so is better than "unknown".
NOT_YET = {
    "stopped-domains": "domains that were stopped",
    "brands": "brands",
    "short-codes": "short codes",
}
ISSUERS = "issuers"


@click.command("import")
@click.argument("kind")
@click.argument("source", metavar="FILE-or-URL", required=False)
@click.option("--undo", "goes_back", is_flag=True, help="Go back to the list that was current before.")
def import_list(*, kind: str, source: str | None, goes_back: bool) -> None:
    """Import the list KIND (165-sites, 165-line-ids, moda-rpz, popular, issuers) from a file or an address.

    Idempotent; a file that is not that list is refused with nothing changed. Rejected rows go to a file with
    their reasons. The last two lists are kept: --undo returns to the one before (not of issuers, whose list
    changes those it names).
    """
    from services.registry.importing import KINDS

    if kind == ISSUERS:
        asyncio.run(_import_issuers(read_settings(), source, goes_back=goes_back))
        return
    if kind in NOT_YET:
        raise Failure(f"importing {kind} ({NOT_YET[kind]}) is not available in this version yet")
    if kind not in KINDS:
        raise Failure(f"there is no list {kind!r}; there are {', '.join((*KINDS, ISSUERS))}")
    if goes_back == (source is not None):
        raise Failure(f"give a FILE or a URL to import {kind} from, or --undo")
    settings = read_settings()
    asyncio.run(_undo(settings, kind) if source is None else _import(settings, kind, source))


async def _import_issuers(settings: "Settings", source: str | None, *, goes_back: bool) -> None:
    from cli.preparing import prepared_database
    from lianfang.clock import utc_now
    from services.locks.importing import import_issuers
    from services.locks.issuers import NotIssuers, read_issuers
    from services.registry.importing import DownloadFailed, download

    if source is None or goes_back:
        raise Failure(
            "give a FILE or a URL to import issuers from; there is no --undo: import the list before"
        )
    with tempfile.TemporaryDirectory(prefix="lianfang-import-") as folder:
        path = Path(source)
        try:
            if "://" in source:
                path = Path(folder) / "list"
                report(f"fetching {source} …")
                await download(source, path)
            issuers, rejected = read_issuers(path)
        except (NotIssuers, DownloadFailed) as error:
            raise Failure(str(error)) from error
        except OSError as error:
            raise Failure(f"{source} cannot be read: {error.strerror}") from error
    async with prepared_database(settings, report) as database:
        changed = await import_issuers(database, issuers, utc_now())
    click.echo(f"issuers: {len(issuers)} read, {changed} new or changed, {len(rejected)} rejected")
    for line, issuer, column in rejected:
        click.echo(f"rejected: line {line} ({issuer}): {column} does not fit")


async def _undo(settings: "Settings", kind: str) -> None:
    from cli.preparing import prepared_database
    from lianfang.clock import utc_now
    from services.registry.generations import NothingToUndo, undo

    async with prepared_database(settings, report) as database:
        try:
            earlier = await undo(database, kind, utc_now)
        except NothingToUndo as error:
            raise Failure(f"there is no earlier {kind} to go back to") from error
    dated = f", data of {earlier.as_of}" if earlier.as_of else ""
    when = f"{earlier.imported_at:%Y-%m-%d %H:%M} UTC"
    click.echo(f"{kind}: back to the list imported {when} ({earlier.rows} listed{dated})")


async def _import(settings: "Settings", kind: str, source: str) -> None:
    from cli.preparing import prepared_database
    from cli.progress import Progress
    from lianfang.clock import utc_now
    from services.registry.importing import DownloadFailed, download, import_file
    from services.registry.layouts import NotThisData

    rejected_to = settings.data_dir / "imports" / f"{kind}-rejected.csv"
    progress = Progress(kind)
    async with prepared_database(settings, report) as database:
        try:
            if "://" in source:
                with tempfile.TemporaryDirectory(prefix="lianfang-import-") as folder:
                    path = Path(folder) / "list"
                    report(f"fetching {source} …")
                    await download(source, path)
                    done = await import_file(
                        database, kind, path, utc_now, progress, source=source, rejected_to=rejected_to
                    )
            else:
                path = Path(source)
                if not path.is_file():
                    raise Failure(f"{source} is no file that can be read")
                done = await import_file(database, kind, path, utc_now, progress, rejected_to=rejected_to)
        except (NotThisData, DownloadFailed) as error:
            raise Failure(str(error)) from error
        except OSError as error:
            raise Failure(f"{source} cannot be read: {error.strerror}") from error
        finally:
            progress.close()
    dated = f", data of {done.as_of}" if done.as_of else ""
    words = {
        "imported": f"{done.listed} listed of {done.rows_read} rows, {done.rejected} rejected",
        "unchanged": f"this very file is current already ({done.listed} listed)",
        "restored": f"this very file was here before and is current again ({done.listed} listed)",
    }
    click.echo(f"{kind}: {words[done.outcome]}{dated}")
    if done.shrunk_from is not None:
        report(
            f"warning: the list before named {done.shrunk_from}, this one only {done.listed}; if the file is"
            f" incomplete, go back with: lianfang import {kind} --undo"
        )
    if done.rejected_file:
        click.echo(f"rejected rows with reasons: {done.rejected_file}")
