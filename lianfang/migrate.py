"""Migrations with Alembic: `upgrade` brings a database to the newest revision, under a lock between processes."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine

from lianfang.database import create_engine

FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


async def upgrade(url: str, revision: str = "head") -> None:
    """Create or migrate the database at `url`."""
    engine = create_engine(url)
    try:
        async with engine.begin() as connection:

            def run(sync_connection: object) -> None:
                config = _config()
                config.attributes["connection"] = sync_connection
                command.upgrade(config, revision)

            await connection.run_sync(run)
    finally:
        await engine.dispose()


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database stands at the newest revision."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    async with engine.connect() as connection:
        present = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    return present == newest
