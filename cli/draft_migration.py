"""`python -m cli.draft_migration 0002 "what changes"`: a migration from the difference to the tables."""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

import cli.tables as _tables  # noqa: F401 -- fills the metadata
from lianfang.database import create_engine
from lianfang.migrate import FOLDER, upgrade


async def draft(revision: str, message: str) -> None:
    """Migrate an empty SQLite database to the present head and write what is missing as a new revision."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'draft.db'}"
        await upgrade(url)
        engine = create_engine(url)

        def run(connection: Connection) -> None:
            config = Config()
            config.set_main_option("script_location", str(FOLDER))
            config.attributes["connection"] = connection
            command.revision(config, message=message, autogenerate=True, rev_id=revision)

        async with engine.begin() as connection:
            await connection.run_sync(run)
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(draft(sys.argv[1], sys.argv[2]))
