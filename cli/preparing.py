"""What must stand before the first message: a migrated database, the shipped registry, the core's model."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from cli import model
from cli.family import Lifeline
from cli.places import Failure, keep_bytecode, read_settings
from cli.telling import report
from lianfang.clock import Clock, utc_now
from lianfang.settings import Settings

if TYPE_CHECKING:
    from lianfang.database import Database


async def prepare_database(settings: Settings, report: Callable[[str], None], clock: Clock = utc_now) -> None:
    """Migrate the database and load the shipped registry when its version is new. Raises Failure."""
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    from lianfang.database import Database
    from lianfang.migrate import is_current, upgrade
    from services.locks.importing import load_shipped_issuers
    from services.registry.seeding import load_seed

    try:
        database = Database(settings.database_url)
    except SQLAlchemyError as error:
        raise Failure(f"LIANFANG_DATABASE_URL cannot be read: {error}") from error
    try:
        if not await is_current(database.engine):
            report("bringing the database to the newest revision …")
            await upgrade(settings.database_url)
        if await load_seed(database, clock):
            report("loaded the shipped registry")
        await load_shipped_issuers(database, clock)
    except CommandError as error:
        raise Failure(
            f"the database is newer than this program ({error}): update the program, or use another database",
            1,
        ) from error
    except (SQLAlchemyError, OSError) as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise Failure(
            f"the database does not answer as it should ({cause}); see LIANFANG_DATABASE_URL", 1
        ) from error
    finally:
        await database.close()


@asynccontextmanager
async def prepared_database(settings: Settings, report: Callable[[str], None]) -> AsyncIterator["Database"]:
    """A database ready for use in this process. Raises Failure."""
    from lianfang.database import Database

    await prepare_database(settings, report)
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()


def main() -> None:
    """`python -m cli.preparing`: make what is missing of nlu's environment and the model."""
    keep_bytecode()

    async def prepare() -> None:
        lifeline = Lifeline()
        try:
            await model.ensure(read_settings().data_dir, lifeline, report)
        finally:
            lifeline.close()

    try:
        asyncio.run(prepare())
    except Failure as failure:
        sys.exit(f"lianfang: {failure}")


if __name__ == "__main__":
    main()
