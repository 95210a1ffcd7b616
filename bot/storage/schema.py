"""Is the database's schema the one we need?  Runs the migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from bot.errors import StorageError

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x71756965  # any number, as long as every process of ours takes the same


def upgrade(connection: Connection, name: str) -> None:
    """Bring the schema up to date, in the transaction that `connection` is in.

    Raises StorageError, naming the database by `name`, when a newer version of the bot has been there.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    _refuse_newer(connection, ScriptDirectory.from_config(config), name)
    command.upgrade(config, "head")


def _refuse_newer(connection: Connection, ours: ScriptDirectory, name: str) -> None:
    for revision in MigrationContext.configure(connection).get_current_heads():
        try:
            ours.get_revision(revision)
        except CommandError:
            raise StorageError(
                f"storage: {name} was upgraded by a newer version of the bot (schema {revision}); "
                "update the bot, or restore the backup made before that"
            ) from None
