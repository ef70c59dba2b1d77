"""Alembic's entry: runs within the connection that `lianfang.migrate` opened, one process at a time."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateTableOp
from sqlalchemy import text

from lianfang.database import Base, UtcDateTime

# One number known to all our processes: only one of them migrates a PostgreSQL database at a time.
MIGRATION_LOCK = 1_650_165


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our own column type by its short name."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from lianfang.database import UtcDateTime")
        return "UtcDateTime()"
    return False


def leave_out_info(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """A table's declared retention is not part of its schema."""
    for directive in directives:
        for operation in directive.upgrade_ops.ops:
            if isinstance(operation, CreateTableOp):
                operation.kw.pop("info", None)
                operation.info.clear()


connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=False,
    transaction_per_migration=False,
    render_item=render_item,
    process_revision_directives=leave_out_info,
)
with context.begin_transaction():
    context.run_migrations()
